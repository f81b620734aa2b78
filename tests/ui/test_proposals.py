"""Proposals stand beside their field, every row of them whole."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from refman.ui.theme import ThemeController
from refman.ui.widgets.completing import dress_popup

TAGS = ("rl", "rl/planning", "robotics")


def _open(qtbot: QtBot, themes: ThemeController, names: Sequence[str], *, at: QPoint) -> tuple[QLineEdit, QListView]:
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = QCompleter(list(names), field)
    popup = dress_popup(completer, themes=themes)
    field.setCompleter(completer)
    field.resize(300, 32)
    field.move(at)
    with qtbot.waitExposed(field):
        field.show()
    QTest.keyClicks(field, "r")
    qtbot.waitUntil(popup.isVisible)
    return field, popup


def _place(field: QLineEdit) -> QRect:
    return QRect(field.mapToGlobal(QPoint(0, 0)), field.size())


def test_they_cover_nothing_of_their_field(themes: ThemeController, qtbot: QtBot) -> None:
    field, popup = _open(qtbot, themes, TAGS, at=QPoint(100, 100))
    assert popup.geometry().top() > _place(field).bottom()
    # Nor when the next letter places them anew.
    QTest.keyClicks(field, "l")
    qtbot.waitUntil(lambda: popup.model().rowCount() == 2)
    assert popup.isVisible() and popup.geometry().top() > _place(field).bottom()
    popup.hide()


def test_above_a_field_at_the_edge_of_the_screen_they_cover_nothing_of_it_either(
    themes: ThemeController, qtbot: QtBot
) -> None:
    low = QGuiApplication.primaryScreen().availableGeometry().bottom() - 60
    field, popup = _open(qtbot, themes, TAGS, at=QPoint(100, low))
    assert popup.geometry().bottom() < _place(field).top()
    popup.hide()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_row_of_a_few_is_whole_and_needs_no_bar(themes: ThemeController, qtbot: QtBot, scale: float) -> None:
    themes.set_font_scale(scale)
    _, popup = _open(qtbot, themes, TAGS, at=QPoint(100, 100))
    last = popup.visualRect(popup.model().index(len(TAGS) - 1, 0))
    assert popup.viewport().rect().contains(last)
    assert not popup.verticalScrollBar().isVisible()
    popup.hide()
    themes.set_font_scale(1.0)


def test_a_long_name_ends_in_dots_and_brings_no_bar_to_the_side(themes: ThemeController, qtbot: QtBot) -> None:
    names = ["r" + " and a long name" * 20, *(f"r{number}" for number in range(30))]
    _, popup = _open(qtbot, themes, names, at=QPoint(100, 100))
    assert not popup.horizontalScrollBar().isVisible()
    row = popup.visualRect(popup.model().index(0, 0))
    assert row.right() <= popup.viewport().rect().right()
    assert popup.textElideMode() is Qt.TextElideMode.ElideRight
    popup.hide()
