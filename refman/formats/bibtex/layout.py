"""The order of fields in an entry, the same in every export."""

from collections.abc import Iterable

from refman.domain.fields import FIELDS

_FIRST = (
    "author", "editor", "title", "subtitle", "journal", "booktitle", "maintitle", "year", "month", "date", "volume",
    "number", "issue", "pages", "series", "edition", "chapter", "publisher", "address", "organization", "institution",
    "school", "type", "howpublished", "note", "doi", "eprint", "archiveprefix", "primaryclass", "url", "urldate",
    "isbn", "issn",
)  # fmt: skip
_LAST = ("crossref", "xdata", "xref", "related", "ids", "keywords", "abstract", "annote", "file", "pdf")
_MIDDLE = tuple(name for name in FIELDS if name not in _FIRST and name not in _LAST)
_PLACES = {name: place for place, name in enumerate((*_FIRST, *_MIDDLE))}
_PLACES_AT_END = {name: place for place, name in enumerate(_LAST)}


def in_order(names: Iterable[str]) -> list[str]:
    """Who, what, where, when, how to find it; then unknown fields by name; keywords, abstract and files last."""
    return sorted(names, key=_place)


def _place(name: str) -> tuple[int, int, str]:
    if name in _PLACES:
        return 0, _PLACES[name], ""
    return (2, _PLACES_AT_END[name], "") if name in _PLACES_AT_END else (1, 0, name)
