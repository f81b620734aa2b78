"""A person changes the look of the window while they work in it."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTextEdit

from refman.domain.settings import ThemeMode
from refman.ui.theme import DARK, LIGHT
from tests.ui.main_window.person import Person


class _Told(QObject):
    """Counts how often each widget is told of a style."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[QObject] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange and watched.isWidgetType():
            self.times[watched] += 1
        return False


@pytest.fixture
def working(reader: Person) -> Person:
    """They read the paper in the fourth row, with everything beside it made."""
    reader.context.live.change("theme", ThemeMode.LIGHT)
    reader.clicks_row(3)
    reader.sees(lambda: any(field.isVisible() for field in reader.window.findChildren(QTextEdit)))
    reader.sees(lambda: not reader.context.detail.prepare())
    _comes_to_rest(reader)
    return reader


def _comes_to_rest(person: Person) -> None:
    """What is still laid out or read changes what is seen with the next turn."""
    seen: list[QImage] = []

    def is_as_before() -> bool:
        seen.append(_picture(person))
        return person.window.is_at_rest and len(seen) > 2 and seen[-3:] == [seen[-1]] * 3

    person.sees(is_as_before)


def _picture(person: Person) -> QImage:
    return person.window.grab().toImage()


def _ground(person: Person) -> str:
    picture = _picture(person)
    return picture.pixelColor(2, picture.height() // 2).name()


def test_the_window_is_dark_at_once_and_light_again_as_it_was(working: Person) -> None:
    assert _ground(working) == LIGHT.window
    before = _picture(working)
    working.does("view.theme_dark")
    assert _ground(working) == DARK.window
    _comes_to_rest(working)
    working.does("view.theme_light")
    assert _ground(working) == LIGHT.window
    working.sees(lambda: _picture(working) == before)


def test_another_text_size_leaves_nothing_behind(working: Person) -> None:
    before = _picture(working)
    working.context.live.change("font_scale_percent", 150)
    _comes_to_rest(working)
    assert _picture(working) != before
    working.context.live.change("font_scale_percent", 100)
    working.sees(lambda: _picture(working) == before)


def test_what_somebody_is_at_stays_where_it_is(working: Person) -> None:
    table = working.context.table
    working.window.resize(900, 420)
    bar = table.verticalScrollBar()
    working.sees(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    table.setFocus()
    widths = [table.columnWidth(column) for column in range(table.papers.columnCount())]
    at, row, chosen = bar.value(), table.current_row, working.context.selected
    working.does("view.theme_dark")
    assert (bar.value(), table.current_row, working.context.selected) == (at, row, chosen)
    assert [table.columnWidth(column) for column in range(table.papers.columnCount())] == widths
    assert QApplication.focusWidget() is table
    # As a person goes on: the key reaches the list, and the list can still be scrolled to its end.
    working.presses(Qt.Key.Key_End)
    working.sees(lambda: table.currentIndex().row() == 22 and bar.value() == bar.maximum())


def test_a_widget_is_dressed_once_and_not_once_for_each_above_it(working: Person, qapp: QApplication) -> None:
    """Ten times each, in the mean, held the window for 115 to 165 ms."""
    told = _Told()
    qapp.installEventFilter(told)
    working.does("view.theme_dark")
    qapp.removeEventFilter(told)
    assert len(told.times) > 100
    assert told.times.total() < 1.5 * len(told.times)
