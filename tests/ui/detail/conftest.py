"""A visible detail pane over the imported page."""

from array import array
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from refman.domain.paper import Paper, PaperId
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.pane import DetailPane
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from tests.ui.world import World


@dataclass
class Shown:
    """The pane as a person sees it; `ids` are the papers of the page in its order."""

    pane: DetailPane
    world: World
    ids: list[PaperId]
    left: list[str] = field(default_factory=list)

    def select(self, *places: int) -> None:
        """Selects papers by their place on the page, as the list does."""
        ids = [self.ids[place] for place in places]
        row = self.world.library.rows(ids)[0] if len(ids) == 1 else None
        self.pane.show_selection(array("q", ids), row)
        self.world.settle()

    def paper(self, place: int = 0) -> Paper:
        """What is stored."""
        return self.world.paper(self.ids[place])

    def box(self, name: str) -> FieldBox:
        """The box of a field."""
        return self.pane.paper_tab.form.box(name)


@pytest.fixture
def shown(world: World, themes: ThemeController, icons: Icons, qtbot: QtBot) -> Shown:
    """Nothing is selected yet."""
    ids = world.import_page()
    pane = DetailPane(world.adapter, themes, icons=icons)
    qtbot.addWidget(pane)
    pane.resize(420, 1200)
    world.adapter.changed.connect(lambda changes, _: pane.refresh(changes))
    pane.show()
    pane.forget()
    world.settle()
    return Shown(pane, world, ids)
