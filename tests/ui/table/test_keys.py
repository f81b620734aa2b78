"""The keyboard in a list where nothing is selected yet, which may hold one paper only."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.table.selection import Relist
from tests.ui.table.conftest import Shown

_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def field(shown: Shown, qtbot: QtBot) -> Iterator[QLineEdit]:
    """A field before the list in the same window; it has the focus."""
    window, field = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(shown.table)
    window.resize(1200, 600)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field


def _key(shown: Shown, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> list[int]:
    QTest.keyClick(shown.table, key, modifiers)
    return list(shown.table.selected_ids)


def test_tab_to_the_list_selects_its_current_row(shown: Shown, field: QLineEdit) -> None:
    shown.show([7])
    QTest.keyClick(field, _Key.Key_Tab)
    assert shown.table.hasFocus()
    assert (list(shown.table.selected_ids), shown.table.current_id) == ([7], 7)


def test_tab_to_the_list_leaves_what_is_selected(shown: Shown, field: QLineEdit) -> None:
    shown.show(range(1, 11))
    shown.table.go(1)
    shown.table.selectAll()
    QTest.keyClick(field, _Key.Key_Tab)
    assert shown.table.selected_count == 10


def test_a_list_that_gets_the_focus_from_no_key_selects_nothing(shown: Shown, field: QLineEdit) -> None:
    shown.show(range(1, 11))
    shown.table.setFocus()
    assert shown.table.currentIndex().row() == 0
    assert shown.table.selected_count == 0


@pytest.mark.parametrize(
    "key", [_Key.Key_Down, _Key.Key_Up, _Key.Key_Home, _Key.Key_End, _Key.Key_PageDown, _Key.Key_PageUp]
)
def test_every_key_that_moves_selects_the_only_paper(shown: Shown, field: QLineEdit, key: Qt.Key) -> None:
    shown.show([7])
    shown.table.setFocus()
    assert _key(shown, key) == [7]


def test_the_first_arrow_selects_where_the_keyboard_is_and_the_next_goes_on(shown: Shown, field: QLineEdit) -> None:
    shown.show(range(1, 11))
    shown.table.setFocus()
    assert _key(shown, _Key.Key_Down) == [1]
    assert _key(shown, _Key.Key_Down) == [2]
    shown.table.clearSelection()
    assert _key(shown, _Key.Key_End) == [10]
    shown.table.clearSelection()
    assert _key(shown, _Key.Key_Home) == [1]


def test_after_a_search_the_only_paper_is_selected_by_an_arrow(shown: Shown, field: QLineEdit) -> None:
    shown.show(range(1, 11))
    shown.table.setFocus()
    _key(shown, _Key.Key_Down)
    shown.show([7], why=Relist.SEARCH)
    assert _key(shown, _Key.Key_Down) == [7]


def test_a_row_that_control_and_an_arrow_came_to_is_selected_by_a_key_that_cannot_go_on(
    shown: Shown, field: QLineEdit
) -> None:
    shown.show([1, 2])
    shown.table.setFocus()
    _key(shown, _Key.Key_Home)
    assert _key(shown, _Key.Key_Down, Qt.KeyboardModifier.ControlModifier) == [1]
    assert _key(shown, _Key.Key_Down) == [2]


def test_keys_in_an_empty_list_do_nothing(shown: Shown, field: QLineEdit) -> None:
    shown.show([])
    QTest.keyClick(field, _Key.Key_Tab)
    assert _key(shown, _Key.Key_Down) == []
