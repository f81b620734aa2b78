"""What readers remember never outlives what was written since."""

from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest

from refman.domain.changes import Changes
from refman.domain.listing import Listing, Sort, SortField
from refman.domain.paper import Draft, FieldValue, PaperId
from refman.domain.ports import Reader
from refman.domain.query import Not, Tagged, Text
from refman.storage.history import HistoryReads
from refman.storage.search import tag_totals
from refman.storage.search.recall import Recall
from refman.storage.store import SqliteStore
from refman.storage.writer import SqliteWriter
from tests.storage.papers import ADDED, add, redo, step, undo

_ANY = Listing(Text(("x",)), (Sort(SortField.TITLE),))
_TAGS = (("rl/planning", "rl/models"), ("rl", "nlp"), ("a/b/c", "a/b/d", "a"), ())


@pytest.fixture(autouse=True)
def _count_as_in_a_large_library() -> Iterator[None]:
    with patch.object(tag_totals, "FEW", 0), patch("refman.storage.listing.FEW", 0):
        yield


def _draft(number: int) -> Draft:
    title = FieldValue(f"x {number % 7}")
    return Draft("misc", "", {"title": title}, tags=_TAGS[number % len(_TAGS)])


def _answers(reader: Reader) -> list[object]:
    listings = (Listing(), _ANY, Listing(Not(Tagged("rl"))), Listing(Tagged("a/b")))
    return [
        [reader.tag_counts(listing), reader.hits(listing, first=5), reader.ids(listing).tolist()]
        for listing in listings
    ] + [reader.tags()]


def _assert_fresh(store: SqliteStore) -> None:
    """What the store remembers gives the same as when it remembers nothing."""
    with store.read() as reader:
        remembered = _answers(reader)
    with patch.object(store, "_recall", Recall()), store.read() as reader:
        assert remembered == _answers(reader)


_WRITES: dict[str, Callable[[SqliteWriter, list[PaperId]], object]] = {
    "tag": lambda writer, ids: writer.put_tags(ids[:3], ["rl/planning", "new/one"]),
    "untag": lambda writer, ids: writer.take_tags(ids[::2], ["rl", "rl/models"]),
    "rename": lambda writer, ids: writer.rename_tag("rl", "Planning/rl"),
    "merge": lambda writer, ids: writer.rename_tag("rl/models", "nlp"),
    "delete a tag": lambda writer, ids: writer.delete_tag("a/b"),
    "recase": lambda writer, ids: writer.rename_tag("nlp", "NLP"),
    "add": lambda writer, ids: writer.add_papers([_draft(1), _draft(2)], added=ADDED),
    "trash": lambda writer, ids: writer.set_trashed(ids[1:4], ADDED),
    "purge the newest": lambda writer, ids: writer.purge(ids[-2:]),
    "edit": lambda writer, ids: writer.set_field(ids[0], "title", FieldValue("y")),
}


@pytest.mark.parametrize("most_changed", [2_000, 0], ids=["changed papers apart", "all anew"])
@pytest.mark.parametrize("name", _WRITES)
def test_answers_after_a_write_are_those_of_a_reader_without_memory(
    store: SqliteStore, name: str, most_changed: int
) -> None:
    ids = add(store, *map(_draft, range(24)))
    with patch.object(tag_totals, "MOST_CHANGED", most_changed):
        _assert_fresh(store)
        with step(store) as writer:
            _WRITES[name](writer, ids)
        _assert_fresh(store)
        undo(store)
        _assert_fresh(store)
        redo(store)
        _assert_fresh(store)


def test_all_writes_one_after_the_other(store: SqliteStore) -> None:
    ids = add(store, *map(_draft, range(24)))
    _assert_fresh(store)
    for name in ("tag", "trash", "untag", "add", "merge", "edit", "delete a tag", "purge the newest", "recase"):
        with step(store) as writer:
            _WRITES[name](writer, ids)
        _assert_fresh(store)
    for _ in range(9):
        undo(store)
        _assert_fresh(store)


def test_an_older_snapshot_is_answered_by_what_it_shows(store: SqliteStore) -> None:
    add(store, *map(_draft, range(8)))
    with store.read() as older:
        before = older.tag_counts(Listing())
        add(store, *map(_draft, range(8)))
        with store.read() as newer:
            assert newer.tag_counts(Listing())["rl"] == 2 * before["rl"]
        assert older.tag_counts(Listing()) == before
        assert older.tag_counts(_ANY) == before


def test_a_long_days_changes_are_read_once(store: SqliteStore) -> None:
    ids = add(store, *map(_draft, range(8)))
    _answers_of(store)
    asked: list[int] = []
    real = HistoryReads.changes_since

    def counted(reads: HistoryReads, version: int) -> Changes:
        asked.append(reads.version() - version)
        return real(reads, version)

    with patch.object(HistoryReads, "changes_since", counted):
        for number in range(5):
            with step(store) as writer:
                writer.set_field(ids[number], "title", FieldValue("z"))
            _answers_of(store)
    assert max(asked) == 1
    _assert_fresh(store)


def _answers_of(store: SqliteStore) -> None:
    with store.read() as reader:
        _answers(reader)


def test_the_same_search_is_evaluated_once_for_a_version(store: SqliteStore) -> None:
    add(store, *map(_draft, range(8)))
    with store.read() as reader:
        first = reader.ids(_ANY)
    with store.read() as reader, patch("refman.storage.search.plan.Plan.ids", side_effect=AssertionError):
        assert reader.ids(_ANY) == first
