"""The authors of a paper when all of hundreds are shown: a few lines of them at a time."""

from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from refman.ui.theme import ThemeController
from refman.ui.widgets.link_label import LinkLabel

_LINES = 6


class AllAuthors(QScrollArea):
    """As high as the label in it, up to six lines: all of them would leave no room for the rest of the paper."""

    def __init__(self, authors: LinkLabel, themes: ThemeController) -> None:
        super().__init__()
        self._authors = authors
        self._themes = themes
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "none")
        self.setWidgetResizable(True)
        self.setWidget(authors)
        authors.link_reached.connect(self._show_link)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the authors need now."""
        needed = self._authors.heightForWidth(self.viewport().width())
        line = ceil(QFontMetricsF(self._authors.font()).lineSpacing())
        height = min(needed, _LINES * line)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _show_link(self, place: QRect) -> None:
        self.ensureVisible(place.center().x(), place.center().y(), 0, place.height())
