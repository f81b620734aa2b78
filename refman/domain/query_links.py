"""Parts of a search that name a linked file or a project that there is none of."""

from collections.abc import Iterator, Sequence
from datetime import date

from refman.domain.links import LinkedFile
from refman.domain.query import Misunderstood
from refman.domain.query_files import Cited, InFile, is_called, is_of_project
from refman.domain.query_tokens import Kind, Lexeme, lexemes
from refman.domain.query_values import Value, field_node

FIELDS_OF_LINKS = frozenset({"in", "cited", "missing"})
"""The fields that may name a linked file or a project."""


def unlinked_parts(text: str, links: Sequence[LinkedFile]) -> Iterator[Misunderstood]:
    """The parts of a typed search that can find nothing, in order; they stay in the search."""
    for lexeme in lexemes(text):
        found = _mistake(lexeme, links) if lexeme.kind is Kind.TERM and lexeme.field in FIELDS_OF_LINKS else None
        if found is not None:
            code, said = found
            reason = f"{lexeme.field}:{lexeme.value} finds nothing: {said}."
            yield Misunderstood(lexeme.start, lexeme.end, code, reason, (lexeme.value,), is_left_out=False)


def _mistake(lexeme: Lexeme, links: Sequence[LinkedFile]) -> tuple[str, str] | None:
    """Code and reason; None where the file or project is known, or something else is meant (`in:trash`)."""
    node = field_node(lexeme.field, Value(lexeme.value, lexeme.is_quoted and lexeme.is_closed, date.min, None))
    if isinstance(node, InFile) and not any(is_called(link.path, node.name) for link in links):
        return "no-linked-file", f"no linked file is called {lexeme.value}"
    if isinstance(node, Cited) and not any(is_of_project(link.project, node.project) for link in links):
        said = f"no project is called {lexeme.value}" if node.project else "no linked file has a project"
        return "no-linked-project", said
    return None
