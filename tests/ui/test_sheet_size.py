"""Dialogs on small screens and with large text."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

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
