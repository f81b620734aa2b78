"""What a person sees first: rows in their last places, before anything else is read."""

import pytest
from PySide6.QtCore import QEvent, QObject

from refman.domain.changes import Changes
from refman.ui.sidebar.pane import TagSidebar
from tests.ui.main_window.person import Person


class _Paintings(QObject):
    """Notes down each painting of a list that has papers, with its width."""

    def __init__(self, person: Person, events: list[str]) -> None:
        super().__init__(person.context.window)
        self._events = events
        self._feed = person.context.feed
        self._viewport = person.context.table.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._feed.count:
            self._events.append(f"painted {self._viewport.width()}")
        return False


def _count_from_the_list_on(person: Person, events: list[str]) -> list[int]:
    """Forgets what was noted before another list is shown; grows with each list."""
    listed: list[int] = []

    def begin() -> None:
        events.clear()
        listed.append(person.context.feed.count)

    person.context.feed.listed.connect(begin)
    return listed


def test_the_rows_of_a_library_are_painted_before_anything_else_is_read(
    reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    refresh = TagSidebar.refresh

    def noted(sidebar: TagSidebar, changes: Changes | None = None) -> None:
        events.append("read")
        refresh(sidebar, changes)

    monkeypatch.setattr(TagSidebar, "refresh", noted)
    _Paintings(reader, events)
    listed = _count_from_the_list_on(reader, events)
    reader.context.adapter.open(reader.context.adapter.location)
    reader.sees(lambda: bool(listed) and "read" in events)
    assert events[0].startswith("painted")


def test_a_scroll_bar_that_comes_with_the_results_moves_no_column_after_they_are_painted(reader: Person) -> None:
    reader.window.resize(1280, 500)
    reader.context.search.setText("monte carlo tree")
    reader.sees_searched("monte carlo tree")
    reader.sees(lambda: not reader.context.table.verticalScrollBar().isVisible())
    events: list[str] = []
    _Paintings(reader, events)
    listed = _count_from_the_list_on(reader, events)
    reader.context.search.clear()
    reader.sees(lambda: bool(listed) and bool(events) and reader.context.feed.count == 23)
    reader.sees(lambda: reader.window.is_at_rest)
    assert reader.context.table.verticalScrollBar().isVisible()
    assert set(events) == {f"painted {reader.context.table.viewport().width()}"}
