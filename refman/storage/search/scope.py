"""Which papers a search looks at: those outside the trash, those in it, or all."""

from enum import Enum

from refman.domain.query import EVERYTHING, And, InTrash, Node, Not
from refman.domain.query_match import names_trash


class Scope(Enum):
    """The value is the condition on rows of `paper`; every index of a sort begins with `trashed`."""

    LIBRARY = "trashed IS NULL"
    TRASH = "trashed IS NOT NULL"
    ALL = "true"


def scoped(node: Node) -> tuple[Scope, Node]:
    """The scope of a search, and the search without what the scope says already."""
    if not names_trash(node):
        return Scope.LIBRARY, node
    operands = node.operands if isinstance(node, And) else (node,)
    for said, scope in ((InTrash(), Scope.TRASH), (Not(InTrash()), Scope.LIBRARY)):
        if said in operands:
            rest = tuple(operand for operand in operands if operand != said)
            return scope, And(rest) if len(rest) > 1 else rest[0] if rest else EVERYTHING
    return Scope.ALL, node
