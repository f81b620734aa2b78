"""Which papers a search looks at: those outside the trash, those in it, or all."""

from collections.abc import Iterator
from enum import Enum

from refman.domain.query import EVERYTHING, And, Everything, InTrash, Node, Not
from refman.domain.query_match import names_trash


class Scope(Enum):
    """The value is the condition on rows of `paper`; every index of a sort begins with `trashed`."""

    LIBRARY = "trashed IS NULL"
    TRASH = "trashed IS NOT NULL"
    ALL = "true"


def scoped(node: Node) -> tuple[Scope, Node]:
    """The scope of a search, and the search without what the scope says already; an AND holds no AND in it."""
    operands = list(dict.fromkeys(_operands(node)))
    if not names_trash(node):
        return Scope.LIBRARY, _all_of(operands)
    for said, scope in ((InTrash(), Scope.TRASH), (Not(InTrash()), Scope.LIBRARY)):
        if said in operands:
            return scope, _all_of([operand for operand in operands if operand != said])
    return Scope.ALL, _all_of(operands)


def _operands(node: Node) -> Iterator[Node]:
    """What must all hold: the sidebar's filter and the typed search come as an AND of ANDs."""
    for operand in node.operands if isinstance(node, And) else ():
        yield from _operands(operand)
    if not isinstance(node, And | Everything):
        yield node


def _all_of(operands: list[Node]) -> Node:
    if len(operands) > 1:
        return And(tuple(operands))
    return operands[0] if operands else EVERYTHING
