"""Storing drafts that a worker process made into columns: no look at a single paper where nothing is special."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from itertools import repeat
from typing import Any

from refman.domain.packing import Packed
from refman.domain.paper import Draft, PaperId, SourceId
from refman.storage.adding import Adding
from refman.storage.packing import ROW_COLUMNS, SEARCH_COLUMNS, TEXT_COLUMNS, Columns
from refman.storage.paper_rows import PAPER_COLUMNS, insert_rows
from refman.storage.schema import INDEXED
from refman.storage.tables import paper, paper_source, paper_tag, paper_text, search_text
from refman.storage.values import to_seconds

_INDEXED_OF_PAPER = {name: ROW_COLUMNS.index(name) for name in INDEXED if name in ROW_COLUMNS}
_INDEXED_OF_TEXT = {name: TEXT_COLUMNS.index(name) for name in INDEXED if name in TEXT_COLUMNS}


class PackedAdding(Adding):
    """Writes of packed drafts."""

    def add_packed(
        self,
        packed: Packed,
        *,
        instead: Mapping[int, Draft],
        without: Set[int],
        source_id: SourceId,
        added: datetime,
    ) -> list[PaperId]:
        """Stores packed drafts with the places in their source, in order, but for the places `without`.

        At a place of `instead` that draft is stored. Keys must be free (ConflictError) or "" (made later).
        """
        columns = Columns(packed)
        if instead:
            columns.put(instead)
        columns = columns.only([place for place in range(len(columns.names)) if place not in without])
        count, seconds = len(columns.names), to_seconds(added)
        if not count:
            return []
        keys = columns.papers[ROW_COLUMNS.index("key")]
        self._check_keys([key for key in keys if key])
        first = self.new_ids.take("paper", count)
        ids = range(first, first + count)
        insert_rows(self.connection, paper, list(zip(*_paper_columns(ids, columns, seconds), strict=False)))
        insert_rows(self.connection, paper_text, list(zip(ids, *columns.texts, strict=True)))
        copies = [(ids[place], *copy) for place, copy in sorted(columns.searches.items())]
        insert_rows(self.connection, search_text, copies)
        self._add_tags(ids, columns.tags)
        insert_rows(self.connection, paper_source, list(_places(ids, columns, source_id, seconds)))
        self.record_new(ids)
        notes = self.add_notes(
            [(ids[place], text) for place, texts in columns.notes.items() for text in texts], seconds
        )
        self.indexes.papers.add_rows(list(zip(ids, *_words(ids, columns, notes), strict=False)))
        return [PaperId(paper_id) for paper_id in ids]

    def _add_tags(self, ids: range, tags: Mapping[int, Sequence[str]]) -> None:
        known: dict[str, int] = {}
        pairs = set()
        for place, names in tags.items():
            for name in names:
                if name not in known:
                    known[name] = self.tag_id(name)
                pairs.add((ids[place], known[name]))
        insert_rows(self.connection, paper_tag, sorted(pairs))
        self.step.summary.tags |= bool(pairs)


def _paper_columns(ids: range, columns: Columns, seconds: int) -> list[Iterable[Any]]:
    """In the order of the table. Those that are the same for all papers never end."""
    values: dict[str, Iterable[Any]] = dict(zip(ROW_COLUMNS, columns.papers, strict=True))
    others = {"id": ids, "added": repeat(seconds), "changed": repeat(seconds), "trashed": repeat(None)}
    return [values[name] if name in values else others[name] for name in PAPER_COLUMNS]


def _places(ids: range, columns: Columns, source_id: SourceId, seconds: int) -> Iterator[tuple[int | None, ...]]:
    """The rows of `paper_source`."""
    starts, ends, lines = columns.spans
    rows = zip(ids, repeat(int(source_id)), starts, ends, lines, repeat(seconds), strict=False)
    return (row for row in rows if row[2] is not None) if None in starts else rows


def _words(ids: range, columns: Columns, notes: Mapping[int, str]) -> list[Iterable[str | None]]:
    """The columns of the search index, as `paper_content` has them."""
    return [_words_of(name, ids, columns, notes) for name in INDEXED]


def _words_of(name: str, ids: range, columns: Columns, notes: Mapping[int, str]) -> Iterable[str | None]:
    if name in _INDEXED_OF_PAPER:
        texts = columns.papers[_INDEXED_OF_PAPER[name]]
    elif name in _INDEXED_OF_TEXT:
        texts = columns.texts[_INDEXED_OF_TEXT[name]]
    else:
        return [notes.get(paper_id) for paper_id in ids] if notes else repeat(None)
    number = SEARCH_COLUMNS.index(name)
    copies = {place: copy for place, values in columns.searches.items() if (copy := values[number]) is not None}
    return [copies.get(place, text) for place, text in enumerate(texts)] if copies else texts
