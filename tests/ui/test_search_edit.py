"""The search line: clear, funnel, and the reason of a mistake under it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.icon_label import IconLabel
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


def deeds(search: QLineEdit) -> dict[str, QToolButton]:
    """The buttons that are seen, from left to right."""
    seen = [each for each in search.findChildren(QToolButton) if each.isVisible()]
    return {each.accessibleName(): each for each in sorted(seen, key=QToolButton.x)}


def test_clear_and_save_are_there_once_something_is_typed(search: SearchEdit) -> None:
    assert list(deeds(search)) == []
    QTest.keyClicks(search, "rein")
    assert list(deeds(search)) == ["Save this search", "Clear the search"]


def test_a_click_on_the_cross_clears_the_search(search: SearchEdit) -> None:
    QTest.keyClicks(search, "rein")
    QTest.mouseClick(deeds(search)["Clear the search"], Qt.MouseButton.LeftButton)
    assert (search.text(), list(deeds(search))) == ("", [])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_grow_with_the_font_and_the_text_keeps_clear_of_them(
    search: SearchEdit, themes: ThemeController, scale: float
) -> None:
    themes.set_font_scale(scale)
    search.setText("a search that is far longer than the field is wide " * 4)
    lead = search.findChildren(IconLabel)[0]
    QTest.qWaitForWindowExposed(search.window())
    search.window().grab()
    assert lead.width() == round(16 * scale)
    assert lead.geometry().right() < search.textMargins().left() + 8 * scale
    buttons = deeds(search).values()
    assert [each.iconSize().width() for each in buttons] == [round(16 * scale)] * 2
    assert all(search.rect().contains(each.geometry()) for each in buttons)
    assert min(each.x() for each in buttons) > search.width() - search.textMargins().right() - 8 * scale


def test_escape_clears_the_search(search: SearchEdit) -> None:
    QTest.keyClicks(search, "rein")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_the_funnel_saves_what_was_typed(search: SearchEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(search, "tag:rl")
    with qtbot.waitSignal(search.save_requested) as saved:
        QTest.mouseClick(deeds(search)["Save this search"], Qt.MouseButton.LeftButton)
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
