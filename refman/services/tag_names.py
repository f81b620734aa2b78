"""Lists of tags as people type them and as keywords give them."""

from collections.abc import Sequence

from refman.domain.errors import InvalidValue
from refman.domain.field_values import parse_line
from refman.domain.tags import fold_tag, literal_tag, parse_tag

KEYWORD_FIELDS = frozenset({"keywords", "keyword", "mendeley-tags"})
"""The fields of a .bib that hold keywords."""


def parse_tags(names: Sequence[str]) -> tuple[str, ...]:
    """Each tag once, in order, in the first spelling. Raises: InvalidValue, also when there is none."""
    if not names:
        raise InvalidValue("no-tags", "Name at least one tag.")
    return _unique([parse_tag(name) for name in names])


def tags_of_keywords(keywords: str) -> tuple[str, ...]:
    """Keywords as tags; a `/` in one is literal. They are separated by commas, or by semicolons where there is one."""
    words = (parse_line(word) for word in keywords.split(";" if ";" in keywords else ","))
    return _unique([literal_tag(word) for word in words if word])


def _unique(tags: Sequence[str]) -> tuple[str, ...]:
    first = {fold_tag(tag): tag for tag in reversed(tags)}
    return tuple(reversed(first.values()))
