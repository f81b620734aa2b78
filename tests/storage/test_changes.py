"""What a window learns of what others did."""

import pytest

from refman.domain.changes import Changes
from refman.domain.errors import Cancelled
from refman.domain.listing import SavedSearch
from refman.domain.profile import Capture
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, draft, redo, set_title, step, undo


def _version(store: SqliteStore) -> int:
    with store.read() as reader:
        return reader.version()


def _since(store: SqliteStore, version: int) -> Changes:
    with store.read() as reader:
        return reader.changes_since(version)


def test_every_write_of_any_store_raises_the_version(store: SqliteStore, location: str, opener: SqliteOpener) -> None:
    other = opener.open(location)
    versions = [_version(store)]
    [paper_id] = add(other)
    versions.append(_version(store))
    set_title(store, paper_id, "x")
    versions.append(_version(store))
    undo(other)
    versions.append(_version(store))
    with other.write() as writer:
        writer.remember_exported({"k": paper_id})
    versions.append(_version(store))
    other.close()
    assert versions == sorted(set(versions))


def test_nothing_new_is_nothing_to_do(store: SqliteStore) -> None:
    add(store)
    assert _since(store, _version(store)).is_empty


def test_changes_of_others_are_told_by_id(store: SqliteStore, location: str, opener: SqliteOpener) -> None:
    [old, gone] = add(store, draft(), draft("B"))
    version = _version(store)
    other = opener.open(location)
    [new] = add(other)
    set_title(other, old, "x")
    with step(other) as writer:
        writer.purge([gone])
        writer.put_tags([old], ["t"])
        writer.put_capture("Ann", "", Capture(ADDED.date()))
        writer.save_search(SavedSearch("s", "x"))
    other.close()
    assert _since(store, version) == Changes(
        frozenset({new}), frozenset({old}), frozenset({gone}), tags=True, profiles=True, saved_searches=True
    )


def test_undo_and_redo_of_others_are_told(store: SqliteStore) -> None:
    [paper_id] = add(store)
    version = _version(store)
    undo(store)
    assert _since(store, version) == Changes(removed=frozenset({paper_id}))
    version = _version(store)
    redo(store)
    assert _since(store, version) == Changes(added=frozenset({paper_id}))


def test_a_step_that_was_undone_and_dropped_meanwhile_is_not_missed(store: SqliteStore) -> None:
    [paper_id] = add(store)
    set_title(store, paper_id, "x")
    version = _version(store)
    undo(store)
    with step(store) as writer:
        writer.create_tag("t")
    assert _since(store, version).everything
    assert not _since(store, _version(store) - 1).everything


def test_a_cancelled_import_is_told_to_whoever_saw_a_part_of_it(store: SqliteStore) -> None:
    add(store)
    seen = []
    with pytest.raises(Cancelled), step(store, "Big") as writer:
        writer.add_papers([draft("B")], added=ADDED)
        writer.commit_chunk()
        seen.append(_version(store))
        raise Cancelled("cancelled", "Stop.")
    assert _since(store, seen[0]).everything
    assert _since(store, _version(store)).is_empty


def test_many_changes_are_everything(store: SqliteStore) -> None:
    version = _version(store)
    add(store, *[draft("T")] * 10_001)
    assert store.last_changes().everything
    assert _since(store, version).everything
    with store.read() as reader:
        [operation] = reader.history()
    assert operation.papers == 10_001


def test_a_library_that_went_back_in_time_is_read_anew(store: SqliteStore) -> None:
    assert _since(store, _version(store) + 5).everything
