"""The small parts of the search index are merged beside the work, and nothing else changes."""

import pytest

from refman.domain.errors import LibraryBusy
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import add, content, draft, set_title, step

_EDITS = 14
"""Fewer than what makes FTS5 merge by itself."""


def _parts(store: SqliteStore) -> int:
    with store.read() as reader:
        rows = reader.connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM paper_index_idx")
        return int(rows.scalar_one())


def _edited(store: SqliteStore) -> list[PaperId]:
    ids = add(store, *(draft(f"Paper {number}") for number in range(_EDITS)))
    for number, paper_id in enumerate(ids):
        set_title(store, paper_id, f"Another title {number}")
    return ids


def test_what_edits_left_is_merged(store: SqliteStore) -> None:
    _edited(store)
    before, stored = _parts(store), content(store)
    assert before >= _EDITS
    while store.tend_index():
        pass
    assert _parts(store) < 4
    assert content(store) == stored
    assert store.check() == []


def test_other_windows_need_not_read_anything_anew(store: SqliteStore) -> None:
    _edited(store)
    with store.read() as reader:
        before = reader.version()
    while store.tend_index():
        pass
    with store.read() as reader:
        assert reader.version() == before


def test_nobody_waits_for_another_program(store: SqliteStore, opener: SqliteOpener) -> None:
    _edited(store)
    other = opener.open(store.location)
    try:
        with step(other, "Held"), pytest.raises(LibraryBusy):
            store.tend_index()
    finally:
        other.close()
