"""The small heading over a section, with a line of buttons at its right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController

_ICON = 14
_HEIGHT = 26


class SectionHeader(QWidget):
    """Shows `title` in small caps; screen readers get it as it is written."""

    def __init__(self, title: str, *, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._label = QLabel(title, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("role", TextRole.HEADING.value)
        self._label.setAccessibleName(title)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._label)
        self._layout.addStretch()
        self._resize()
        themes.changed.connect(self._resize)

    def add_button(self, icon: IconName, name: str, *, icons: Icons) -> QToolButton:
        """A small button at the right end; `name` is its tooltip and what a screen reader says."""
        button = QToolButton(self)
        button.setIcon(icons.icon(icon))
        button.setIconSize(self._themes.metrics.icon_size(_ICON))
        button.setToolTip(name)
        button.setAccessibleName(name)
        self._layout.addWidget(button)
        return button

    def _resize(self) -> None:
        m = self._themes.metrics
        self.setFixedHeight(m.px(_HEIGHT))
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(m.xs)
        font = m.font(TextRole.HEADING)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        self._label.setFont(font)
