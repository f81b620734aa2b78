"""One letter of the schema is another: refused in words that are true, and rescued without losing a paper."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refman.domain.errors import LibraryDamaged
from refman.domain.progress import NoProgress
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import add, draft


@pytest.mark.parametrize("letter", [b"\x8e", b"X", b"\x00"])
@pytest.mark.parametrize(
    "text", ["CREATE INDEX paper_doi_order ON paper", "CREATE TABLE capture (", "CREATE VIEW paper_content"]
)
def test_a_changed_schema_costs_no_paper(
    store: SqliteStore, location: str, opener: SqliteOpener, clock: FakeClock, letter: bytes, text: str
) -> None:
    add(store, *[draft(f"Paper {number}") for number in range(50)])
    store.close()
    with closing(sqlite3.connect(location)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    data, wanted = Path(location).read_bytes(), text.encode()
    assert data.count(wanted) == 1
    Path(location).write_bytes(data.replace(wanted, wanted[:-1] + letter))
    with pytest.raises(LibraryDamaged):
        opener.open(location)
    target = f"{location}.rescued.refman"
    assert SqliteKeeper(clock).rescue(location, target).papers == 50
    assert SqliteKeeper(clock).examine(target, progress=NoProgress()) == []
