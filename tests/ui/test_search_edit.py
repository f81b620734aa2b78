"""The search line: clear, funnel, and the reason of a mistake under it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.search_edit import SearchEdit
from tests.ui.pixels import colours_of


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    return window


@pytest.fixture
def search(window: QWidget, themes: ThemeController, icons: Icons) -> SearchEdit:
    search = SearchEdit("Search papers", icons=icons, themes=themes, parent=window)
    layout = QVBoxLayout(window)
    layout.addWidget(search)
    layout.addStretch()
    window.show()
    return search


def shown_actions(search: QLineEdit) -> list[str]:
    return [action.text() for action in search.actions() if action.isVisible() and action.text()]


def test_clear_and_save_are_there_once_something_is_typed(search: SearchEdit) -> None:
    assert shown_actions(search) == []
    QTest.keyClicks(search, "rein")
    assert shown_actions(search) == ["Clear the search", "Save this search"]


def test_escape_clears_the_search(search: SearchEdit) -> None:
    QTest.keyClicks(search, "rein")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_the_funnel_saves_what_was_typed(search: SearchEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "tag:rl")
    with qtbot.waitSignal(search.save_requested) as saved:
        search.actions()[-1].trigger()
    assert saved.args == ["tag:rl"]


def reason_of(window: QWidget) -> QLabel:
    return next(each for each in window.findChildren(QLabel) if each.property("role") == "error")


def test_the_reason_of_a_mistake_stands_under_the_line_and_moves_nothing(search: SearchEdit, window: QWidget) -> None:
    QTest.keyClicks(search, "year:20x")
    before = search.geometry()
    search.show_mistake("“20x” is no year.", [(5, 8)])
    reason = reason_of(window)
    assert (reason.text(), reason.isVisible()) == ("“20x” is no year.", True)
    assert reason.y() >= search.mapTo(window, QPoint(0, search.height())).y()
    assert search.geometry() == before
    assert search.text() == "year:20x"
    assert search.accessibleDescription() == "“20x” is no year."


def test_the_part_that_was_not_understood_is_underlined(search: SearchEdit) -> None:
    QTest.keyClicks(search, "year:20x")
    search.clearFocus()
    assert not has_red(search)
    search.show_mistake("no year", [(5, 8)])
    assert has_red(search)
    search.show_mistake("")
    assert not has_red(search)


def has_red(widget: QWidget) -> bool:
    """The wave is smoothed, so no pixel need have exactly its colour."""
    return any(int(colour[1:3], 16) > int(colour[3:5], 16) + 60 for colour in colours_of(widget))


def test_typing_on_takes_the_reason_away(search: SearchEdit, window: QWidget) -> None:
    QTest.keyClicks(search, "year:x")
    search.show_mistake("no year", [(5, 6)])
    QTest.keyClicks(search, "y")
    assert not reason_of(window).isVisible()
    assert search.accessibleDescription() == ""
