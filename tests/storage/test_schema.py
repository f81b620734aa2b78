"""The schema, its settings, and migrations that happen wholly or not at all."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from refman.domain.errors import LibraryError
from refman.storage import migrate as migrating
from refman.storage.opener import SqliteOpener
from refman.storage.sqlite import connect_reader, connect_writer, writer_engine
from tests.storage.papers import add, content, title_of

_HELD = ("meta", "alembic_version", "paper_index_config")
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def _schema(path: str) -> list[Any]:
    """Every object with its text, without the layout."""
    with closing(sqlite3.connect(path)) as database:
        numbers = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        rows = database.execute(_OBJECTS).fetchall()
        held = [database.execute(f"SELECT * FROM {table}").fetchall() for table in _HELD]
    return [numbers, held, [(*row[:3], row[3] and "".join(row[3].split())) for row in rows]]


def test_a_new_library_has_the_schema_that_all_migrations_give(tmp_path: Path, location: str) -> None:
    migrated = str(tmp_path / "migrated.refman")
    sqlite3.connect(migrated).close()
    Path(migrated).touch()
    engine = writer_engine(migrated)
    with engine.begin() as connection:
        migrating.migrate(connection, migrated)
    engine.dispose()
    assert _schema(migrated) == _schema(location)


def test_the_library_says_what_it_is(location: str) -> None:
    numbers, held, objects = _schema(location)
    assert numbers == [int.from_bytes(b"RFMN", "big"), 1]
    assert held == [[(1, 1, 1, 1, 0)], [("r0001",)], [("hashsize", 8000000), ("version", 4)]]
    tables = [sql for kind, _, _, sql in objects if kind == "table" and "VIRTUAL" not in sql and "'" not in sql]
    own = [sql for sql in tables if "alembic" not in sql and "sqlite_sequence" not in sql]
    assert own
    assert [sql for sql in own if not sql.endswith("STRICT")] == []
    assert [kind for kind, *_ in objects if kind == "trigger"] == []


def test_every_foreign_key_has_an_index(location: str) -> None:
    with closing(sqlite3.connect(location)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        missing = [
            (table, column)
            for table in tables
            for _, _, _, column, *_ in database.execute(f"PRAGMA foreign_key_list({table})")
            if column not in _leading_columns(database, table)
        ]
    assert missing == []


def _leading_columns(database: sqlite3.Connection, table: str) -> set[str]:
    names = [row[1] for row in database.execute(f"PRAGMA index_list({table})")]
    leading = {database.execute(f"PRAGMA index_info({name})").fetchone()[2] for name in names}
    key = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5] == 1]
    return leading | set(key)


def _settings(connection: sqlite3.Connection, *names: str) -> list[Any]:
    return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]


def test_the_writer_has_the_measured_settings(location: str) -> None:
    with closing(connect_writer(location)) as writer:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "cell_size_check")
        assert _settings(writer, *names) == ["wal", 2, 1, 5000, 0, 1]
        assert _settings(writer, "mmap_size", "cache_size", "wal_autocheckpoint") == [0, -8192, 1000]
        assert writer.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED) == 0


def test_a_reader_can_neither_write_nor_checkpoint(location: str) -> None:
    with closing(connect_reader(location)) as reader:
        names = ("query_only", "wal_autocheckpoint", "trusted_schema", "mmap_size", "foreign_keys")
        assert _settings(reader, *names) == [1, 0, 0, 0, 1]
        assert -4096 <= _settings(reader, "cache_size")[0] <= -2048
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM paper")


def _migrations(folder: Path, body: str) -> Path:
    """A folder of migrations with ours and one more."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    ours = Path(migrating.__file__).parent / "migrations" / "versions"
    for name in ("r0001_library.py", "r0001_library.sql"):
        (versions / name).write_text((ours / name).read_text())
    lines = ["from alembic import op", 'revision = "r0002"', 'down_revision = "r0001"', "def upgrade() -> None:"]
    (versions / "r0002.py").write_text("\n".join([*lines, *(f"    {line}" for line in body.splitlines())]))
    return folder


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of tomorrow, which knows one revision more."""
    monkeypatch.setattr("refman.storage.opener.REVISION", "r0002")
    monkeypatch.setattr("refman.storage.identify.REVISION", "r0002")
    monkeypatch.setattr("refman.storage.identify.SCHEMA_VERSION", 2)


def _migrate_with(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    real = migrating.migrate
    monkeypatch.setattr(migrating, "migrate", lambda connection, path: real(connection, path, folder=folder))


_GOOD = """op.execute("ALTER TABLE tag ADD COLUMN icon TEXT")
op.execute("PRAGMA user_version = 2")"""
_FAILING = """op.execute("CREATE TABLE half (id INTEGER) STRICT")
op.execute("ALTER TABLE tag ADD COLUMN icon TEXT")
op.execute("PRAGMA user_version = 2")
op.execute("CREATE TABLE paper (id INTEGER)")"""
_HARMFUL = """op.execute("INSERT INTO paper_tag VALUES (99, 99)")
op.execute("PRAGMA user_version = 2")"""


@pytest.mark.usefixtures("next_version")
def test_an_older_library_is_backed_up_and_migrated_when_it_is_opened(
    tmp_path: Path, location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _schema(location)
    _migrate_with(monkeypatch, _migrations(tmp_path / "migrations", _GOOD))
    store = opener.open(location)
    add(store)
    store.close()
    after = _schema(location)
    assert (after[0][1], after[1][1]) == (2, [("r0002",)])
    [backup] = [name for name in os.listdir(tmp_path) if ".before-upgrade-" in name]
    assert _schema(str(tmp_path / backup)) == before


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize("body", [_FAILING, _HARMFUL])
def test_a_failing_migration_leaves_nothing_behind(
    tmp_path: Path, location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    before = _schema(location)
    _migrate_with(monkeypatch, _migrations(tmp_path / "migrations", body))
    with pytest.raises((OperationalError, LibraryError)):
        opener.open(location)
    assert _schema(location) == before


_LOADED = """
import sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock

store = SqliteOpener(FakeClock()).open(sys.argv[1])
with store.read() as reader:
    reader.counts()
print(sorted({"alembic", "sqlalchemy.orm", "bibtexparser", "hypothesis"} & set(sys.modules)))
store.close()
"""


def test_a_library_of_today_opens_without_alembic_and_the_orm(location: str) -> None:
    found = subprocess.run([sys.executable, "-c", _LOADED, location], check=True, capture_output=True, text=True)
    assert found.stdout == "[]\n"


def test_content_survives_a_restart(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    [paper_id] = add(store)
    before = content(store)
    store.close()
    store = opener.open(location)
    assert (content(store), title_of(store, paper_id)) == (before, "Attention is All You Need")
    store.close()
