"""A library file into which somebody put code, or from which tables are gone, is refused in words."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from refman.domain.errors import LibraryDamaged, LibraryError
from refman.storage.opener import SqliteOpener


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON paper BEGIN DELETE FROM paper; END",
        "CREATE VIEW v AS SELECT load_extension('x')",
        "DROP VIEW paper_content; CREATE VIEW paper_content AS SELECT 1 AS id, 2 AS title, 3 AS author",
        "DROP TABLE paper_text",
        "DROP TABLE alembic_version",
    ],
)
def test_what_refman_did_not_make_is_refused_untouched(location: str, opener: SqliteOpener, statement: str) -> None:
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.executescript(statement)
    before = Path(location).read_bytes()
    with pytest.raises(LibraryError):
        opener.open(location)
    assert Path(location).read_bytes() == before


_VERY_MANY = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 300000)
INSERT INTO sqlite_master SELECT 'table', 't' || n, 't' || n, 2, 'CREATE TABLE t' || n || '(x)' FROM number
"""


def test_very_many_tables_are_refused_before_all_are_read(location: str, opener: SqliteOpener) -> None:
    with closing(sqlite3.connect(location, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(_VERY_MANY)
    began = monotonic()
    with pytest.raises(LibraryDamaged):
        opener.open(location)
    # All of them would take minutes.
    assert monotonic() - began < 5
