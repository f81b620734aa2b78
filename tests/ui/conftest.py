"""What the tests of the window share."""

import pytest
from PySide6.QtWidgets import QApplication

from refman.domain.settings import ThemeMode
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController


@pytest.fixture
def themes(qapp: QApplication) -> ThemeController:
    """The light theme at its base size."""
    return ThemeController(qapp, mode=ThemeMode.LIGHT)


@pytest.fixture
def icons(themes: ThemeController) -> Icons:
    """Icons in the colours of `themes`."""
    return Icons(themes)
