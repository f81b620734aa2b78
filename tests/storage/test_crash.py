"""After `kill -9` every acknowledged edit is there, and no operation is half done."""

import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from refman.domain.errors import DiskFull
from refman.domain.paper import PaperId
from refman.storage import sqlite
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import add, content, draft, undo

_WORK = """
import itertools, sys
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, draft, step, typed

store = SqliteOpener(FakeClock()).open(sys.argv[1])
with store.read() as reader:
    done = len(reader.history())
for number in itertools.count(done):
    with step(store, f"Step {number}") as writer:
        # Both papers and a tag, or none: a half operation would show.
        for paper_id in (1, 2):
            writer.set_field(PaperId(paper_id), "title", typed(f"Title {number}"))
        writer.put_tags([PaperId(1 + number % 2)], [f"tag{number}"])
        if number % 5 == 0:
            writer.add_papers([draft(f"More {number} {place}") for place in range(50)], added=ADDED)
            if number % 10 == 0:
                writer.commit_chunk()
                writer.add_papers([draft(f"More {number} {place}") for place in range(50)], added=ADDED)
    print(number, flush=True)
"""


def _kill_at_work(location: str, after: int) -> int:
    """Kills the worker a little after it reported `after` steps; gives the last one it acknowledged."""
    worker = subprocess.Popen([sys.executable, "-c", _WORK, location], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    for _ in range(after):
        worker.stdout.readline()
    worker.send_signal(signal.SIGKILL)
    rest, _ = worker.communicate()
    numbers = re.findall(r"^\d+$", rest, re.MULTILINE)
    return int(numbers[-1]) if numbers else -1


def _check_whole(store: SqliteStore) -> int:
    """Every operation is whole and the library sound; gives the number of the last step."""
    with store.read() as reader:
        history = reader.history()
        last = int(history[0].name.removeprefix("Step "))
        titles = {paper.plain("title") for paper in reader.papers([PaperId(1), PaperId(2)])}
        tags = {tag.name for tag in reader.tags()}
        numbers = range(1, last + 1)
        papers = 2 + sum((100 if number % 10 == 0 else 50) for number in numbers if number % 5 == 0)
        assert reader.counts().papers == papers
    assert titles == {f"Title {last}"}
    assert tags == {f"tag{number}" for number in numbers}
    assert [one.name for one in history] == [*(f"Step {number}" for number in reversed(numbers)), "Import"]
    assert store.check() == []
    return last


def test_killed_again_and_again_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    location = str(tmp_path / "papers.refman")
    opener = SqliteOpener(FakeClock())
    opener.create(location)
    store = opener.open(location)
    add(store, draft("A"), draft("B"))
    before = content(store)
    store.close()
    chance = random.Random(5)
    for _ in range(6):
        acknowledged = _kill_at_work(location, chance.randint(2, 14))
        store = opener.open(location)
        assert _check_whole(store) >= acknowledged
        store.close()
    store = opener.open(location)
    with store.read() as reader:
        steps = len(reader.history()) - 1
    for _ in range(steps):
        undo(store)
    assert content(store) == before
    store.close()


_FULL = """
import resource, signal, sys
from refman.domain.errors import RefmanError
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import add, draft

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = SqliteOpener(FakeClock()).open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
try:
    for number in range(1000):
        add(store, *[draft(f"Paper {number}", abstract="word " * 300)] * 20)
        print(number, flush=True)
except RefmanError as error:
    print(type(error).__name__, error.message)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
add(store, draft("Afterwards"))
print(store.check())
store.close()
"""


def test_a_file_that_may_not_grow_is_named_and_what_was_saved_stays(location: str, opener: SqliteOpener) -> None:
    done = subprocess.run([sys.executable, "-c", _FULL, location], capture_output=True, text=True, check=True)
    *numbers, failure, verdict = done.stdout.splitlines()
    assert re.match(r"(DiskFull|LibraryError) .*papers\.refman.*nothing was changed", failure)
    assert verdict == "[]"
    store = opener.open(location)
    with store.read() as reader:
        assert reader.counts().papers == len(numbers) * 20 + 1
    store.close()


def test_a_full_disk_is_named_and_nothing_is_changed(
    store: SqliteStore, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store)
    before = content(store)
    store.close()
    # SQLite's own limit of pages ends a write as a full disk does (rescode.html, SQLITE_FULL).
    monkeypatch.setattr(sqlite, "_WRITER", (*sqlite._WRITER, "max_page_count=120"))
    full = SqliteOpener(FakeClock()).open(location)
    with pytest.raises(DiskFull, match="is full; nothing was changed"):
        add(full, *[draft("Large", abstract="word " * 3000)] * 200)
    assert content(full) == before
    full.close()
