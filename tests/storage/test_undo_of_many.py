"""What was done to papers here and there is undone and done again as quickly as to papers in a row."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from refman.domain.errors import ConflictError
from refman.domain.paper import PaperId
from refman.storage.journal import Change, ChangeKind
from refman.storage.replay import alike
from refman.storage.store import SqliteStore
from refman.storage.writer import SqliteWriter
from tests.storage.papers import add, content, draft, redo, step, undo

_PAPERS = 60
_LATER = 1_700_000_000


def _tag(writer: SqliteWriter, ids: list[PaperId]) -> None:
    writer.put_tags(ids, ["here/and there"])


def _trash(writer: SqliteWriter, ids: list[PaperId]) -> None:
    writer.put_trashed(ids, _LATER)


def _statements(store: SqliteStore, deed: Callable[[SqliteStore], str]) -> int:
    told: list[str] = []

    def note(*arguments: object) -> None:
        told.append(str(arguments[2]))

    engine = store._writes._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        deed(store)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(told)


@pytest.mark.parametrize("deed", [_tag, _trash])
def test_each_third_paper_is_undone_in_as_many_statements_as_a_few(
    store: SqliteStore, deed: Callable[[SqliteWriter, list[PaperId]], None]
) -> None:
    ids = add(store, *(draft(f"Paper {number}") for number in range(_PAPERS)))
    before = content(store)
    with step(store, "Few") as writer:
        deed(writer, ids[:6:3])
    few = _statements(store, undo), _statements(store, redo), _statements(store, undo)
    with step(store, "Many") as writer:
        deed(writer, ids[::3])
    after = content(store)
    many = _statements(store, undo), _statements(store, redo), _statements(store, undo)
    assert many == few
    assert content(store) == before
    redo(store)
    assert content(store) == after
    assert store.check() == []


def test_nothing_is_undone_when_one_of_them_is_not_what_it_was(store: SqliteStore) -> None:
    ids = add(store, *(draft(f"Paper {number}") for number in range(9)))
    with step(store, "Many") as writer:
        _tag(writer, ids[::3])
    with store._writes.transaction(1.0) as connection:
        connection.exec_driver_sql("DELETE FROM paper_tag WHERE paper_id = ?", (ids[3],))
        connection.commit()
    before = content(store)
    with pytest.raises(ConflictError):
        undo(store)
    assert content(store) == before


def test_only_changes_that_follow_one_another_and_do_the_same_go_together() -> None:
    first, second, other = (
        Change(ChangeKind.TAGGED, number, number, subject, None, "a")
        for number, subject in ((1, "7"), (3, "7"), (5, "8"))
    )
    title = Change(ChangeKind.FIELD, 1, 1, "title", None, "a")
    changes = [first, second, title, title, second, other, other]
    assert list(alike(changes)) == [[first, second], [title], [title], [second], [other, other]]


def test_others_wait_for_a_thousand_papers_at_most() -> None:
    changes = [Change(ChangeKind.TAGGED, first, first + 99, "7", None, "a") for first in range(1, 5000, 200)]
    assert [len(together) for together in alike(changes)] == [10, 10, 5]
