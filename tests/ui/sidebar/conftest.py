"""A visible sidebar over the imported page."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from refman.domain.paper import PaperId
from refman.ui.filter_state import FilterState
from refman.ui.icons import Icons
from refman.ui.sidebar.pane import TagSidebar
from refman.ui.sidebar.rows import Row
from refman.ui.theme import ThemeController
from tests.ui.world import World


@dataclass
class Shown:
    """The sidebar as a person sees it."""

    pane: TagSidebar
    world: World
    ids: list[PaperId]
    filters: list[FilterState]

    def row(self, key: str) -> Row:
        """The row of a key, such as `tag:rl`."""
        row = self.pane.model.row_of(self.pane.model.find(key))
        assert row is not None, key
        return row

    def texts(self) -> list[str]:
        """What is read from top to bottom, with counts."""
        tree, lines = self.pane.tree, []
        index = self.pane.model.index(0, 0)
        while index.isValid():
            row = self.pane.model.row_of(index)
            assert row is not None
            lines.append(row.text if row.count is None else f"{row.text} {row.count}")
            index = tree.indexBelow(index)
        return lines

    def place(self, key: str) -> QPoint:
        """The middle of a row in the viewport."""
        return self.pane.tree.visualRect(self.pane.model.find(key)).center()

    def click(self, key: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Clicks a row."""
        QTest.mouseClick(self.pane.tree.viewport(), Qt.MouseButton.LeftButton, keys, self.place(key))

    def go_to(self, key: str) -> None:
        """Puts the keyboard on a row."""
        self.pane.tree.setCurrentIndex(self.pane.model.find(key))
        self.pane.tree.setFocus()


@pytest.fixture
def shown(world: World, themes: ThemeController, icons: Icons, qtbot: QtBot) -> Shown:
    """The page with the tags rl (2 papers), rl/planning (3) and to read (1)."""
    ids = world.import_page()
    world.library.tag(ids[:2], ["rl"])
    world.library.tag(ids[2:5], ["rl/planning"])
    world.library.tag(ids[:1], ["to read"])
    pane = TagSidebar(world.adapter, themes, icons=icons)
    qtbot.addWidget(pane)
    pane.resize(240, 700)
    filters: list[FilterState] = []
    pane.filter_changed.connect(filters.append)
    world.adapter.changed.connect(lambda changes, _: pane.refresh(changes))
    pane.show()
    pane.refresh()
    world.settle()
    return Shown(pane, world, ids, filters)
