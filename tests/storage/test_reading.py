"""Reads are snapshots that go on beside everything else and can be stopped."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from refman.domain.errors import Cancelled, InvalidValue, SearchTooLong
from refman.domain.ports import Store, StoreOpener
from refman.storage import store as stores
from refman.storage.opener import SqliteOpener
from refman.storage.sqlite import ReaderPool
from refman.storage.store import SqliteStore
from tests.storage.papers import add, draft, paper_of, set_title, step, typed

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

_LONG = _ENDLESS.replace("FROM n)", "FROM n LIMIT 3000000)")


def test_storage_fulfils_the_ports(store: SqliteStore, opener: SqliteOpener) -> None:
    promised_store: Store = store
    promised_opener: StoreOpener = opener
    assert (promised_store, promised_opener) == (store, opener)


def test_a_reader_sees_one_snapshot(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with store.read() as reader:
        before = reader.paper(paper_id)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(set_title, store, paper_id, "New").result()
        assert reader.paper(paper_id) == before
    assert paper_of(store, paper_id) != before


def test_a_running_read_ends_when_it_is_interrupted(store: SqliteStore) -> None:
    begun = Event()

    def search() -> Any:
        with store.read() as reader:
            begun.set()
            return reader.connection.exec_driver_sql(_ENDLESS).all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search)
        assert begun.wait(10)
        store.interrupt_reads()
        with pytest.raises(Cancelled):
            running.result(10)
    with store.read() as reader:
        assert reader.counts().papers == 0


def test_a_statement_that_begins_just_after_the_interrupt_ends_too(
    location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the look before the statement had come a moment too early.
    monkeypatch.setattr(ReaderPool, "_stop_if_interrupted", lambda *_: None)
    store = opener.open(location)
    with pytest.raises(Cancelled), store.read() as reader:
        reader.version()
        store.interrupt_reads()
        reader.connection.exec_driver_sql(_ENDLESS).all()
    store.close()


def test_a_read_between_two_statements_ends_at_the_next_one(store: SqliteStore) -> None:
    with pytest.raises(Cancelled), store.read() as reader:
        reader.version()
        store.interrupt_reads()
        reader.counts()


def test_reads_of_other_threads_go_on(store: SqliteStore) -> None:
    with store.read() as reader:
        reader.version()
        store.interrupt_reads(threading.get_ident() + 1)
        assert reader.counts().papers == 0
    with pytest.raises(Cancelled), store.read() as reader:
        store.interrupt_reads(threading.get_ident())
        reader.counts()


def test_a_read_of_what_writes_is_not_interrupted(store: SqliteStore) -> None:
    with store.undisturbed(), store.read() as reader:
        reader.version()
        store.interrupt_reads()
        assert reader.counts().papers == 0
    with pytest.raises(Cancelled), store.read() as reader:
        store.interrupt_reads()
        reader.counts()


def test_a_search_that_takes_too_long_is_ended(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_LONGEST_SEARCH_S", 0.05)
    with pytest.raises(SearchTooLong, match="look for"), store.limited(), store.read() as reader:
        reader.connection.exec_driver_sql(_ENDLESS).all()
    with store.limited(), store.read() as reader:
        assert reader.counts().papers == 0


def test_a_search_may_take_longer_in_a_very_large_library() -> None:
    assert [stores._longest_search_s(papers) for papers in (0, 200_000, 1_000_000)] == [2, 2, 10]


def test_what_is_not_limited_may_take_its_time(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_LONGEST_SEARCH_S", 0.0)
    with store.read() as reader:
        assert reader.connection.exec_driver_sql(_LONG).scalar() == 3_000_000
    with pytest.raises(SearchTooLong), store.limited(), store.read() as reader:
        reader.connection.exec_driver_sql(_LONG).scalar()


def test_many_threads_read_at_once(store: SqliteStore) -> None:
    ids = add(store, *(draft(str(number)) for number in range(50)))
    with ThreadPoolExecutor(8) as pool:
        titles = list(pool.map(lambda paper_id: paper_of(store, paper_id).plain("title"), ids * 4))
    assert titles == [str(number) for number in range(50)] * 4


def test_half_a_character_is_refused_with_a_sentence(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with pytest.raises(InvalidValue, match="half a character"), step(store) as writer:
        writer.set_field(paper_id, "title", typed("broken \ud800"))
    assert paper_of(store, paper_id).plain("title") == "Attention is All You Need"


def test_a_writer_finds_what_it_wrote(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with step(store) as writer:
        writer.set_field(paper_id, "title", typed("Fresh"))
        writer.put_tags([paper_id], ["new"])
        assert (writer.tags()[0].count, writer.counts().untagged) == (1, 0)
        assert writer.paper(paper_id) is not None


@pytest.mark.parametrize(("is_interrupted", "error"), [(True, Cancelled), (False, OperationalError)])
def test_an_interrupt_that_sqlite_calls_by_another_name_is_one(
    store: SqliteStore, is_interrupted: bool, error: type[Exception]
) -> None:
    """Interrupted while it makes a virtual table, SQLite says only that it could not make it."""
    failure = sqlite3.OperationalError("vtable constructor failed: json_each")
    with pytest.raises(error), store.read():
        if is_interrupted:
            store.interrupt_reads()
        raise OperationalError("SELECT", {}, failure)


def test_a_read_that_outlives_its_library_keeps_no_file_open(
    location: str, opener: SqliteOpener, tmp_path: Path
) -> None:
    store = opener.open(location)
    store.backup(str(tmp_path / "copy.refman"))
    with store.read() as reader:
        store.close()
        assert reader.counts().papers == 0
        with pytest.raises(Cancelled), store.read():
            pass
    # Nobody has it open: neither what was given back later nor what was asked for later.
    assert opener.restore(str(tmp_path / "copy.refman"), location)
