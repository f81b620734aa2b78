"""A file that is no library of ours, or a newer one, is refused with a sentence and not touched."""

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from refman.domain.errors import (
    LibraryDamaged,
    LibraryExists,
    LibraryMissing,
    LibraryReadOnly,
    LibraryTooNew,
    NotALibrary,
    NotSupportedHere,
    RefmanError,
)
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import add, content, redo, set_title, title_of, undo


def _folder(path: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes, read while nobody has a library open."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in path.iterdir() if file.is_file()}


def test_a_new_library_is_private_and_empty(tmp_path: Path, opener: SqliteOpener) -> None:
    location = tmp_path / "new" / "deep" / "my.refman"
    opener.create(str(location))
    assert stat.S_IMODE(location.stat().st_mode) == 0o600
    assert stat.S_IMODE(location.parent.stat().st_mode) == 0o700
    assert os.listdir(location.parent) == ["my.refman"]
    store = opener.open(str(location))
    assert content(store)["papers"] == []
    assert (store.location, store.is_writable, store.check()) == (str(location), True, [])
    store.close()


def test_an_existing_file_is_never_made_a_library(tmp_path: Path, opener: SqliteOpener) -> None:
    path = tmp_path / "there.refman"
    path.write_text("text")
    with pytest.raises(LibraryExists):
        opener.create(str(path))
    assert path.read_text() == "text"


def test_a_missing_library_is_not_made(tmp_path: Path, opener: SqliteOpener) -> None:
    with pytest.raises(LibraryMissing, match="There is no library at"):
        opener.open(str(tmp_path / "gone.refman"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("location", ["postgresql+psycopg://host/papers", "http://x/y.refman"])
def test_addresses_wait_for_team_libraries(opener: SqliteOpener, location: str) -> None:
    for act in (opener.open, opener.create):
        with pytest.raises(NotSupportedHere):
            act(location)


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY)")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="zero bytes"),
        pytest.param(lambda path: path.write_text("@article{a, title = {T}}\n" * 100), id="text"),
        pytest.param(lambda path: path.write_bytes(os.urandom(9000)), id="noise"),
        pytest.param(lambda path: path.mkdir(), id="folder"),
        pytest.param(_foreign, id="another database"),
        pytest.param(lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(2000)), id="broken header"),
    ],
)
def test_what_is_no_library_is_refused_untouched(tmp_path: Path, opener: SqliteOpener, make: object) -> None:
    assert callable(make)
    path = tmp_path / "other.refman"
    make(path)
    before = _folder(tmp_path)
    with pytest.raises(RefmanError) as error:
        opener.open(str(path))
    assert isinstance(error.value, NotALibrary | LibraryDamaged)
    assert str(path) in error.value.message
    assert _folder(tmp_path) == before


@pytest.mark.parametrize("newer_by", [1, 1000])
def test_a_newer_library_is_refused_and_not_a_byte_changes(
    tmp_path: Path, location: str, opener: SqliteOpener, newer_by: int
) -> None:
    with closing(sqlite3.connect(location)) as database:
        database.execute(f"PRAGMA user_version = {1 + newer_by}")
    before = _folder(tmp_path)
    with pytest.raises(LibraryTooNew, match=rf"schema {1 + newer_by}, this one knows 1"):
        opener.open(location)
    assert _folder(tmp_path) == before


def test_a_library_with_an_unknown_revision_is_refused_and_not_a_byte_changes(
    tmp_path: Path, location: str, opener: SqliteOpener
) -> None:
    with closing(sqlite3.connect(location)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'r9999'")
        database.commit()
    before = _folder(tmp_path)
    with pytest.raises(LibraryTooNew, match="schema r9999, this one knows r0001"):
        opener.open(location)
    assert _folder(tmp_path) == before


def test_a_library_that_does_not_say_its_revision_is_damaged(
    tmp_path: Path, location: str, opener: SqliteOpener
) -> None:
    with closing(sqlite3.connect(location)) as database:
        database.execute("DELETE FROM alembic_version")
        database.commit()
    before = _folder(tmp_path)
    with pytest.raises(LibraryDamaged, match="is damaged"):
        opener.open(location)
    assert _folder(tmp_path) == before


def test_a_newer_library_with_a_log_is_refused_and_not_a_byte_changes(
    tmp_path: Path, location: str, opener: SqliteOpener
) -> None:
    code = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA user_version = 7")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, location], check=True)
    before = _folder(tmp_path)
    with pytest.raises(LibraryTooNew, match="schema 7"):
        opener.open(location)
    left = _folder(tmp_path)
    assert {name: left[name] for name in before if not name.endswith("-shm")} == {
        name: before[name] for name in before if not name.endswith("-shm")
    }


def test_a_library_with_two_names_is_only_read(tmp_path: Path, location: str, opener: SqliteOpener) -> None:
    twin = tmp_path / "twin.refman"
    os.link(location, twin)
    with closing(opener.open(location)) as store:
        assert not store.is_writable
        with store.read() as reader:
            assert reader.counts().papers == 0
        with pytest.raises(LibraryReadOnly, match="another name"), store.write():
            pass
    twin.unlink()
    with closing(opener.open(location)) as store:
        assert store.is_writable


def _make_read_only(location: str, *, folder: bool) -> None:
    os.chmod(location, 0o444)
    if folder:
        os.chmod(os.path.dirname(location), 0o555)


@pytest.fixture
def filled(tmp_path: Path, opener: SqliteOpener) -> str:
    """A library with one paper in a folder of its own, closed."""
    location = str(tmp_path / "shelf" / "papers.refman")
    opener.create(location)
    store = opener.open(location)
    add(store)
    store.close()
    os.unlink(location + ".lock")
    return location


@pytest.mark.parametrize("folder", [False, True])
def test_a_library_without_the_right_to_write_opens_for_reading(
    filled: str, opener: SqliteOpener, folder: bool
) -> None:
    _make_read_only(filled, folder=folder)
    before = _folder(Path(filled).parent)
    store = opener.open(filled)
    assert not store.is_writable
    assert title_of(store, PaperId(1)) == "Attention is All You Need"
    for act in (
        lambda: set_title(store, PaperId(1), "x"),
        lambda: undo(store),
        lambda: redo(store),
    ):
        with pytest.raises(LibraryReadOnly, match="cannot be written"):
            act()
    assert store.check() == []
    store.close()
    os.chmod(os.path.dirname(filled), 0o755)
    after = _folder(Path(filled).parent)
    assert after["papers.refman"] == before["papers.refman"]
    if folder:
        assert after == before


def test_closing_leaves_only_the_library_and_its_lock(store: SqliteStore, location: str) -> None:
    add(store)
    store.close()
    assert not os.path.exists(location + ".unchecked")


def test_a_library_named_like_a_query_opens(tmp_path: Path, opener: SqliteOpener) -> None:
    location = str(tmp_path / "50% of ?mode=ro#über.refman")
    opener.create(location)
    store = opener.open(location)
    assert add(store) == [1]
    store.close()
