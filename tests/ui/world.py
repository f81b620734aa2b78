"""A library with the author page in it, behind the window's own lanes: what panes and dialogs are tested with."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from refman.domain.changes import Changes
from refman.domain.errors import RefmanError
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.settings import Settings
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.library import LibraryAdapter
from refman.ui.tasks import Lanes
from tests.fakes import FakeClock, FakeOpener
from tests.guards.patience import LONG_MS

T = TypeVar("T")

PAGE = Path(__file__).parents[1] / "data" / "profile" / "lars-buesing.txt"
CAPTURED = date(2026, 11, 22)


class World:
    """`library` is asked by the test itself; the panes ask `adapter`."""

    def __init__(self, qtbot: QtBot) -> None:
        clock = FakeClock()
        opener = FakeOpener(clock)
        opener.create("here.refman")
        self._qtbot = qtbot
        self.lanes = Lanes()
        self.adapter = LibraryAdapter(self.lanes, _Files(opener, clock), Settings())
        self.library = Library(opener.stores["here.refman"], clock=clock, settings=Settings())
        self.told: list[Outcome] = []
        self.refused: list[RefmanError] = []
        self.adapter.told.connect(self.told.append)
        self.adapter.refused.connect(self.refused.append)
        with qtbot.waitSignal(self.adapter.opened):
            self.adapter.open("here.refman")

    def import_page(self) -> list[PaperId]:
        """Imports the page; ids in its order."""
        read = ImportInput("page", PAGE.read_text("utf-8"))
        plan = self.library.plan_import([read], ImportOptions(CAPTURED))
        self.library.apply_import(plan)
        return [PaperId(number) for number in sorted(self.library.ids(Listing()))]

    def paper(self, paper_id: PaperId) -> Paper:
        """A paper that is there."""
        paper = self.library.paper(paper_id)
        assert paper is not None
        return paper

    def settle(self) -> None:
        """Waits until nothing is asked and nothing is written any more."""
        self._qtbot.waitUntil(lambda: self.lanes.is_idle)

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for something to be seen."""
        self._qtbot.waitUntil(holds)

    def elsewhere(self, work: Callable[[Library], Outcome]) -> Changes:
        """Another program changes the library, and the window learns of it."""
        changes = work(self.library).changes
        self.adapter.changed.emit(changes, None)
        self.settle()
        return changes

    def close(self) -> None:
        """Ends the library and the lanes."""
        self.adapter.close()
        assert self.lanes.close(LONG_MS)


class _Files:
    """Libraries in memory, as the adapter wants them."""

    def __init__(self, opener: FakeOpener, clock: FakeClock) -> None:
        self._opener = opener
        self.clock = clock

    def open_library(self, location: str, *, settings: Settings) -> Library:
        return Library(self._opener.open(location), clock=self.clock, settings=settings)

    def create_library(self, location: str) -> None:
        self._opener.create(location)

    def restore_library(self, backup: Path, location: str) -> str:
        return self._opener.restore(str(backup), location)


def type_into(widget: QWidget, text: str) -> None:
    """Types ASCII letters."""
    QTest.keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses one key."""
    QTest.keyClick(widget, key, keys)


def names_missing(widget: QWidget) -> list[str]:
    """Widgets that take the focus and have nothing that a screen reader could say."""
    found = []
    for child in [widget, *widget.findChildren(QWidget)]:
        takes_focus = child.focusPolicy() != Qt.FocusPolicy.NoFocus and child.focusProxy() is None
        spoken = child.accessibleName() or str(child.property("text") or "")
        if takes_focus and child.isVisibleTo(widget) and not spoken and not child.objectName().startswith("qt_"):
            found.append(f"{type(child).__name__} {child.objectName()}")
    return found
