"""The list as a person uses it: mouse, keyboard, selection that stays."""

from array import array

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from refman.domain.paper import PaperId
from refman.domain.settings import RowHeight
from refman.ui.mime import tags_to_mime
from refman.ui.table.columns import column_named
from refman.ui.table.selection import Relist
from tests.ui.table.conftest import Shown

_YEAR = column_named("year") or 0
_NONE = Qt.KeyboardModifier.NoModifier


def _click(shown: Shown, place: int, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    table = shown.table
    where = table.visualRect(shown.model.index(place, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, where)


def _key(shown: Shown, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    QTest.keyClick(shown.table, key, modifiers)


def test_click_ctrl_click_and_shift_click_select_papers(shown: Shown, qtbot: QtBot) -> None:
    shown.show(range(1, 11))
    with qtbot.waitSignal(shown.table.selection_changed):
        _click(shown, 2)
    assert (list(shown.table.selected_ids), shown.table.current_id) == ([3], 3)
    _click(shown, 5, Qt.KeyboardModifier.ControlModifier)
    assert list(shown.table.selected_ids) == [3, 6]
    _click(shown, 8, Qt.KeyboardModifier.ShiftModifier)
    assert list(shown.table.selected_ids) == [3, 6, 7, 8, 9]
    assert shown.table.selected_count == 5


def test_arrows_home_and_end_walk_through_papers(shown: Shown) -> None:
    shown.show(range(1, 1001))
    _click(shown, 0)
    _key(shown, Qt.Key.Key_Down)
    assert list(shown.table.selected_ids) == [2]
    _key(shown, Qt.Key.Key_End)
    assert list(shown.table.selected_ids) == [1000]
    _key(shown, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert shown.table.selected_count == 1000
    _key(shown, Qt.Key.Key_Home)
    assert shown.table.current_id == 1


def test_everything_can_be_selected_of_a_million(shown: Shown) -> None:
    shown.model.show(1_000_000, array("q", range(1_000_000, 0, -1)), age=0)
    _key(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    shown.table.grab()
    assert len(shown.table.selected_ids) == 1_000_000


def test_letters_do_not_jump_in_the_list(shown: Shown) -> None:
    shown.show(range(1, 11))
    _click(shown, 0)
    QTest.keyClicks(shown.table, "Paper 7")
    assert shown.table.current_id == 1


def test_selection_and_place_stay_when_the_order_changes(shown: Shown, qtbot: QtBot) -> None:
    shown.show(range(1, 1001))
    _click(shown, 3)
    _click(shown, 5, Qt.KeyboardModifier.ControlModifier)
    shown.show(range(1000, 0, -1), why=Relist.SORT)
    assert list(shown.table.selected_ids) == [6, 4]
    assert shown.table.current_id == 6
    assert shown.table.visualRect(shown.table.currentIndex()).intersects(shown.table.viewport().rect())


def test_a_refresh_keeps_the_rows_under_the_eyes(shown: Shown) -> None:
    shown.show(range(1, 1001))
    shown.table.verticalScrollBar().setValue(500)
    top = shown.model.id_at(shown.table.rowAt(0))
    shown.show([5000, 5001, *range(1, 1001)], why=Relist.REFRESH)
    assert shown.model.id_at(shown.table.rowAt(0)) == top


def test_who_looks_at_the_beginning_sees_what_is_added_there_and_keeps_what_is_selected(shown: Shown) -> None:
    shown.show(range(2, 1001))
    _click(shown, 1)
    shown.show(range(1, 1001), why=Relist.REFRESH)
    assert shown.table.rowAt(0) == 0
    assert list(shown.table.selected_ids) == [3]
    # More than there is room for would take away what is selected.
    shown.show([*range(2000, 2500), *range(1, 1001)], why=Relist.REFRESH)
    assert shown.model.id_at(shown.table.rowAt(0)) == 1


def test_a_selection_beyond_the_first_page_comes_back_with_the_other_ids(shown: Shown, qtbot: QtBot) -> None:
    shown.show(range(1, 1001))
    _key(shown, Qt.Key.Key_End)
    shown.show([2000, *range(1, 1001)], why=Relist.REFRESH, first=256)
    assert list(shown.table.selected_ids) == []
    # It is what it was: whoever edits that paper is not disturbed.
    with qtbot.assertNotEmitted(shown.table.selection_changed):
        shown.complete()
    assert (list(shown.table.selected_ids), shown.table.current_id) == ([1000], 1000)


def test_a_selection_that_does_not_come_back_is_told_with_the_other_ids(shown: Shown, qtbot: QtBot) -> None:
    shown.show(range(1, 1001))
    _key(shown, Qt.Key.Key_End)
    shown.show([2000, *range(1, 1000)], why=Relist.REFRESH, first=256)
    with qtbot.waitSignal(shown.table.selection_changed):
        shown.complete()
    assert list(shown.table.selected_ids) == [999]


def test_a_refresh_that_changes_nothing_says_nothing(shown: Shown, qtbot: QtBot) -> None:
    shown.show(range(1, 11))
    _click(shown, 3)
    with qtbot.assertNotEmitted(shown.table.selection_changed):
        shown.show(range(1, 12), why=Relist.REFRESH)


def test_where_the_selected_paper_is_gone_the_next_one_is_selected(shown: Shown) -> None:
    shown.show(range(1, 11))
    _click(shown, 3)
    shown.show([1, 2, 3, 5, 6], why=Relist.REFRESH)
    assert list(shown.table.selected_ids) == [5]


def test_a_search_that_hides_the_selection_gives_it_back_when_cleared(shown: Shown) -> None:
    shown.show(range(1, 1001))
    assert shown.table.select_paper(PaperId(601))
    shown.show([1, 2, 3])
    assert list(shown.table.selected_ids) == []
    assert shown.table.rowAt(0) == 0
    shown.show([2, 3])
    shown.show(range(1, 1001))
    assert list(shown.table.selected_ids) == [601]
    assert shown.table.visualRect(shown.table.currentIndex()).intersects(shown.table.viewport().rect())


def test_what_is_selected_within_a_search_replaces_what_was_before(shown: Shown) -> None:
    shown.show(range(1, 11))
    _click(shown, 8)
    shown.show([1, 2, 3])
    _click(shown, 1)
    shown.show(range(1, 11))
    assert list(shown.table.selected_ids) == [2]


def test_next_and_previous_stop_at_the_ends(shown: Shown) -> None:
    shown.show([1, 2])
    walked = []
    for step in (1, 1, 1, -1, -1):
        shown.table.go(step)
        walked.append(shown.table.current_id)
    assert walked == [1, 2, 2, 1, 1]


def test_rows_have_the_height_of_the_setting(shown: Shown) -> None:
    shown.show(range(1, 11))
    heights = []
    for density in RowHeight:
        shown.table.set_density(density)
        heights.append(shown.table.rowHeight(3))
    assert heights == [28, 24, 20]


def test_a_double_click_opens_the_paper(shown: Shown, qtbot: QtBot) -> None:
    shown.show([7, 8])
    where = shown.table.visualRect(shown.model.index(1, 1)).center()
    with qtbot.waitSignal(shown.table.opened) as opened:
        QTest.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, _NONE, where)
        QTest.mouseDClick(shown.table.viewport(), Qt.MouseButton.LeftButton, _NONE, where)
    assert opened.args == [8]


def _editor(shown: Shown) -> QLineEdit:
    editor = shown.table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    return editor


def test_a_cell_is_edited_in_place(shown: Shown, qtbot: QtBot) -> None:
    shown.show([7, 8])
    where = shown.table.visualRect(shown.model.index(1, _YEAR)).center()
    QTest.mouseClick(shown.table.viewport(), Qt.MouseButton.LeftButton, _NONE, where)
    assert shown.table.edit_current()
    with qtbot.waitSignal(shown.table.delegate.edited) as edited:
        QTest.keyClicks(_editor(shown), "2021")
        QTest.keyClick(_editor(shown), Qt.Key.Key_Return)
    before = shown.table.current_row
    assert before is not None and edited.args == [8, "year", "2021", before.year]


def test_a_column_without_a_field_edits_the_title_and_escape_drops_it(shown: Shown, qtbot: QtBot) -> None:
    shown.show([7, 8])
    _click(shown, 0)
    assert shown.table.edit_current()
    assert _editor(shown).selectedText() == "Paper 7"
    QTest.keyClicks(_editor(shown), "Nothing")
    with qtbot.assertNotEmitted(shown.table.delegate.edited), qtbot.waitSignal(shown.table.editing_ended):
        QTest.keyClick(_editor(shown), Qt.Key.Key_Escape)


def _drop(shown: Shown, mime: QMimeData, place: int) -> bool:
    where = QPointF(shown.table.visualRect(shown.model.index(place, 1)).center())
    buttons = Qt.MouseButton.LeftButton
    event = QDropEvent(where, Qt.DropAction.CopyAction, mime, buttons, _NONE)
    shown.table.dropEvent(event)
    return event.isAccepted()


def test_a_tag_dropped_on_a_selected_paper_is_for_all_selected(shown: Shown) -> None:
    heard: list[tuple[list[int], list[str]]] = []
    shown.table.tags_dropped.connect(lambda ids, names: heard.append((list(ids), names)))
    shown.show(range(1, 11))
    _click(shown, 2)
    _click(shown, 3, Qt.KeyboardModifier.ControlModifier)
    assert _drop(shown, tags_to_mime(["rl", "todo"]), 3)
    assert _drop(shown, tags_to_mime(["rl"]), 7)
    assert heard == [([3, 4], ["rl", "todo"]), ([8], ["rl"])]


def test_other_drops_are_left_to_the_window(shown: Shown) -> None:
    shown.show([1])
    mime = QMimeData()
    mime.setText("@article{a}")
    assert not _drop(shown, mime, 0)


def test_moving_the_mouse_lights_the_row_under_it(shown: Shown) -> None:
    shown.show(range(1, 11))
    QTest.mouseMove(shown.table.viewport(), QPoint(200, shown.table.rowViewportPosition(4) + 5))
    assert shown.table.delegate.hovered_row == 4


def test_a_selection_beyond_what_is_known_asks_for_the_rest_and_is_told_when_it_comes(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.show(range(1, 1001), first=256)
    with qtbot.waitSignal(shown.model.ids_wanted):
        _key(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert (shown.table.is_selection_known, len(shown.table.selected_ids)) == (False, 256)
    with qtbot.waitSignal(shown.table.selection_changed):
        shown.complete()
    assert (shown.table.is_selection_known, len(shown.table.selected_ids)) == (True, 1000)
