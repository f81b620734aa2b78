"""The trash beside papers, as the journal holds it."""

from pathlib import Path

import pytest

from refman.domain.changes import OperationKind
from refman.domain.discards import Discard
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.storage import journal_writes
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import add, content, draft, paper_of, redo, set_title, step, undo


def _lying(store: SqliteStore) -> list[Discard]:
    with store.read() as reader:
        return reader.discards()


def _delete_note(store: SqliteStore, paper_id: PaperId, text: str, clock: FakeClock) -> None:
    with step(store, "Note", kind=OperationKind.NOTE) as writer:
        note_id = writer.add_note(paper_id, text, when=clock.now())
    with step(store, "Delete", kind=OperationKind.NOTE) as writer:
        writer.delete_note(note_id)


def test_the_journal_drops_no_step_that_something_lies_in_the_trash_of(
    store: SqliteStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("KEPT_STEPS", 20), ("SURE_STEPS", 10), ("KEPT_DAYS", 0)):
        monkeypatch.setattr(journal_writes, name, number)
    [paper_id] = add(store)
    _delete_note(store, paper_id, "kept", clock)
    _delete_note(store, paper_id, "thrown", clock)
    with step(store, kind=OperationKind.PURGE) as writer:
        writer.forget_discards([writer.discards()[0].id])
    clock.pass_seconds(86400 * 200)
    for number in range(120):
        set_title(store, paper_id, f"Title {number}")
    with store.read() as reader:
        names = [one.name for one in reader.history()]
    assert names.count("Delete") == 1
    assert len(names) < 80
    [kept] = _lying(store)
    assert kept.what == "kept"
    with step(store, kind=OperationKind.RESTORE) as writer:
        writer.restore_discards([kept.id])
    assert [one.text for one in paper_of(store, paper_id).stored_notes] == ["kept"]
    for number in range(120):
        set_title(store, paper_id, f"Title {number}")
    with store.read() as reader:
        assert "Delete" not in [one.name for one in reader.history()]
    assert store.check() == []


def test_it_survives_a_restart_and_the_library_as_text(store: SqliteStore, clock: FakeClock, tmp_path: Path) -> None:
    [paper_id] = add(store, draft(key="one"))
    _delete_note(store, paper_id, "kept", clock)
    before = _lying(store)
    store.close()
    again = SqliteOpener(clock).open(store.location)
    assert _lying(again) == before
    again.close()
    keeper, pieces = SqliteKeeper(clock), list[str]()
    assert keeper.examine(store.location, progress=NoProgress()) == []
    keeper.dump(store.location, pieces.append, progress=NoProgress())
    rebuilt = str(tmp_path / "again.refman")
    keeper.rebuild("".join(pieces).splitlines(keepends=True), rebuilt)
    once_more = SqliteOpener(clock).open(rebuilt)
    assert _lying(once_more) == before
    once_more.close()


def test_a_tag_comes_back_without_papers_that_are_gone_and_without_a_number_that_is_taken(store: SqliteStore) -> None:
    first, second = add(store, draft(), draft("Other"))
    with step(store) as writer:
        writer.put_tags([first, second], ["rl"])
        writer.set_tag_look("rl", colour=4, number_key=1)
    with step(store, kind=OperationKind.TRASH) as writer:
        writer.delete_tag("rl")
    with step(store) as writer:
        writer.create_tag("other")
        writer.set_tag_look("other", colour=0, number_key=1)
        writer.purge([second])
    [lying] = _lying(store)
    assert lying.papers == 2
    before = content(store)
    with step(store, kind=OperationKind.RESTORE) as writer:
        writer.restore_discards([lying.id])
    with store.read() as reader:
        assert [(one.name, one.colour, one.number_key, one.count) for one in reader.tags()] == [
            ("other", 0, 1, 0),
            ("rl", 4, 0, 1),
        ]
    after = content(store)
    undo(store)
    assert content(store) == before
    redo(store)
    assert content(store) == after


def test_deletions_of_a_library_of_yesterday_lie_in_the_trash(store: SqliteStore, clock: FakeClock) -> None:
    """Deleting a note or a file has always been a step of these kinds; the tag of an older step is undone only."""
    [paper_id] = add(store, draft(key="one"))
    _delete_note(store, paper_id, "old", clock)
    with step(store, kind=OperationKind.TAG_TREE) as writer:
        writer.create_tag("gone")
    with step(store, kind=OperationKind.TAG_TREE) as writer:
        writer.delete_tag("gone")
    assert [one.what for one in _lying(store)] == ["old"]
    undo(store)
    with store.read() as reader:
        assert [one.name for one in reader.tags()] == ["gone"]


def test_what_is_in_the_library_all_the_same_is_not_listed(store: SqliteStore, clock: FakeClock) -> None:
    """As where a clock that jumped made the journal drop the step that brought a note back before the older one."""
    [paper_id] = add(store)
    _delete_note(store, paper_id, "back", clock)
    with step(store, "Bring back", kind=OperationKind.RESTORE) as writer:
        writer.restore_discards([writer.discards()[0].id])
    with store.read() as reader:
        newest = reader.history()[0]
    with step(store) as writer:
        writer.set_type(paper_id, "article")
        journal_writes.drop_steps(writer.connection, [newest.id])
    assert _lying(store) == []
