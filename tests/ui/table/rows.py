"""Rows for tests of the list."""

from dataclasses import replace
from datetime import UTC, datetime

from refman.domain.listing import PaperRow, TagBadge
from refman.domain.paper import PaperId

_ROW = PaperRow(
    id=PaperId(0),
    key="",
    type="misc",
    title="",
    authors="",
    year="",
    month="",
    venue="",
    category_code="",
    score="",
    doi="",
    eprint="",
    added=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    changed=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    tags=(),
    has_note=False,
    has_file=False,
    has_pdf=False,
    is_trashed=False,
)


def row(number: int, title: str = "", *, year: str = "", tags: tuple[TagBadge, ...] = ()) -> PaperRow:
    """A row with this id; what is not said is empty."""
    return replace(_ROW, id=PaperId(number), title=title or f"Paper {number}", year=year, tags=tags)
