"""What the tests of the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.domain.settings import ThemeMode
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from tests.ui.world import World


@pytest.fixture
def themes(qapp: QApplication) -> ThemeController:
    """The light theme at its base size."""
    return ThemeController(qapp, mode=ThemeMode.LIGHT)


@pytest.fixture
def icons(themes: ThemeController) -> Icons:
    """Icons in the colours of `themes`."""
    return Icons(themes)


@pytest.fixture
def world(qtbot: QtBot) -> Iterator[World]:
    """An open, empty library behind the lanes of a window."""
    world = World(qtbot)
    yield world
    world.close()
