"""How tests of the search language parse."""

from datetime import UTC, date

from refman.domain.query import (
    Node,
    Query,
    Text,
)
from refman.domain.query_parser import parse_query

TODAY = date(2026, 11, 22)


def parsed(text: str) -> Query:
    return parse_query(text, today=TODAY, zone=UTC)


def meaning_of(text: str) -> Node:
    """The meaning of a search that is wholly understood."""
    query = parsed(text)
    assert query.misunderstood == ()
    return query.root


def complaints_of(text: str) -> list[tuple[str, str]]:
    """Code and underlined text of every part that was not understood."""
    return [(part.code, text[part.start : part.end]) for part in parsed(text).misunderstood]


def words_of(text: str) -> tuple[Node, ...]:
    return tuple(Text((word,)) for word in text.split())


DEEP, LEARNING, NETS = words_of("deep learning nets")
