"""A clock that jumps changes no order: steps, notes and undo go by their numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import add, content, redo, set_title, title_of, undo

_JUMPS = {
    "ten years back": timedelta(days=-3_650),
    "fifty years on": timedelta(days=18_250),
    "an hour back, as at the end of summer time": timedelta(hours=-1),
    "to the first of January 1970": datetime(1970, 1, 1, tzinfo=UTC) - FakeClock().now(),
}


@pytest.mark.parametrize("jump", _JUMPS)
def test_undo_and_history_go_by_numbers(
    store: SqliteStore, clock: FakeClock, opener: SqliteOpener, location: str, jump: str
) -> None:
    [paper_id] = add(store)
    set_title(store, paper_id, "Before")
    clock.pass_seconds(int(_JUMPS[jump].total_seconds()))
    set_title(store, paper_id, "After")
    clock.pass_seconds(int(-_JUMPS[jump].total_seconds()) + 60)
    set_title(store, paper_id, "Again")
    end = content(store)
    with store.read() as reader:
        assert [one.name for one in reader.history()] == ["Edit to Again", "Edit to After", "Edit to Before", "Import"]
    assert [undo(store), title_of(store, paper_id)] == ["Edit to Again", "After"]
    assert [undo(store), title_of(store, paper_id)] == ["Edit to After", "Before"]
    # Also after a restart, at a time that never was.
    store.close()
    clock.pass_seconds(int(_JUMPS[jump].total_seconds()))
    again = opener.open(location)
    assert [redo(again), redo(again)] == ["Edit to After", "Edit to Again"]
    assert content(again) == end
    assert again.check() == []
    again.close()
