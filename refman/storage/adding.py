"""Storing drafts, many at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import CompoundSelect, select, union_all

from refman.domain.paper import Draft, PaperId
from refman.storage.journal import Change, ChangeKind, runs
from refman.storage.journal_tables import exported_key
from refman.storage.mapping import PaperRows, Values, fold_key, rows_of
from refman.storage.paper_rows import PAPER_COLUMNS, TEXT_COLUMNS, insert_rows
from refman.storage.paper_writes import key_taken, search_rows
from refman.storage.reads import as_list, in_list
from refman.storage.schema import INDEXED, NOTE_END
from refman.storage.search_copy import search_copy
from refman.storage.tables import note, paper, paper_tag, paper_text, search_text
from refman.storage.tag_writes import TagWrites
from refman.storage.values import to_seconds

_TAKEN: CompoundSelect[Any] = union_all(
    select(paper.c.key_folded).where(paper.c.key_folded.in_(in_list())),
    select(exported_key.c.key_folded).where(exported_key.c.key_folded.in_(in_list())),
)
_PAPER_VALUES: Callable[[Values], tuple[object, ...]] = itemgetter(*PAPER_COLUMNS)
_TEXT_VALUES: Callable[[Values], tuple[object, ...]] = itemgetter(*TEXT_COLUMNS[1:])
_BETWEEN_NOTES = f" {NOTE_END} "


class Adding(TagWrites):
    """Writes of new papers."""

    def add_papers(self, drafts: Sequence[Draft], *, added: datetime) -> list[PaperId]:
        """Stores drafts; `ids[i]` belongs to `drafts[i]`. Keys must be free (ConflictError) or "" (made later)."""
        if not drafts:
            return []
        self._check_keys([draft.key for draft in drafts if draft.key])
        first = self.new_ids.take("paper", len(drafts))
        ids = range(first, first + len(drafts))
        pairs = {
            (paper_id, self.tag_id(name)) for paper_id, draft in zip(ids, drafts, strict=True) for name in draft.tags
        }
        rows = [rows_of(draft) for draft in drafts]
        self._insert(ids, rows, to_seconds(added))
        insert_rows(self.connection, paper_tag, sorted(pairs))
        self.step.summary.tags |= bool(pairs)
        self.record_new(ids)
        texts = [(paper_id, text) for paper_id, draft in zip(ids, drafts, strict=True) for text in draft.notes]
        notes = self.add_notes(texts, to_seconds(added))
        # What the view would give is at hand.
        self.indexes.papers.add_rows([_words(paper_id, row, notes) for paper_id, row in zip(ids, rows, strict=True)])
        return [PaperId(paper_id) for paper_id in ids]

    def _check_keys(self, keys: list[str]) -> None:
        seen = set(self.connection.scalars(_TAKEN, as_list({fold_key(key) for key in keys})))
        for key in keys:
            if fold_key(key) in seen:
                raise key_taken(key)
            seen.add(fold_key(key))

    def _insert(self, ids: range, rows: Sequence[PaperRows], added: int) -> None:
        papers = [_paper_tuple(paper_id, row, added) for paper_id, row in zip(ids, rows, strict=True)]
        insert_rows(self.connection, paper, papers)
        texts = [(paper_id, *_TEXT_VALUES(row.text)) for paper_id, row in zip(ids, rows, strict=True)]
        insert_rows(self.connection, paper_text, texts)
        copies = [copy for paper_id, row in zip(ids, rows, strict=True) for copy in search_rows(paper_id, row.search)]
        insert_rows(self.connection, search_text, copies)

    def record_new(self, ids: range) -> None:
        """Tells the step of new papers."""
        for run_first, run_last in runs(ids):
            self.step.record(Change(ChangeKind.ADDED, run_first, run_last))

    def add_notes(self, texts: Sequence[tuple[int, str]], added: int) -> dict[int, str]:
        """Adds notes of new papers; gives their words, as the search index takes them, by paper."""
        if not texts:
            return {}
        first = self.new_ids.take("note", len(texts))
        rows = [
            (first + place, paper_id, text, added, added, search_copy(text))
            for place, (paper_id, text) in enumerate(texts)
        ]
        insert_rows(self.connection, note, rows)
        words: dict[int, list[str]] = defaultdict(list)
        for _, paper_id, text, _, _, copy in rows:
            words[paper_id].append(text if copy is None else copy)
        return {paper_id: _BETWEEN_NOTES.join(found) for paper_id, found in words.items()}


def _paper_tuple(paper_id: int, rows: PaperRows, added: int) -> tuple[object, ...]:
    return _PAPER_VALUES({**rows.paper, "id": paper_id, "added": added, "changed": added, "trashed": None})


def _words(paper_id: int, rows: PaperRows, notes: dict[int, str]) -> tuple[int | str | None, ...]:
    """The row of a new paper in `paper_content`."""
    paper, text = rows.paper, rows.text
    texts = (paper["title"], text["author"], text["abstract"], paper["venue"], paper["key"])
    if rows.search is not None:
        copies = [rows.search[name] for name in INDEXED[:-1]]
        texts = tuple([one if copy is None else copy for one, copy in zip(texts, copies, strict=True)])
    return (paper_id, *texts, notes.get(paper_id))
