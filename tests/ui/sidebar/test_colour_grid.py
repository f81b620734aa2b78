"""The colour of a tag without a mouse."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from refman.ui.sidebar.colour_grid import ColourGrid
from refman.ui.sidebar.rows import TagOrder
from tests.ui.sidebar.conftest import Shown

Keys = Qt.Key


def test_a_colour_is_chosen_with_the_arrow_keys(shown: Shown) -> None:
    menu = shown.pane.menus.menu(shown.row("tag:rl"), order=TagOrder.NAME, is_writable=True)
    assert menu is not None
    grid = menu.findChild(ColourGrid)
    colours = grid.parentWidget() if grid is not None else None
    assert isinstance(colours, QMenu)
    assert shown.row("tag:rl").colour == 0
    colours.popup(QPoint(0, 0))
    for key in (Keys.Key_Right, Keys.Key_Right, Keys.Key_Down, Keys.Key_Left, Keys.Key_Down, Keys.Key_Return):
        QTest.keyClick(colours, key)
    shown.world.settle()
    assert shown.row("tag:rl").colour == 8
    menu.deleteLater()
