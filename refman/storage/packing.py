"""Drafts made into columns of rows by a worker process, and back; loads no database.

Columns, not rows: the process that stores puts ids beside them and hands them to SQLite without looking at a paper.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from refman.domain.packing import Packed
from refman.domain.paper import Draft, Span
from refman.storage.mapping import PaperRows, Values, fields_of, people_of, rows_of

_LEVEL = 1
"""Of zlib: a seventh larger than with its usual level, four times quicker (30 and 117 µs for a .bib entry)."""

ROW_COLUMNS = (
    *("type", "key", "key_folded", "title", "authors", "venue", "year", "month", "day", "date", "category_code"),
    *("primaryclass", "score", "doi", "eprint", "title_sort", "authors_sort", "venue_sort", "year_sort", "month_sort"),
    *("score_sort", "doi_folded", "eprint_folded", "title_match", "fields"),
)
"""The columns of `paper` that a draft decides."""
TEXT_COLUMNS = ("author", "people", "sources", "origins", "abstract")
SEARCH_COLUMNS = ("title", "author", "abstract", "venue", "key")
_paper_values: Callable[[Values], tuple[Any, ...]] = itemgetter(*ROW_COLUMNS)
_text_values: Callable[[Values], tuple[Any, ...]] = itemgetter(*TEXT_COLUMNS)
_search_values: Callable[[Values], tuple[Any, ...]] = itemgetter(*SEARCH_COLUMNS)
_span_values: Callable[[Span], tuple[int, int, int]] = attrgetter("start", "end", "line")
_NO_SPAN = (None, None, None)


class RowPacking:
    """`domain.packing.Packing` for SQLite."""

    def pack(self, drafts: Sequence[Draft]) -> Packed:
        """As `Columns` has them."""
        return columns_of(drafts).packed()

    def unpack(self, packed: Packed, place: int) -> Draft:
        """The draft at a place, as it was."""
        return Columns(packed).draft(place)

    def pack_piece(self, piece: bytes) -> bytes:
        """As `source_chunk` holds it."""
        return zlib.compress(piece, _LEVEL)


class Columns:
    """The values of some drafts, column by column; what few drafts have, by place."""

    def __init__(self, packed: Packed) -> None:
        self.papers: list[list[Any]]
        self.texts: list[list[Any]]
        self.spans: list[list[Any]]
        self.papers, self.texts, self.spans, *rest = packed
        self.searches: dict[int, Sequence[str | None]]
        self.tags: dict[int, Sequence[str]]
        self.notes: dict[int, Sequence[str]]
        self.names: list[tuple[Sequence[str], Sequence[str]]]
        self.searches, self.tags, self.notes, self.names = rest

    def packed(self) -> Packed:
        """What makes the same columns."""
        return Packed([self.papers, self.texts, self.spans, self.searches, self.tags, self.notes, self.names])

    def draft(self, place: int) -> Draft:
        """The draft at a place."""
        paper = {name: column[place] for name, column in zip(ROW_COLUMNS, self.papers, strict=True)}
        text = {name: column[place] for name, column in zip(TEXT_COLUMNS, self.texts, strict=True)}
        fields, people = fields_of(paper, text), people_of(text)
        field_names, roles = self.names[place]
        start, end, line = (column[place] for column in self.spans)
        return Draft(
            paper["type"],
            paper["key"] or "",
            # In their order: rows have that of their columns.
            {name: fields[name] for name in field_names},
            {role: people[role] for role in roles},
            tuple(self.tags.get(place, ())),
            tuple(self.notes.get(place, ())),
            None if start is None else Span(start, end, line),
        )

    def put(self, drafts: Mapping[int, Draft]) -> None:
        """Puts other drafts at some places."""
        others = columns_of(list(drafts.values()))
        for number, place in enumerate(drafts):
            for mine, theirs in ((self.papers, others.papers), (self.texts, others.texts), (self.spans, others.spans)):
                for column, other in zip(mine, theirs, strict=True):
                    column[place] = other[number]
            self.names[place] = others.names[number]
        for values, found in (
            (self.searches, others.searches),
            (self.tags, others.tags),
            (self.notes, others.notes),
        ):
            _put_few(values, found, list(drafts))

    def only(self, places: Sequence[int]) -> "Columns":
        """The drafts at some places, in this order."""
        if len(places) == len(self.names):
            return self
        at = {place: number for number, place in enumerate(places)}

        def picked(columns: list[list[Any]]) -> list[list[Any]]:
            return [[column[place] for place in places] for column in columns]

        def moved(values: dict[int, Any]) -> dict[int, Any]:
            return {at[place]: value for place, value in values.items() if place in at}

        few = (moved(self.searches), moved(self.tags), moved(self.notes))
        names = [self.names[place] for place in places]
        return Columns(Packed([picked(self.papers), picked(self.texts), picked(self.spans), *few, names]))


def columns_of(drafts: Sequence[Draft]) -> Columns:
    """The columns of drafts."""
    rows = list(map(rows_of, drafts))
    orders: dict[Any, Any] = {}
    names = [(tuple(draft.fields), tuple(draft.people)) for draft in drafts]
    return Columns(
        Packed(
            [
                _columns([_paper_values(row.paper) for row in rows], len(ROW_COLUMNS)),
                _columns([_text_values(row.text) for row in rows], len(TEXT_COLUMNS)),
                _columns([_span_values(draft.span) if draft.span else _NO_SPAN for draft in drafts], len(_NO_SPAN)),
                _searches(rows),
                {place: draft.tags for place, draft in enumerate(drafts) if draft.tags},
                {place: draft.notes for place, draft in enumerate(drafts) if draft.notes},
                # Most entries of a file have the same fields in the same order: they are written down once.
                [orders.setdefault(one, one) for one in names],
            ]
        )
    )


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return list(map(list, zip(*rows, strict=True))) if rows else [[] for _ in range(width)]


def _searches(rows: Sequence[PaperRows]) -> dict[int, Sequence[str | None]]:
    return {place: _search_values(row.search) for place, row in enumerate(rows) if row.search is not None}


def _put_few(values: dict[int, Any], found: Mapping[int, Any], places: Sequence[int]) -> None:
    """Puts what was found at each number to its place; in the order of the places, as new tags and notes get ids."""
    wanted = {place: value for place, value in values.items() if place not in places}
    wanted.update((places[number], value) for number, value in found.items())
    values.clear()
    values.update(sorted(wanted.items()))
