"""One letter of the schema is another: refused in words that are true, and rescued without losing a paper."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refman.domain.errors import LibraryDamaged
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import add, draft, step


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


@pytest.mark.parametrize("name", ["media_type", "lost_version", "imported", "primaryclass", "is_stored"])
def test_a_changed_name_of_a_column_is_damage_and_no_crash(
    store: SqliteStore, location: str, opener: SqliteOpener, name: str
) -> None:
    ids = add(store, draft("Paper"))
    store.close()
    with closing(sqlite3.connect(location)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("PRAGMA writable_schema=ON")
        database.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table'", (name, name[:-1] + "_")
        )
        database.commit()
    with pytest.raises(LibraryDamaged, match="damaged"):
        _use(opener.open(location), ids)


def _use(store: SqliteStore, ids: list[PaperId]) -> None:
    try:
        with store.read() as reader:
            reader.papers(ids)
            reader.changes_since(0)
        with step(store) as writer:
            writer.put_tags(ids, ["new"])
    finally:
        store.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [("people", '{"editor":[0,null,null]}'), ("people", "[1]"), ("author", "[[1,2,3,4,5,6]]"), ("author", "7"),
     ("sources", "[1]"), ("sources", '{"title":9}'), ("origins", '{"title":"z"}'), ("origins", "8")],
)  # fmt: skip
def test_a_value_of_another_shape_is_damage_and_no_crash(
    store: SqliteStore, location: str, opener: SqliteOpener, column: str, value: str
) -> None:
    ids = add(store, draft("Paper"))
    store.close()
    with closing(sqlite3.connect(location)) as database:
        database.execute(f"UPDATE paper_text SET {column} = ?", (value,))
        database.commit()
    with pytest.raises(LibraryDamaged, match="not readable"):
        _use(opener.open(location), ids)
