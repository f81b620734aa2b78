"""After a crash a library is looked at before it is used; after a clean end nothing is checked."""

import os
import subprocess
import sys

import pytest

from refman.domain.errors import (
    Cancelled,
    LibraryDamaged,
)
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import add, draft, title_of

_KILLED = """
import os, sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import add

store = SqliteOpener(FakeClock()).open(sys.argv[1])
add(store)
os._exit(0)
"""


def _leave_a_log(location: str) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, location], check=True)
    assert os.stat(location + "-wal").st_size > 0


def test_after_a_crash_the_library_opens_with_what_was_saved(location: str, opener: SqliteOpener) -> None:
    _leave_a_log(location)
    store = opener.open(location)
    assert title_of(store, PaperId(1)) == "Attention is All You Need"
    store.close()


def test_after_a_crash_damage_is_found_at_opening(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    for _ in range(20):
        add(store)
    store.close()
    _leave_a_log(location)
    with open(location, "r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xff" * 4096 * 20)
    with pytest.raises(LibraryDamaged, match="restore a backup"):
        opener.open(location)


def test_opening_checks_nothing_after_a_clean_end(
    location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr("refman.storage.backup.check_sound", lambda *_: asked.append(1))
    opener.open(location).close()
    assert asked == []
    _leave_a_log(location)
    opener.open(location).close()
    assert asked == [1]


class _Stopped(NoProgress):
    is_cancelled = True


def _needs_check(store: SqliteStore) -> bool:
    return store.needs_check


def test_a_big_library_is_checked_after_its_opening_and_remembers_that_until_it_is_sound(
    location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refman.storage.unclean.CHECKED_BYTES", 1000)
    store = opener.open(location)
    assert not _needs_check(store)
    store.close()
    _leave_a_log(location)
    for _ in range(2):
        store = opener.open(location)
        assert _needs_check(store)
        store.close()
    store = opener.open(location)
    with pytest.raises(Cancelled):
        store.check_file(_Stopped())
    assert _needs_check(store)
    assert store.check_file(NoProgress()) == []
    assert not _needs_check(store)
    store.close()
    assert not os.path.exists(location + ".unchecked")


def test_a_big_library_that_is_damaged_says_so_until_it_is_restored(
    location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refman.storage.unclean.CHECKED_BYTES", 1000)
    store = opener.open(location)
    add(store, *[draft(f"Paper {number}", abstract="word " * 400) for number in range(200)])
    backup = location + ".backup"
    store.backup(backup)
    store.close()
    _leave_a_log(location)
    with open(location, "r+b") as file:
        file.seek(-40 * 4096, os.SEEK_END)
        file.write(b"\xff" * 4096 * 20)
    store = opener.open(location)
    [problem] = store.check_file(NoProgress())
    assert "is damaged" in problem
    assert "refman restore FILE" in problem
    assert _needs_check(store)
    store.close()
    opener.restore(backup, location)
    store = opener.open(location)
    assert not _needs_check(store)
    store.close()


def test_a_library_that_somebody_has_open_is_not_checked_again(
    store: SqliteStore, location: str, opener: SqliteOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    asked = []
    monkeypatch.setattr("refman.storage.backup.check_sound", lambda *_: asked.append(1))
    opener.open(location).close()
    assert asked == []
