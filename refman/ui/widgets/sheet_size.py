"""How large a window or a dialog opens."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from refman.ui.theme import ThemeController

_FRAME_PX = 40
"""For the title bar and edges that the system puts around a window."""


def open_at(window: QWidget, size: tuple[int, int], *, themes: ThemeController) -> None:
    """Gives a window its design size, or what its screen has room for: with large text that is less."""
    px, screen = themes.metrics.px, window.screen().availableSize()
    window.resize(QSize(px(size[0]), px(size[1])).boundedTo(screen - QSize(_FRAME_PX, _FRAME_PX)))
