"""Match expressions of SQLite's full-text search, built from folded words (fts5 manual section 3)."""

from collections.abc import Callable, Iterable

from refman.domain.query import And, Node, Not, Or, Text, TextField


def phrase(leaf: Text) -> str:
    """The words one after the other, the last a prefix unless whole. Words hold letters and digits only: no quotes."""
    return f'"{" ".join(leaf.tokens)}"' + ("" if leaf.is_whole else " *")


def main_match(node: Node, is_main: Callable[[Text], bool]) -> str | None:
    """The node as one expression over the main index; None when it needs anything else.

    `is_main` tells whether a text leaf can be found in the main index only.
    """
    match node:
        case Text():
            return _column_phrase(node) if is_main(node) else None
        case Or():
            parts = [main_match(operand, is_main) for operand in node.operands]
            known = [part for part in parts if part is not None]
            return f"({' OR '.join(known)})" if len(known) == len(parts) else None
        case And():
            found, rest = split_and(node.operands, is_main)
            return None if rest else found
        case _:
            return None


def _column_phrase(leaf: Text) -> str:
    return phrase(leaf) if leaf.field is TextField.ANY else f"{leaf.field} : {phrase(leaf)}"


def split_and(operands: Iterable[Node], is_main: Callable[[Text], bool]) -> tuple[str | None, list[Node]]:
    """What of an AND the main index answers in one expression (None: nothing), and the operands that are left."""
    wanted: list[str] = []
    unwanted: list[tuple[Node, str]] = []
    rest: list[Node] = []
    for operand in operands:
        opposite = operand.operand if isinstance(operand, Not) else None
        found = main_match(opposite or operand, is_main)
        if found is None:
            rest.append(operand)
        elif opposite is None:
            wanted.append(found)
        else:
            unwanted.append((operand, found))
    if not wanted:
        return None, [*rest, *(operand for operand, _ in unwanted)]
    # NOT takes two operands here: without a word that is wanted there is nothing to take away from.
    return f"({' AND '.join(wanted)}){''.join(f' NOT {found}' for _, found in unwanted)}", rest
