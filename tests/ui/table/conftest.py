"""A paper list on its own, fed by the test."""

from array import array
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.domain.listing import PaperRow
from refman.domain.settings import ThemeMode
from refman.ui.icons import Icons
from refman.ui.table.model import PaperTableModel
from refman.ui.table.selection import Relist
from refman.ui.table.view import PaperTable
from refman.ui.theme import ThemeController
from tests.ui.table.rows import row


class Shown:
    """The list with what the test says is in the library; every read is answered soon."""

    def __init__(self, themes: ThemeController) -> None:
        self.rows: dict[int, PaperRow] = {}
        self.model = PaperTableModel(self._read)
        self.table = PaperTable(self.model, themes, icons=Icons(themes))

    def show(self, ids: Sequence[int], *, why: Relist = Relist.SEARCH, first: int | None = None) -> None:
        """Shows these ids, with `first` only the first ones until `complete`."""
        self._all = array("q", ids)
        for number in ids:
            self.rows.setdefault(number, row(number))
        known = self._all[:first]
        self.table.show_list(len(ids), known, rows=[self.rows[i] for i in known[:256]], age=self.model.age, why=why)

    def show_uncounted(self, ids: Sequence[int], first: int) -> None:
        """Shows the first ones of these ids before anybody knows how many there are."""
        self._all = array("q", ids)
        known = self._all[:first]
        rows = [self.rows.setdefault(i, row(i)) for i in known]
        self.table.show_list(first, known, rows=rows, age=self.model.age, why=Relist.SEARCH, is_counted=False)

    def complete(self) -> None:
        """The other ids arrive."""
        self.model.extend(self._all)

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        return str(self.model.index(place, column).data())

    def _read(self, ids: "array[int]", done: Callable[[list[PaperRow]], None], _: Callable[[], None]) -> None:
        # Later, as a lane would: an answer must not come while the view asks.
        QTimer.singleShot(0, lambda: done([self.rows.setdefault(i, row(i)) for i in ids]))


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeController]:
    """The light theme on the application."""
    yield ThemeController(qapp, mode=ThemeMode.LIGHT)
    qapp.setStyleSheet("")


@pytest.fixture
def shown(themes: ThemeController, qtbot: QtBot) -> Shown:
    """A visible list of 1200 x 600."""
    shown = Shown(themes)
    qtbot.addWidget(shown.table)
    shown.table.resize(1200, 600)
    shown.table.show()
    return shown
