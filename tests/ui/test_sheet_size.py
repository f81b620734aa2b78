"""Dialogs on small screens and with large text."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from refman.app.window import create_window
from refman.app.wiring import Wiring
from refman.domain.settings import ThemeMode
from refman.ui.theme import ThemeController
from refman.ui.widgets.sheet_size import open_at


@pytest.mark.parametrize("wanted", [(300, 200), (5000, 200), (300, 5000)])
def test_a_dialog_is_never_larger_than_its_screen(wanted: tuple[int, int], qapp: QApplication, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    open_at(dialog, wanted, themes=ThemeController(qapp, mode=ThemeMode.LIGHT))
    screen = dialog.screen().availableSize()
    assert dialog.size() == QSize(*wanted).boundedTo(screen - QSize(40, 40))


def test_a_first_window_has_room_for_its_frame_on_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    location = tmp_path / "mine.refman"
    Wiring().create_library(str(location))
    window = create_window(str(location))
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert window.size() == QSize(1280, 800).boundedTo(screen - QSize(40, 40))
