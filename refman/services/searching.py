"""Searches as people type them."""

from refman.domain.errors import InvalidValue
from refman.domain.fields import canonical_name
from refman.domain.listing import DEFAULT_SORT, Sort, SortField

_SORT_NAMES = {"author": SortField.AUTHORS}


def parse_sort(text: str) -> tuple[Sort, ...]:
    """`year:desc` as a sort order; "" is the usual one. Raises: InvalidValue, naming what can be sorted by."""
    if not text:
        return DEFAULT_SORT
    name, _, direction = text.partition(":")
    word = canonical_name(name)
    field = _SORT_NAMES.get(word) or next((field for field in SortField if field == word), None)
    if field is None or direction not in ("", "asc", "desc"):
        names = ", ".join(SortField)
        raise InvalidValue(
            "bad-sort", f'"{text}" is not a sort order; write FIELD or FIELD:desc with one of {names}.', text
        )
    return (Sort(field, is_descending=direction == "desc"),)
