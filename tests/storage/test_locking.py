"""Programs take turns at one library; who has to wait too long learns for whom."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection

import pytest

from refman.domain.errors import LibraryBusy, LibraryError, LibraryMissing, LibraryReadOnly
from refman.domain.paper import PaperId
from refman.storage import sqlite
from refman.storage import store as stores
from refman.storage.lock import lock_path
from refman.storage.opener import SqliteOpener
from refman.storage.sqlite import connect_reader
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, draft, set_title, step, title_of, undo

_EDITS = """
import sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import set_title

store = SqliteOpener(FakeClock()).open(sys.argv[1])
for number in range(int(sys.argv[2])):
    set_title(store, 1, f"Theirs {number}")
store.close()
"""

_HOLD = """
import sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock

store = SqliteOpener(FakeClock()).open(sys.argv[1])
with store.write():
    print("held", flush=True)
    sys.stdin.readline()
store.close()
"""


def _start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_two_programs_edit_at_the_same_time_and_nothing_is_lost(location: str) -> None:
    store = SqliteOpener(FakeClock()).open(location)
    [theirs, mine] = add(store, draft(), draft("Other"))
    version = _version(store)
    other = _start(_EDITS, location, "200")
    number = 0
    while other.poll() is None:
        set_title(store, mine, f"Mine {number}")
        number += 1
    assert other.communicate()[0] == ""
    assert other.returncode == 0
    with store.read() as reader:
        steps = [one.name for one in reader.history()]
        assert reader.changes_since(version).changed == {theirs, mine}
    assert [name for name in steps if "Theirs" in name] == [f"Edit to Theirs {place}" for place in reversed(range(200))]
    assert (title_of(store, theirs), _version(store)) == ("Theirs 199", version + 200 + number)
    assert store.check() == []
    assert [undo(store) for _ in range(50)] == steps[:50]
    store.close()


def test_whoever_waits_gets_the_next_turn(location: str, clock: FakeClock) -> None:
    # Patient ones: on a busy machine a write takes longer than the others wait.
    opener = SqliteOpener(clock, wait_s=60.0)
    store, other = opener.open(location), opener.open(location)
    [paper_id] = add(store)
    with ThreadPoolExecutor(1) as pool:
        for number in range(20):
            with step(store, "Mine") as writer:
                theirs = pool.submit(set_title, other, paper_id, f"Theirs {number}")
                while not os.stat(lock_path(location)).st_size > 512:
                    assert not theirs.done()
                writer.create_tag(f"mine {number}")
            set_title(store, paper_id, f"Mine {number}")
            theirs.result()
            # Mine came second, though it asked at once.
            assert title_of(store, paper_id) == f"Mine {number}"
    other.close()
    store.close()


def _version(store: SqliteStore) -> int:
    with store.read() as reader:
        return reader.version()


def test_a_second_writer_learns_who_holds_the_library(store: SqliteStore, location: str) -> None:
    add(store)
    holder = _start(_HOLD, location)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LibraryBusy, match=f"by process {holder.pid} on {os.uname().nodename}"):
        set_title(store, PaperId(1), "Blocked")
    with store.read() as reader:
        assert reader.counts().papers == 1
    holder.communicate("\n")
    set_title(store, PaperId(1), "Free")


def test_a_second_thread_waits_for_the_first_and_gives_up_in_time(store: SqliteStore) -> None:
    add(store)
    with ThreadPoolExecutor(1) as pool, step(store, "Mine"), pytest.raises(LibraryBusy, match="another task"):
        pool.submit(set_title, store, PaperId(1), "Blocked").result()


def test_a_write_inside_a_write_is_our_bug(store: SqliteStore) -> None:
    with pytest.raises(RuntimeError), step(store), step(store):
        pass


def test_the_lock_is_free_after_a_failed_write(store: SqliteStore) -> None:
    add(store)
    with pytest.raises(ZeroDivisionError), step(store):
        raise ZeroDivisionError
    set_title(store, PaperId(1), "Free")


def test_a_symbolic_link_leads_to_the_same_lock(tmp_path: Path, location: str, opener: SqliteOpener) -> None:
    link = tmp_path / "elsewhere" / "link.refman"
    link.parent.mkdir()
    link.symlink_to(location)
    assert lock_path(str(link)) == lock_path(location)
    first, second = opener.open(location), opener.open(str(link))
    add(first)
    with step(first), ThreadPoolExecutor(1) as pool, pytest.raises(LibraryBusy):
        pool.submit(set_title, second, PaperId(1), "Blocked").result()
    assert list(link.parent.iterdir()) == [link]
    first.close()
    second.close()


def test_a_library_that_was_replaced_is_not_written(store: SqliteStore, location: str, opener: SqliteOpener) -> None:
    add(store)
    os.rename(location, location + ".moved")
    with pytest.raises(LibraryMissing):
        set_title(store, PaperId(1), "Lost")
    opener.create(location)
    with pytest.raises(LibraryError, match="was replaced"):
        set_title(store, PaperId(1), "Lost")


def test_the_lock_file_is_private_and_stays(store: SqliteStore, location: str) -> None:
    add(store)
    assert os.stat(lock_path(location)).st_mode & 0o777 == 0o600


def test_reads_go_on_while_somebody_writes(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with step(store, "Slow") as writer:
        writer.add_papers([draft("New")], added=ADDED)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(title_of, store, paper_id).result(5) == "Attention is All You Need"


def test_a_lock_file_that_cannot_be_written_is_told_and_keeps_nobody_out(
    location: str, store: SqliteStore, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, draft("One"))

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(LibraryError) as caught, step(store, "long") as writer:
        monkeypatch.setattr(os, "truncate", fail)
        writer.commit_chunk()
    assert caught.value.code == "library-io"
    with pytest.raises(LibraryError):
        set_title(store, PaperId(1), "Not written")
    monkeypatch.undo()
    other = opener.open(location)
    set_title(other, PaperId(1), "Theirs")
    other.close()


def test_a_file_that_could_not_be_opened_for_writing_once_is_opened_again(
    store: SqliteStore, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    store.close()
    # As SQLite does where the system refuses to open a file for writing: it opens it for reading, without a word.
    monkeypatch.setattr(sqlite, "connect_writer", connect_reader)
    opened = SqliteOpener(FakeClock()).open(location)
    assert title_of(opened, PaperId(1)) == "Attention is All You Need"
    with pytest.raises(LibraryReadOnly):
        set_title(opened, PaperId(1), "Not written")
    monkeypatch.undo()
    # The index of the log is opened once for all connections of a program.
    anew: list[str] = []

    def connect(path: str, *, is_immutable: bool) -> Connection:
        anew.append(path)
        return connect_reader(path, is_immutable=is_immutable)

    monkeypatch.setattr(stores, "connect_reader", connect)
    set_title(opened, PaperId(1), "Written")
    assert title_of(opened, PaperId(1)) == "Written"
    assert anew == [location]
    opened.close()


def test_too_many_open_files_are_told_as_such(
    store: SqliteStore, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LibraryError, match=r"papers\.refman .*too many files are open") as caught:
        add(store, draft("One"))
    assert caught.value.code == "library-too-many-files"


def test_a_folder_that_vanished_before_the_first_write_is_told_as_such(store: SqliteStore, location: str) -> None:
    folder = Path(location).parent
    away = folder.rename(folder.with_name("pulled out"))
    with pytest.raises(LibraryMissing, match="is no longer there; put it back"):
        add(store)
    assert not folder.exists()
    away.rename(folder)
    assert add(store)
