"""A name that has no room in the sidebar is told when one rests on it."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.sidebar.conftest import Shown

LONG = "what everybody in the group should have read by the end of the year"


def _told(shown: Shown, key: str) -> str:
    """What is told when the pointer rests on a row."""
    viewport, place = shown.pane.tree.viewport(), shown.place(key)
    QToolTip.hideText()
    shown.world.until(lambda: not QToolTip.isVisible())
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    text = QToolTip.text() if QToolTip.isVisible() else ""
    QToolTip.hideText()
    return text


def test_a_name_that_is_cut_is_told_and_one_that_is_not_is_not(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[:1], [LONG])
    shown.world.library.save_search(LONG, "year:2022")
    shown.pane.refresh()
    shown.world.settle()
    assert _told(shown, f"tag:{LONG}") == LONG
    assert _told(shown, f"search:{LONG}") == LONG
    assert [_told(shown, key) for key in ("tag:rl", "place:all", "section:tags")] == ["", "", ""]


def test_number_and_count_take_their_room_from_the_name(shown: Shown) -> None:
    tree, row = shown.pane.tree, shown.row("tag:to read")
    rect = tree.visualRect(shown.pane.model.find("tag:to read"))
    paints = tree.painter_of_rows
    while not paints.is_cut(rect, row):
        rect.setWidth(rect.width() - 1)
    rect.setWidth(rect.width() + 1)
    assert not paints.is_cut(rect, row)
    row.number = 7
    assert paints.is_cut(rect, row)
    row.number, row.count = 0, 1_000_000
    assert paints.is_cut(rect, row)


def test_a_name_that_looks_like_markup_is_told_as_it_stands(shown: Shown) -> None:
    name = "<b>bold</b> & " + LONG
    shown.world.library.tag(shown.ids[:1], [name.replace("/", "\u2215")])
    shown.pane.refresh()
    shown.world.settle()
    key = next(row.key for row in shown.row("section:tags").children if "bold" in row.name)
    assert _told(shown, key).startswith("<qt>&lt;b&gt;")
