"""The power goes while SQLite switches the log of a library on or off: the next opening rolls its journal back."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refman.domain.errors import LibraryTooNew
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import add, draft, step


def _cut_off(location: str, copy: Path, statement: str) -> None:
    """A copy of the library as a power cut within this change leaves it: changed, with a journal of what was before."""
    with closing(sqlite3.connect(location, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        # With so small a cache the change reaches the file before its end.
        database.execute("PRAGMA cache_size=1")
        database.execute("BEGIN IMMEDIATE")
        database.execute(statement)
        database.execute("UPDATE paper_text SET abstract = abstract || hex(zeroblob(3000))")
        shutil.copyfile(location, copy)
        shutil.copyfile(f"{location}-journal", f"{copy}-journal")
        database.execute("ROLLBACK")
    assert os.path.getsize(f"{copy}-journal") > 0


def test_a_hot_journal_is_rolled_back(store: SqliteStore, location: str, opener: SqliteOpener, tmp_path: Path) -> None:
    add(store, *[draft(f"Paper {number}", abstract="word " * 200) for number in range(50)])
    store.close()
    copy = tmp_path / "cut.refman"
    _cut_off(location, copy, "UPDATE paper SET title = 'half'")
    opened = opener.open(str(copy))
    with step(opened) as writer:
        writer.create_tag("new")
    with opened.read() as reader:
        titles = {paper.plain("title") for paper in reader.papers([PaperId(one) for one in range(1, 51)])}
    assert (len(titles), opened.check()) == (50, [])
    opened.close()
    assert not os.path.exists(f"{copy}-journal")


def test_the_journal_of_a_newer_library_is_left_alone(
    store: SqliteStore, location: str, opener: SqliteOpener, tmp_path: Path
) -> None:
    add(store, *[draft(f"Paper {number}", abstract="word " * 200) for number in range(50)])
    store.close()
    with closing(sqlite3.connect(location)) as database:
        database.execute("PRAGMA user_version=1000")
    copy = tmp_path / "cut.refman"
    _cut_off(location, copy, "UPDATE paper SET title = 'half'")
    before = copy.read_bytes(), Path(f"{copy}-journal").read_bytes()
    with pytest.raises(LibraryTooNew):
        opener.open(str(copy))
    assert (copy.read_bytes(), Path(f"{copy}-journal").read_bytes()) == before
