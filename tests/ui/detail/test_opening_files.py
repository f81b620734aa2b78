"""A file that may be a program is given to the system only after a question."""

from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QToolButton
from pytestqt.qtbot import QtBot

from refman.ui.dialogs.confirm import ConfirmDialog
from tests.ui.detail.conftest import Shown


def test_a_program_is_asked_about_first(shown: Shown, tmp_path: Path, qtbot: QtBot) -> None:
    program = tmp_path / "paper.desktop"
    program.write_text("[Desktop Entry]\nExec=true\n")
    shown.world.library.attach(shown.ids[0], program, copy=False)
    shown.select(0)
    tabs = shown.pane.findChild(QTabWidget)
    assert tabs is not None
    tabs.setCurrentIndex(3)
    shown.world.settle()
    given: list[object] = []
    shown.pane.files_tab.opened.connect(given.append)

    def of_open() -> list[QToolButton]:
        buttons = shown.pane.files_tab.findChildren(QToolButton)
        return [one for one in buttons if one.accessibleName() == "Open: paper.desktop" and one.isVisible()]

    qtbot.waitUntil(lambda: len(of_open()) == 1)
    of_open()[0].click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in shown.pane.findChildren(ConfirmDialog)))
    [dialog] = shown.pane.findChildren(ConfirmDialog)
    assert str(program) in dialog.accessibleDescription()
    dialog.reject()
    shown.world.settle()
    assert given == []
