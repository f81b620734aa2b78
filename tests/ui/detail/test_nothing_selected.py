"""The detail pane without a paper: figures, and as many keys as there is room for."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from refman.domain.listing import SidebarCounts
from refman.ui.detail.nothing_selected import NothingSelected
from refman.ui.theme import ThemeController


@pytest.mark.parametrize(("height", "keys"), [(600, 6), (200, 3), (150, 1), (90, 0)])
def test_no_line_is_cut_in_a_low_window(themes: ThemeController, qtbot: QtBot, height: int, keys: int) -> None:
    pane = NothingSelected(themes)
    qtbot.addWidget(pane)
    pane.show_counts(SidebarCounts(papers=3, untagged=2, trashed=0))
    pane.resize(380, 600)
    pane.show()
    pane.resize(380, height)
    shown = [one for one in pane.findChildren(QLabel) if one.isVisible()]
    assert len([one for one in shown if "Ctrl+" in one.text()]) == keys
    qtbot.waitUntil(lambda: all(one.height() >= one.sizeHint().height() for one in shown))
    assert any(one.text() == "Keys" for one in shown) == (keys > 0)
