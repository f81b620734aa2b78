"""Searches as people type them."""

from refman.domain.errors import InvalidValue
from refman.domain.fields import canonical_name
from refman.domain.listing import DEFAULT_SORT, Listing, Sort, SortField
from refman.domain.paper import PaperId
from refman.domain.ports import Reader

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


def position(reader: Reader, listing: Listing, paper_id: PaperId) -> int | None:
    """The row of a paper in a listing, None when it is not in it."""
    ids = reader.ids(listing)
    try:
        return ids.index(paper_id)
    except ValueError:
        return None
