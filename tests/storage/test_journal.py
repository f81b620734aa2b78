"""Every operation is one stored step that can be undone and redone, also after a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from refman.domain.changes import Changes, Operation, OperationId, OperationKind, OperationState
from refman.domain.errors import Cancelled, ConflictError, NotFound, NothingToRedo, NothingToUndo
from refman.domain.listing import HistoryEntry, SavedSearch
from refman.domain.paper import FieldValue, People
from refman.domain.profile import Capture
from refman.domain.progress import NoProgress
from refman.storage.opener import SqliteOpener
from refman.storage.sqlite import connect_writer
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, content, draft, paper_of, redo, set_title, step, title_of, typed, undo


class _CancelAtOnce(NoProgress):
    @property
    def is_cancelled(self) -> bool:
        return True


def test_undo_of_import_deletes_the_papers_and_redo_brings_them_back(store: SqliteStore) -> None:
    empty = content(store)
    ids = add(store, draft(key="a"), draft("Other", key="b"))
    full = content(store)
    assert undo(store) == "Import"
    assert content(store) == empty
    assert store.last_changes().removed == set(ids)
    assert redo(store) == "Import"
    assert content(store) == full
    assert store.last_changes().added == set(ids)


def test_undo_takes_back_one_step_at_a_time_newest_first(store: SqliteStore) -> None:
    [paper_id] = add(store)
    for title in ("One", "Two"):
        set_title(store, paper_id, title)
    assert (undo(store), title_of(store, paper_id)) == ("Edit to Two", "One")
    assert (undo(store), title_of(store, paper_id)) == ("Edit to One", "Attention is All You Need")


def test_nothing_to_undo_or_redo_is_said(store: SqliteStore) -> None:
    with pytest.raises(NothingToUndo):
        undo(store)
    with pytest.raises(NothingToRedo):
        redo(store)


def test_a_new_step_drops_what_could_be_redone(store: SqliteStore) -> None:
    [paper_id] = add(store)
    set_title(store, paper_id, "One")
    undo(store)
    set_title(store, paper_id, "Two")
    with store.read() as reader:
        assert (reader.redoable(), [one.name for one in reader.history()]) == (None, ["Edit to Two", "Import"])


def test_a_write_that_changes_nothing_makes_no_step(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with store.read() as reader:
        before = (reader.history(), reader.version())
    title = paper_of(store, paper_id).fields["title"]
    with step(store) as writer:
        writer.set_field(paper_id, "title", title)
        writer.put_tags([], ["unused"][:0])
    with store.read() as reader:
        assert (reader.history(), reader.version()) == before
    assert store.last_changes() == Changes()


def test_a_step_without_a_name_is_refused(store: SqliteStore) -> None:
    with pytest.raises(RuntimeError), store.write() as writer:
        writer.create_tag("x")
    with store.read() as reader:
        assert reader.tags() == []


def test_an_exception_takes_the_whole_operation_back(store: SqliteStore) -> None:
    [paper_id] = add(store)
    before = content(store)
    with pytest.raises(NotFound), step(store) as writer:
        writer.set_field(paper_id, "title", typed("Half"))
        writer.delete_tag("missing")
    assert content(store) == before


def test_the_summary_says_what_views_have_to_refresh(store: SqliteStore) -> None:
    [first, second] = add(store, draft(), draft("Other"))
    with step(store, "Much") as writer:
        [third] = writer.add_papers([draft("New")], added=ADDED)
        writer.set_field(first, "title", typed("X"))
        writer.purge([second])
        writer.save_search(SavedSearch("s", "tag:x"))
    changes = store.last_changes()
    assert [set(changes.added), set(changes.changed), set(changes.removed)] == [{third}, {first}, {second}]
    assert (changes.tags, changes.profiles, changes.saved_searches, changes.everything) == (False, False, True, False)
    assert changes.operation is not None
    assert (changes.operation.name, changes.operation.papers) == ("Much", 3)


def test_history_lists_steps_newest_first_with_what_they_were(store: SqliteStore, clock: FakeClock) -> None:
    add(store)
    clock.pass_seconds(60)
    with step(store, "Make a tag", kind=OperationKind.TAG_TREE) as writer:
        writer.create_tag("x")
    undo(store)
    start = clock.now() - timedelta(seconds=60)
    with store.read() as reader:
        assert reader.history() == [
            Operation(
                OperationId(2), clock.now(), OperationKind.TAG_TREE, "Make a tag", OperationState.UNDONE, papers=0
            ),
            Operation(OperationId(1), start, OperationKind.IMPORT, "Import", OperationState.DONE, papers=1),
        ]
        assert reader.history(limit=1) == reader.history()[:1]


def test_undo_and_redo_work_after_a_restart(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    [paper_id] = add(store)
    set_title(store, paper_id, "New")
    store.close()
    store = opener.open(location)
    assert (undo(store), title_of(store, paper_id)) == ("Edit to New", "Attention is All You Need")
    store.close()
    store = opener.open(location)
    assert (redo(store), title_of(store, paper_id)) == ("Edit to New", "New")
    store.close()


@pytest.mark.usefixtures("quick_disk")
def test_a_thousand_steps_are_kept_and_undone_after_a_restart(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    [paper_id] = add(store)
    for number in range(1000):
        set_title(store, paper_id, str(number))
    store.close()
    store = opener.open(location)
    assert [undo(store) for _ in range(1000)] == [f"Edit to {number}" for number in reversed(range(1000))]
    assert title_of(store, paper_id) == "Attention is All You Need"
    store.close()


def test_old_steps_beyond_two_thousand_are_dropped_whole(
    store: SqliteStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in (("KEPT_STEPS", 20), ("SURE_STEPS", 10)):
        monkeypatch.setattr(f"refman.storage.journal_writes.{name}", number)
    [paper_id] = add(store)
    for number in range(60):
        set_title(store, paper_id, str(number))
        clock.pass_seconds(86400 * 10)
    with store.read() as reader:
        names = [operation.name for operation in reader.history()]
    # Pruned at the 50th step: 20 were kept, and 11 have come since.
    assert names == [f"Edit to {number}" for number in reversed(range(29, 60))]


def test_a_large_journal_keeps_only_the_sure_steps(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in (("SURE_STEPS", 10), ("KEPT_BYTES", 1000)):
        monkeypatch.setattr(f"refman.storage.journal_writes.{name}", number)
    [paper_id] = add(store)
    for number in range(49):
        set_title(store, paper_id, str(number) * 100)
    with store.read() as reader:
        assert len(reader.history()) == 10


def test_edits_of_one_field_within_two_seconds_are_one_step(store: SqliteStore, clock: FakeClock) -> None:
    [paper_id] = add(store)

    def edit(title: str) -> None:
        with store.write() as writer:
            writer.journal(OperationKind.EDIT, f"Edit to {title}", merge_key=f"title {paper_id}")
            writer.set_field(paper_id, "title", typed(title))

    for title in ("A", "AB", "ABC"):
        edit(title)
        clock.pass_seconds(2)
    clock.pass_seconds(1)
    edit("ABCD")
    assert (undo(store), title_of(store, paper_id)) == ("Edit to ABCD", "ABC")
    assert (undo(store), title_of(store, paper_id)) == ("Edit to ABC", "Attention is All You Need")


@pytest.mark.parametrize("between", ["other key", "undo", "other store"])
def test_edits_do_not_merge_across_anything_else(
    store: SqliteStore, opener: SqliteOpener, location: str, between: str
) -> None:
    [paper_id] = add(store)

    def edit(title: str, key: str = "k") -> None:
        with store.write() as writer:
            writer.journal(OperationKind.EDIT, title, merge_key=key)
            writer.set_field(paper_id, "title", typed(title))

    edit("One")
    if between == "other key":
        edit("Two", "other")
    elif between == "undo":
        undo(store)
    else:
        other = opener.open(location)
        set_title(other, paper_id, "Two")
        other.close()
    edit("Three")
    assert undo(store) == "Three"
    assert title_of(store, paper_id) == {"undo": "Attention is All You Need"}.get(between, "Two")


def test_undo_refuses_when_another_program_changed_the_value(store: SqliteStore, location: str) -> None:
    [paper_id] = add(store)
    set_title(store, paper_id, "Mine")
    foreign = connect_writer(location)
    foreign.execute("UPDATE paper SET title = 'Theirs'")
    foreign.close()
    with pytest.raises(ConflictError):
        undo(store)
    assert title_of(store, paper_id) == "Theirs"


def test_a_cancelled_undo_leaves_everything_as_it_was(store: SqliteStore) -> None:
    add(store)
    before = content(store)
    with pytest.raises(Cancelled):
        store.undo(_CancelAtOnce())
    assert content(store) == before
    with store.read() as reader:
        assert reader.redoable() is None


def test_the_history_of_a_paper_tells_each_change(store: SqliteStore, clock: FakeClock) -> None:
    [paper_id] = add(store)
    when = clock.now()
    with step(store, "Work") as writer:
        writer.set_field(paper_id, "title", typed("New"))
        writer.set_people(paper_id, "author", People((), origin=typed("").origin))
        writer.set_key(paper_id, "k1")
        writer.set_type(paper_id, "article")
        writer.put_tags([paper_id], ["rl"])
        writer.add_note(paper_id, "Good", when=when)
        writer.set_trashed([paper_id], when)
    expected = [
        (("trash", "", when.isoformat()), False),
        (("note", "", "Good"), False),
        (("tag", "", "rl"), True),
        (("type", "misc", "article"), True),
        (("key", "", "k1"), False),
        (("author", "Ashish Vaswani; Ingrid von Glehn et al.", ""), True),
        (("title", "Attention is All You Need", "New"), True),
    ]
    with store.read() as reader:
        entries = reader.history_of(paper_id)
    assert [replace(entry, id=0) for entry in entries] == [
        *(HistoryEntry(when, "Work", *texts, is_restorable=can) for texts, can in expected),
        HistoryEntry(when, "Import", "", "", ""),
    ]
    assert sorted({entry.id for entry in entries}, reverse=True) == [entry.id for entry in entries]


def test_the_history_of_a_paper_leaves_out_what_was_undone_and_other_papers(store: SqliteStore) -> None:
    first, *others = add(store, *(draft(str(number)) for number in range(300)))
    with step(store, "Tag") as writer:
        writer.put_tags(others, ["x"])
    set_title(store, first, "New")
    undo(store)
    with store.read() as reader:
        assert [entry.operation for entry in reader.history_of(first)] == ["Import"]
        assert [entry.operation for entry in reader.history_of(others[-1])] == ["Tag", "Import"]


def test_everything_a_step_can_do_is_undone_and_redone(store: SqliteStore, clock: FakeClock) -> None:
    [first, second] = add(store, draft(key="a"), draft("Other", key="b"))
    with step(store) as writer:
        writer.put_tags([first], ["rl/planning", "nets"])
        note_id = writer.add_note(second, "note", when=ADDED)
        writer.save_search(SavedSearch("Old", "a"))
    before = content(store)
    clock.pass_seconds(10)
    with step(store, "All") as writer:
        writer.set_field(first, "title", FieldValue("Neu", "{Neu}"))
        writer.rename_tag("rl", "learning")
        writer.set_tag_look("nets", colour=4, number_key=2)
        writer.edit_note(note_id, "edited", when=clock.now())
        writer.purge([second])
        writer.put_capture("Lars Buesing", "LG", Capture(datetime(2026, 11, 22, tzinfo=UTC).date(), h_index=13))
        writer.delete_saved_search("old")
    after = content(store)
    assert undo(store) == "All"
    assert content(store) == before
    assert redo(store) == "All"
    assert content(store) == after
    assert store.check() == []
