"""Copies that were checked before they got their name; restoring never loses the present state."""

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Timer
from types import SimpleNamespace

import pytest

from refman.domain.errors import (
    DiskFull,
    ExportRefused,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryTooNew,
    NotALibrary,
)
from refman.domain.paper import PaperId
from refman.storage.backup import write_backup
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, content, draft, set_title, step, title_of, undo


def _hash(path: Path | str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _names(folder: Path) -> set[str]:
    return {name for name in os.listdir(folder) if not name.endswith(".lock")}


def test_a_backup_is_a_whole_private_library(tmp_path: Path, store: SqliteStore, opener: SqliteOpener) -> None:
    add(store, draft(key="a"))
    set_title(store, PaperId(1), "New")
    target = tmp_path / "copy.refman"
    store.backup(str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = opener.open(str(target))
    assert content(copy) == content(store)
    assert (undo(copy), copy.check()) == ("Edit to New", [])
    copy.close()


def test_a_backup_replaces_an_older_one_and_leaves_nothing_beside_it(tmp_path: Path, store: SqliteStore) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for title in ("One", "Two"):
        add(store, draft(title))
        store.backup(str(folder / "b.refman"))
    assert os.listdir(folder) == ["b.refman"]
    with closing(sqlite3.connect(folder / "b.refman")) as database:
        assert database.execute("SELECT count(*) FROM paper").fetchone() == (2,)


def test_a_backup_is_taken_while_somebody_writes(tmp_path: Path, store: SqliteStore) -> None:
    add(store)
    with step(store) as writer:
        writer.add_papers([draft("Not yet")], added=ADDED)
        store.backup(str(tmp_path / "b.refman"))
    with closing(sqlite3.connect(tmp_path / "b.refman")) as database:
        assert database.execute("SELECT count(*) FROM paper").fetchone() == (1,)


def test_a_library_that_is_locked_for_good_ends_a_backup_with_a_sentence(
    tmp_path: Path, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refman.storage.sqlite.BUSY_TIMEOUT_MS", 50)
    with closing(sqlite3.connect(location)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusy):
            write_backup(location, str(tmp_path / "b.refman"))
    assert not (tmp_path / "b.refman").exists()


def test_a_backup_that_the_disk_does_not_take_is_none(
    tmp_path: Path, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(path: str) -> None:
        raise OSError(errno.EIO, "Input/output error", path)

    monkeypatch.setattr("refman.storage.files.flush_file", fails)
    with pytest.raises(LibraryError, match="the disk reports an error"):
        write_backup(location, str(tmp_path / "b.refman"))
    assert [name for name in _names(tmp_path) if name.startswith("b.refman")] == []


def test_a_backup_is_flushed_where_no_thread_is_to_be_had(
    tmp_path: Path, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*arguments: object) -> None:
        raise RuntimeError("can't start new thread")

    flushed: list[str] = []
    monkeypatch.setattr("concurrent.futures.thread.ThreadPoolExecutor.submit", refuses)
    monkeypatch.setattr("refman.storage.files.flush_file", flushed.append)
    write_backup(location, str(tmp_path / "b.refman"))
    assert [Path(path).name.startswith("b.refman.new-") for path in flushed] == [True, False]


@pytest.mark.parametrize("is_restore", [False, True])
def test_the_room_that_a_copy_needs_is_told_before_it_begins(
    tmp_path: Path,
    store: SqliteStore,
    location: str,
    opener: SqliteOpener,
    is_restore: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = str(tmp_path / "copy.refman")
    if is_restore:
        store.backup(target)
        store.close()
    before = _names(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=1_000_000, free=50_000))
    with pytest.raises(DiskFull, match=r"needs 0\.\d MB, and 0\.1 MB are free") as caught:
        opener.restore(target, location) if is_restore else store.backup(target)
    assert caught.value.code == "no-room-for-copy"
    assert _names(tmp_path) == before


def test_reading_a_backup_leaves_nothing_beside_it(tmp_path: Path, store: SqliteStore) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    store.backup(str(folder / "b.refman"))
    with closing(sqlite3.connect(folder / "b.refman")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        database.execute("SELECT count(*) FROM paper").fetchone()
        assert os.listdir(folder) == ["b.refman"]


def test_a_backup_never_goes_over_the_library(tmp_path: Path, store: SqliteStore, location: str) -> None:
    add(store)
    link = tmp_path / "link.refman"
    link.symlink_to(location)
    targets = [location, str(link), location + "-wal", location + ".lock", str(tmp_path), str(tmp_path / "no" / "b")]
    for target in targets:
        with pytest.raises(ExportRefused):
            store.backup(target)
    assert store.check() == []


def test_a_damaged_library_makes_no_backup(tmp_path: Path, location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    add(store, *[draft("Some title of some length")] * 300)
    good = tmp_path / "good.refman"
    store.backup(str(good))
    store.close()
    before = _hash(good)
    _damage(location)
    store = opener.open(location)
    with pytest.raises(LibraryDamaged):
        store.backup(str(good))
    assert _hash(good) == before
    assert store.check() != []
    store.close()


def _damage(location: str) -> None:
    with open(location, "r+b") as file:
        # The last pages hold rows; the first ones hold the schema.
        file.seek(os.stat(location).st_size // 4096 * 4096 - 4096 * 10)
        file.write(b"\xa5" * 4096 * 8)


def test_restoring_puts_the_backup_in_place_and_keeps_the_present_state(
    tmp_path: Path, location: str, opener: SqliteOpener
) -> None:
    store = opener.open(location)
    [paper_id] = add(store)
    store.backup(str(tmp_path / "b.refman"))
    set_title(store, paper_id, "Later")
    store.close()
    backup_hash = _hash(tmp_path / "b.refman")
    kept = opener.restore(str(tmp_path / "b.refman"), location)
    assert kept == str(tmp_path / "papers.before-restore-20261122-100000.refman")
    assert _names(tmp_path) == {"papers.refman", "b.refman", os.path.basename(kept)}
    for path, title in ((location, "Attention is All You Need"), (kept, "Later")):
        opened = opener.open(path)
        assert (title_of(opened, paper_id), opened.check()) == (title, [])
        opened.close()
    assert _hash(tmp_path / "b.refman") == backup_hash
    assert opener.restore(str(tmp_path / "b.refman"), location).endswith("-100000-2.refman")


def test_a_backup_that_is_opened_itself_is_read_beside_its_first_write(
    tmp_path: Path, store: SqliteStore, opener: SqliteOpener
) -> None:
    target = str(tmp_path / "copy.refman")
    store.backup(target)
    copy = opener.open(target)
    with copy.read() as reader:
        assert reader.counts().papers == 0
        add(copy)
        assert reader.counts().papers == 0
    assert os.stat(target + "-wal").st_size > 0
    copy.close()


def test_a_backup_is_restored_from_a_folder_that_cannot_be_written(
    tmp_path: Path, store: SqliteStore, opener: SqliteOpener
) -> None:
    add(store)
    folder = tmp_path / "disc"
    folder.mkdir()
    store.backup(str(folder / "b.refman"))
    (folder / "b.refman").chmod(0o444)
    folder.chmod(0o555)
    opener.restore(str(folder / "b.refman"), str(tmp_path / "new.refman"))
    assert os.listdir(folder) == ["b.refman"]
    folder.chmod(0o755)
    opened = opener.open(str(tmp_path / "new.refman"))
    assert (opened.is_writable, content(opened)) == (True, content(store))
    opened.close()


def test_restoring_where_there_is_no_library_makes_one(
    tmp_path: Path, store: SqliteStore, opener: SqliteOpener
) -> None:
    add(store)
    store.backup(str(tmp_path / "b.refman"))
    assert opener.restore(str(tmp_path / "b.refman"), str(tmp_path / "new.refman")) == ""
    opened = opener.open(str(tmp_path / "new.refman"))
    assert content(opened) == content(store)
    opened.close()


def test_a_library_that_is_open_is_not_replaced(tmp_path: Path, store: SqliteStore, opener: SqliteOpener) -> None:
    [paper_id] = add(store)
    store.backup(str(tmp_path / "b.refman"))
    set_title(store, paper_id, "Later")
    names = _names(tmp_path)
    with pytest.raises(LibraryBusy, match="is open"):
        opener.restore(str(tmp_path / "b.refman"), store.location)
    assert (_names(tmp_path), title_of(store, paper_id)) == (names, "Later")
    set_title(store, paper_id, "Still works")


def test_a_restore_waits_for_a_read_that_is_just_ending(
    tmp_path: Path, store: SqliteStore, opener: SqliteOpener, clock: FakeClock
) -> None:
    add(store)
    store.backup(str(tmp_path / "b.refman"))
    before = content(store)
    add(store, draft("Later"))
    ending = Timer(0.3, store.close)
    ending.start()
    SqliteOpener(clock).restore(str(tmp_path / "b.refman"), store.location)
    ending.join()
    opened = opener.open(store.location)
    assert content(opened) == before
    opened.close()


_KILLED = """
import os, sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import add

store = SqliteOpener(FakeClock()).open(sys.argv[1])
add(store)
os._exit(0)
"""


def test_an_old_log_never_meets_the_restored_library(tmp_path: Path, location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    store.backup(str(tmp_path / "b.refman"))
    store.close()
    subprocess.run([sys.executable, "-c", _KILLED, location], check=True)
    assert os.stat(location + "-wal").st_size > 0
    kept = opener.restore(str(tmp_path / "b.refman"), location)
    for path, papers in ((location, 0), (kept, 1)):
        opened = opener.open(path)
        assert (len(content(opened)["papers"]), opened.check()) == (papers, [])
        opened.close()


def test_a_damaged_library_is_restored_and_kept_with_its_log(
    tmp_path: Path, location: str, opener: SqliteOpener
) -> None:
    store = opener.open(location)
    add(store)
    store.backup(str(tmp_path / "b.refman"))
    store.close()
    Path(location).write_bytes(b"\0" * 9000)
    Path(location + "-wal").write_bytes(b"old log")
    kept = opener.restore(str(tmp_path / "b.refman"), location)
    assert (Path(kept).read_bytes(), Path(kept + "-wal").read_bytes()) == (b"\0" * 9000, b"old log")
    assert not os.path.exists(location + "-wal")
    opened = opener.open(location)
    assert title_of(opened, PaperId(1)) == "Attention is All You Need"
    opened.close()


@pytest.mark.parametrize("kind", ["missing", "text", "newer", "damaged"])
def test_a_bad_backup_changes_nothing(tmp_path: Path, location: str, opener: SqliteOpener, kind: str) -> None:
    store = opener.open(location)
    add(store, *[draft("Some title of some length")] * 300)
    backup = tmp_path / "b.refman"
    store.backup(str(backup))
    store.close()
    if kind == "missing":
        backup.unlink()
    elif kind == "text":
        backup.write_text("hello")
    elif kind == "newer":
        with closing(sqlite3.connect(backup)) as database:
            database.execute("PRAGMA user_version = 9")
    else:
        _damage(str(backup))
    before, names = _hash(location), _names(tmp_path)
    expected = {"missing": LibraryMissing, "text": NotALibrary, "newer": LibraryTooNew, "damaged": LibraryDamaged}
    with pytest.raises(expected[kind]):
        opener.restore(str(backup), location)
    assert (_hash(location), _names(tmp_path)) == (before, names)


def test_a_restore_cut_off_between_its_renames_leaves_the_old_library(
    tmp_path: Path, location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opener.open(location)
    store.backup(str(tmp_path / "b.refman"))
    add(store)
    store.close()

    def cut_off(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch, pytest.raises(LibraryError):
        patch.setattr("refman.storage.backup.os.replace", cut_off)
        opener.restore(str(tmp_path / "b.refman"), location)
    store = opener.open(location)
    assert title_of(store, PaperId(1)) == "Attention is All You Need"
    store.close()
    # A session that only read leaves an empty log behind.
    assert _names(tmp_path) - {"papers.refman-wal", "papers.refman-shm"} == {"papers.refman", "b.refman"}
