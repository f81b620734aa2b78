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
_Names = tuple[Sequence[str], Sequence[str]]
"""Of fields and of roles, in their order."""


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
        self.papers, self.texts, self.spans, searches, tags, notes, orders, names = packed
        self.searches: dict[int, Sequence[str | None]] = dict(searches)
        self.tags: dict[int, Sequence[str]] = dict(tags)
        self.notes: dict[int, Sequence[str]] = dict(notes)
        self.names: list[_Names] = [orders[number] for number in names]

    def packed(self) -> Packed:
        """What makes the same columns."""
        few = [list(values.items()) for values in (self.searches, self.tags, self.notes)]
        return Packed([self.papers, self.texts, self.spans, *few, *_numbered(self.names)])

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

        few = [list(moved(values).items()) for values in (self.searches, self.tags, self.notes)]
        names = _numbered([self.names[place] for place in places])
        return Columns(Packed([picked(self.papers), picked(self.texts), picked(self.spans), *few, *names]))


def columns_of(drafts: Sequence[Draft]) -> Columns:
    """The columns of drafts."""
    rows = list(map(rows_of, drafts))
    return Columns(
        Packed(
            [
                _columns([_paper_values(row.paper) for row in rows], len(ROW_COLUMNS)),
                _columns([_text_values(row.text) for row in rows], len(TEXT_COLUMNS)),
                _columns([_span_values(draft.span) if draft.span else _NO_SPAN for draft in drafts], len(_NO_SPAN)),
                _searches(rows),
                [(place, draft.tags) for place, draft in enumerate(drafts) if draft.tags],
                [(place, draft.notes) for place, draft in enumerate(drafts) if draft.notes],
                *_numbered([(tuple(draft.fields), tuple(draft.people)) for draft in drafts]),
            ]
        )
    )


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return list(map(list, zip(*rows, strict=True))) if rows else [[] for _ in range(width)]


def _searches(rows: Sequence[PaperRows]) -> list[tuple[int, Sequence[str | None]]]:
    return [(place, _search_values(row.search)) for place, row in enumerate(rows) if row.search is not None]


def _numbered(names: Sequence[_Names]) -> tuple[list[_Names], list[int]]:
    """The names that there are, and which each has: most entries of a file have the same fields in the same order."""
    numbers: dict[_Names, int] = {}
    each = [numbers.setdefault((tuple(fields), tuple(roles)), len(numbers)) for fields, roles in names]
    return list(numbers), each


def _put_few(values: dict[int, Any], found: Mapping[int, Any], places: Sequence[int]) -> None:
    """Puts what was found at each number to its place; in the order of the places, as new tags and notes get ids."""
    wanted = {place: value for place, value in values.items() if place not in places}
    wanted.update((places[number], value) for number, value in found.items())
    values.clear()
    values.update(sorted(wanted.items()))
