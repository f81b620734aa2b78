"""A long undo takes many transactions, is still one step, and never ends half-way."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import pytest

from refman.domain.changes import OperationKind, OperationState
from refman.domain.errors import Cancelled, ConflictError, DiskFull, LibraryBusy
from refman.domain.paper import Draft, PaperId
from refman.domain.progress import NoProgress
from refman.storage import undoing
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, content, draft, redo, set_title, step, title_of, typed, undo

_CHUNKS = 6


class _At:
    """Progress that does something when so many changes are replayed."""

    is_cancelled = False

    def __init__(self, acts: dict[int, Callable[[], object]]) -> None:
        self._acts = acts

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Acts when it is time."""
        self._acts.pop(done, lambda: None)()

    def cancel(self) -> None:
        """Asks the work to stop."""
        self.is_cancelled = True


@pytest.fixture(autouse=True)
def _short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change has a transaction of its own."""
    monkeypatch.setattr(undoing, "TURN_S", 0.0)


def _import(store: SqliteStore, *, keys: bool = False) -> list[PaperId]:
    """A step of many changes; the ids of its papers."""
    ids: list[PaperId] = []
    with step(store, "Big", kind=OperationKind.IMPORT) as writer:
        for number in range(_CHUNKS):
            drafts = [_draft(number, place, keys) for place in range(3)]
            ids += writer.add_papers(drafts, added=ADDED)
            writer.put_tags(ids[-3:], ["fresh/tag", f"tag{number}"])
            writer.commit_chunk()
    return ids


def _draft(number: int, place: int, has_key: bool) -> Draft:
    return draft(f"Paper {number} {place}", key=f"key{number}{place}" if has_key else "")


def _history(store: SqliteStore) -> list[tuple[str, OperationState]]:
    with store.read() as reader:
        return [(one.name, one.state) for one in reader.history()]


def _elsewhere(store: SqliteStore, pool: ThreadPoolExecutor, act: Callable[[], object]) -> Callable[[], None]:
    """Starts `act` in another thread and returns when it waits for the lock."""
    lock = store._writes._lock

    def start() -> None:
        done = pool.submit(act)
        _wait_for(lambda: bool(lock._waiting) or done.done())

    return start


def _wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        os.sched_yield()


def test_undo_and_redo_are_one_step(store: SqliteStore) -> None:
    add(store)
    before = content(store)
    _import(store)
    after = content(store)
    for _ in range(2):
        assert undo(store) == "Big"
        assert content(store) == before
        assert _history(store) == [("Big", OperationState.UNDONE), ("Import", OperationState.DONE)]
        assert redo(store) == "Big"
        assert content(store) == after
        assert _history(store) == [("Big", OperationState.DONE), ("Import", OperationState.DONE)]
    assert store.check() == []


def test_an_edit_gets_its_turn_while_a_long_undo_runs(store: SqliteStore) -> None:
    [paper_id] = add(store)
    _import(store)
    with ThreadPoolExecutor(1) as pool:
        edit = _elsewhere(store, pool, lambda: set_title(store, paper_id, "Edited meanwhile"))
        store.undo(_At({3: edit}))
    assert title_of(store, paper_id) == "Edited meanwhile"
    # A new step drops what could be redone, also when it came between.
    assert _history(store) == [("Edit to Edited meanwhile", OperationState.DONE), ("Import", OperationState.DONE)]
    assert undo(store) == "Edit to Edited meanwhile"
    assert store.check() == []


def test_a_paper_that_is_edited_before_its_turn_keeps_the_whole_step(store: SqliteStore) -> None:
    ids = _import(store)
    before = content(store)
    with ThreadPoolExecutor(1) as pool:
        edit = _elsewhere(store, pool, lambda: set_title(store, ids[0], "Edited meanwhile"))
        with pytest.raises(ConflictError, match="the step was left as it is"):
            store.undo(_At({3: edit}))
    assert title_of(store, ids[0]) == "Edited meanwhile"
    assert undo(store) == "Edit to Edited meanwhile"
    assert content(store) == before
    assert undo(store) == "Big"
    assert store.check() == []


@pytest.mark.parametrize("is_forward", [False, True])
def test_a_long_undo_or_redo_that_is_cancelled_changes_nothing(store: SqliteStore, is_forward: bool) -> None:
    _import(store)
    if is_forward:
        undo(store)
    before, history = content(store), _history(store)
    progress = _At({5: lambda: progress.cancel()})
    with pytest.raises(Cancelled):
        (store.redo if is_forward else store.undo)(progress)
    assert (content(store), _history(store)) == (before, history)
    assert store.check() == []


def test_an_undo_that_fails_half_way_changes_nothing(store: SqliteStore) -> None:
    _import(store)
    before = content(store)

    def fail() -> None:
        raise DiskFull("disk-full", "Full.")

    with pytest.raises(DiskFull):
        store.undo(_At({5: fail}))
    assert content(store) == before


def test_a_cancelled_undo_goes_on_when_its_keys_are_taken_meanwhile(store: SqliteStore) -> None:
    ids = _import(store, keys=True)
    last = f"key{_CHUNKS - 1}0"
    with ThreadPoolExecutor(1) as pool:
        take = _elsewhere(store, pool, lambda: add(store, draft("Another", key=last)))
        progress = _At({3: take, 6: lambda: progress.cancel()})
        assert store.undo(progress).name == "Big"
    with store.read() as reader:
        assert reader.papers(ids) == []
        assert list(reader.ids_of_keys([last])) == [last]
    assert store.check() == []


def test_no_second_undo_begins_meanwhile(store: SqliteStore, location: str, opener: SqliteOpener) -> None:
    add(store)
    _import(store)
    other = opener.open(location)
    with ThreadPoolExecutor(1) as pool, closing(other):
        begun: list[Future[str]] = []
        store.undo(_At({3: lambda: begun.append(pool.submit(undo, other))}))
        with pytest.raises(LibraryBusy, match='"Big" is being undone or done again by another program'):
            begun[0].result(10)
    assert [name for name, _ in _history(store)] == ["Big", "Import"]


_CRASH = """
import os, sys
from refman.storage import undoing
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock

class Crash:
    is_cancelled = False
    def report(self, done, total, text=""):
        if done == int(sys.argv[3]):
            os._exit(9)

undoing.TURN_S = 0.0
store = SqliteOpener(FakeClock()).open(sys.argv[1])
getattr(store, sys.argv[2])(Crash())
"""


def _crash(location: str, verb: str, done: int) -> None:
    command = [sys.executable, "-c", _CRASH, location, verb, str(done)]
    assert subprocess.run(command, check=False, cwd=os.getcwd()).returncode == 9


@pytest.mark.parametrize("verb", ["undo", "redo"])
@pytest.mark.parametrize("done", [3, 4, 7])
def test_a_crash_in_a_long_undo_or_redo_leaves_it_undone(
    location: str, opener: SqliteOpener, verb: str, done: int
) -> None:
    store = opener.open(location)
    [paper_id] = add(store)
    before = content(store)
    _import(store)
    with step(store, "Many") as writer:
        writer.set_trashed([paper_id], ADDED)
        for number in range(8):
            writer.set_field(paper_id, f"x-{number}", typed(str(number)))
            writer.add_note(paper_id, f"Note {number}", when=ADDED)
        writer.purge([paper_id])
    after = content(store)
    if verb == "undo":
        undo(store)
    else:
        undo(store)
        undo(store)
    store.close()
    _crash(location, verb, done)
    store = opener.open(location)
    assert content(store) == before
    assert (redo(store), redo(store)) == ("Big", "Many")
    assert content(store) == after
    assert store.check() == []
    store.close()


def test_after_a_crash_what_others_did_meanwhile_stays(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    ids = _import(store, keys=True)
    store.close()
    _crash(location, "undo", 4)
    store = SqliteStore(location, opener._clock)
    # Another window was open all the time: it sees the rest of the step and edits it.
    set_title(store, ids[0], "By me")
    with step(store, "Tag by me") as writer:
        writer.put_tags([ids[0]], ["mine"])
        writer.put_tags([ids[0]], ["tag1"])
    store.close()
    store = opener.open(location)
    assert title_of(store, ids[0]) == "By me"
    with store.read() as reader:
        [mine] = reader.papers(ids)
        assert mine.tags == ("fresh/tag", "mine", "tag0", "tag1")
    assert [name for name, _ in _history(store)] == ["Tag by me", "Edit to By me"]
    assert store.check() == []
    assert (undo(store), undo(store)) == ("Tag by me", "Edit to By me")
    store.close()


def test_purged_papers_come_back_after_a_crash_without_the_keys_that_others_have_by_then(
    location: str, opener: SqliteOpener
) -> None:
    store = opener.open(location)
    ids = _import(store, keys=True)
    with step(store, "Empty the trash", kind=OperationKind.PURGE) as writer:
        for start in range(0, len(ids), 3):
            writer.purge(ids[start : start + 3])
    store.close()
    _crash(location, "undo", 4)
    store = SqliteStore(location, opener._clock)
    add(store, draft("Another", key="key00"))
    store.close()
    store = opener.open(location)
    with store.read() as reader:
        papers = reader.papers(ids)
        assert papers[0].plain("title") == "Paper 0 0"
        assert (len(papers), papers[0].key, papers[1].key) == (len(ids), "", "key01")
    assert store.check() == []
    store.close()


def test_a_short_undo_is_one_transaction(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "TURN_S", 60.0)
    _import(store)
    before = content(store)
    with store.read() as reader:
        version = reader.version()
    store.undo(NoProgress())
    with store.read() as reader:
        assert reader.version() == version + 1
    redo(store)
    assert content(store) == before


def test_only_the_step_that_was_meant_is_undone_or_done_again(store: SqliteStore) -> None:
    _import(store)
    with store.read() as reader:
        meant = reader.undoable()
    assert meant is not None
    _import(store)
    before = _history(store)
    with pytest.raises(ConflictError, match="Something was done since"):
        store.undo(NoProgress(), only=meant.id)
    assert _history(store) == before
    store.undo(NoProgress())
    assert store.undo(NoProgress(), only=meant.id).id == meant.id
    assert store.redo(NoProgress(), only=meant.id).id == meant.id
