"""An icon that is only looked at."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import ThemeController


class IconLabel(QWidget):
    """Shows one icon; decoration, so it has no accessible name unless it is given one."""

    def __init__(
        self,
        name: IconName,
        tint: Tint = Tint.NORMAL,
        *,
        icons: Icons,
        themes: ThemeController,
        design_px: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._themes = themes
        self._design_px = design_px
        self._icon = icons.icon(name, tint)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def show_icon(self, name: IconName, tint: Tint = Tint.NORMAL) -> None:
        """Shows another icon in its place."""
        self._icon = self._icons.icon(name, tint)
        self.update()

    def sizeHint(self) -> QSize:
        return self._themes.metrics.icon_size(self._design_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
