"""The power goes while SQLite takes the log into the library: the main file alone is torn, with its log it is whole."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import add, draft, set_title

PAGE = 4096


@pytest.mark.parametrize("torn", [0, 1, 2, 5])
def test_a_library_whose_log_was_being_taken_in_opens(
    store: SqliteStore, location: str, opener: SqliteOpener, tmp_path: Path, torn: int
) -> None:
    ids = add(store, *[draft(f"Paper {number}") for number in range(50)])
    # Every page is in the log as well, as it is before a checkpoint ends.
    with closing(sqlite3.connect(location)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(location)) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute("VACUUM")
        set_title(store, ids[0], "The last edit")
        copy = tmp_path / "cut.refman"
        for ending in ("", "-wal"):
            shutil.copyfile(location + ending, f"{copy}{ending}")
    data = bytearray(copy.read_bytes())
    data[torn * PAGE + PAGE // 8 : torn * PAGE + PAGE] = bytes(PAGE - PAGE // 8)
    copy.write_bytes(data)
    opened = opener.open(str(copy))
    assert opened.check() == []
    with opened.read() as reader:
        assert reader.counts().papers == 50
        paper = reader.paper(ids[0])
    assert paper is not None
    assert paper.plain("title") == "The last edit"
    opened.close()
