"""The page about backups and checks, and the timer behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from refman.app.safety import FileSafety
from refman.app.wiring import Wiring
from refman.domain.errors import RefmanError
from refman.domain.settings import Settings
from refman.services.backing_up import Backups
from refman.ui.backup_timer import BackupTimer
from refman.ui.dialogs.safety import SafetyDialog
from refman.ui.icons import Icons
from refman.ui.library import LibraryAdapter
from refman.ui.tasks import Lanes
from refman.ui.theme import ThemeController
from tests.guards.patience import LONG_MS
from tests.ui.world import names_missing


class Keeping:
    """A real library in a window's lanes, with its backups."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        wiring = Wiring()
        self.location = str(folder / "papers.refman")
        wiring.create_library(self.location)
        self.lanes = Lanes()
        self.adapter = LibraryAdapter(self.lanes, wiring, Settings())
        self.backups: Backups = FileSafety(wiring.clock).of(self.location)
        self.timer = BackupTimer(self.adapter, self.lanes, lambda _: self.backups)
        self.refused: list[RefmanError] = []
        self.timer.failed.connect(self.refused.append)
        self._qtbot = qtbot
        with qtbot.waitSignal(self.adapter.opened):
            self.adapter.open(self.location)
        self.adapter.write(lambda library: library.new_paper("misc", {"title": "One"}), owner=self.adapter)
        self.settle()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.lanes.is_idle)

    def close(self) -> None:
        self.adapter.close()
        self.timer.finish(self.location)
        assert self.lanes.close(LONG_MS)


@pytest.fixture
def keeping(qtbot: QtBot, tmp_path: Path) -> Iterator[Keeping]:
    made = Keeping(qtbot, tmp_path)
    yield made
    made.close()


def _dialog(keeping: Keeping, themes: ThemeController, icons: Icons, window: QWidget) -> SafetyDialog:
    dialog = SafetyDialog(keeping.timer, themes=themes, icons=icons, window=window)
    dialog.open()
    keeping.settle()
    return dialog


def test_the_timer_backs_up_what_changed(keeping: Keeping) -> None:
    keeping.timer.look()
    keeping.settle()
    assert [one.reason for one in keeping.backups.all()] == ["timed"]
    assert (keeping.backups.folder / "library.json").exists()
    keeping.timer.look()
    keeping.settle()
    assert len(keeping.backups.all()) == 1


def test_closing_makes_a_last_backup(qtbot: QtBot, tmp_path: Path) -> None:
    keeping = Keeping(qtbot, tmp_path)
    keeping.close()
    assert [one.reason for one in keeping.backups.all()] == ["quit"]


def test_a_backup_that_fails_is_told_once(keeping: Keeping) -> None:
    keeping.backups.folder.write_text("in the way")
    for _ in range(2):
        keeping.timer.look()
        keeping.settle()
    assert ["cannot be written" in error.message for error in keeping.refused] == [True]
    keeping.backups.folder.unlink()


def test_the_page_tells_what_there_is_and_does_what_is_missing(
    keeping: Keeping, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    dialog = _dialog(keeping, themes, icons, window)
    assert "no backup yet" in dialog.verdict.text()
    assert dialog.lines["kept"].text() == "None yet"
    assert not dialog.show_folder.isEnabled()
    QTest.mouseClick(dialog.back_up, Qt.MouseButton.LeftButton)
    assert not dialog.check.isEnabled()
    keeping.settle()
    assert dialog.verdict.text() == "Your library is backed up."
    assert dialog.lines["kept"].text().startswith("1, ")
    assert dialog.show_folder.isEnabled()
    QTest.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    keeping.settle()
    assert dialog.lines["check"].text().endswith("sound")
    assert dialog.lines["sqlite"].text().startswith("SQLite 3.")
    assert names_missing(dialog) == []


@pytest.mark.parametrize(("version", "said"), [((3, 51, 3), "SQLite 3.51.3"), ((3, 51, 2), "two programs write")])
def test_what_the_version_of_sqlite_may_lose_is_said(
    keeping: Keeping,
    themes: ThemeController,
    icons: Icons,
    window: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    version: tuple[int, ...],
    said: str,
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    assert said in _dialog(keeping, themes, icons, window).lines["sqlite"].text()


def test_damage_is_said_before_anything_else(
    keeping: Keeping, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    keeping.backups.remember_check(["File: bad page"], is_deep=True)
    dialog = _dialog(keeping, themes, icons, window)
    assert "found damage" in dialog.verdict.text()
    assert "File: bad page" in dialog.lines["check"].text()


def test_what_cannot_be_done_is_said(keeping: Keeping, themes: ThemeController, icons: Icons, window: QWidget) -> None:
    dialog = _dialog(keeping, themes, icons, window)
    keeping.backups.folder.write_text("in the way")
    QTest.mouseClick(dialog.back_up, Qt.MouseButton.LeftButton)
    keeping.settle()
    assert "cannot be written" in dialog.verdict.text()
    assert dialog.back_up.isEnabled()
    keeping.backups.folder.unlink()
