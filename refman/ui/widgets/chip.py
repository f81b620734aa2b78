"""A tag or a citation key as a chip: a coloured ground, its text, and where it has one a small button inside."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.tips import plain_tip

_HEIGHT = 22
_BUTTON = 16
_ICON = 12
_WIDEST = 240
_RING = 2
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Chip(QAbstractButton):
    """`clicked` says that it was used (click, Space, Enter), `button_clicked` that its button was.

    `colour` is a tag colour, 0 to 12. Del and Backspace press a button with the icon X.
    """

    button_clicked = Signal()

    def __init__(
        self,
        text: str,
        *,
        themes: ThemeController,
        colour: int = 0,
        role: TextRole = TextRole.SECONDARY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._role = role
        self._row = QHBoxLayout(self)
        self._button: QToolButton | None = None
        self._button_name = ""
        self._is_removable = False
        self._text = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_text(text, colour)
        themes.changed.connect(self._resize)

    def show_text(self, text: str, colour: int) -> None:
        """Stands for another tag from now on: cheaper than another chip."""
        self._text, self._colour = text, colour
        # A button reads "&" as a mnemonic, and a tag may hold one.
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self._name_button()
        self._resize()

    def _name_button(self) -> None:
        if self._button is not None:
            self._button.setAccessibleName(f"{self._button_name}: {self._text}")

    def add_button(self, icon: IconName, name: str, *, icons: Icons) -> QToolButton:
        """Puts a button at the right end; `name` is its tooltip and what a screen reader says."""
        button = QToolButton(self)
        button.setProperty("kind", "bare")
        button.setIcon(icons.icon(icon))
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.button_clicked)
        self._row.addStretch()
        self._row.addWidget(button)
        self._button, self._button_name = button, name
        self._name_button()
        self._is_removable = icon is IconName.X
        self._resize()
        return button

    def sizeHint(self) -> QSize:
        m = self._themes.metrics
        text = min(self._text_width(), m.px(_WIDEST))
        button = m.px(_BUTTON) if self._button is not None else m.xs
        return QSize(m.s + text + m.xs + button, m.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVING and self._is_removable:
            self.button_clicked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, m = self._themes.theme, self._themes.metrics
        look = theme.tag(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.accent), _RING) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(look.chip))
        ring = QRectF(self.rect()).adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
        painter.drawRoundedRect(ring, m.px(5), m.px(5))
        painter.setFont(self._font())
        painter.setPen(qcolor(look.chip_text))
        painter.drawText(self._text_rect(), Qt.AlignmentFlag.AlignVCenter, self._shown_text())

    def _text_rect(self) -> QRectF:
        m = self._themes.metrics
        right = m.px(_BUTTON) + m.xs if self._button is not None else m.s
        return QRectF(self.rect()).adjusted(m.s, 0, -right, 0)

    def _shown_text(self) -> str:
        width = int(self._text_rect().width())
        return QFontMetrics(self._font()).elidedText(self._text, Qt.TextElideMode.ElideRight, width)

    def _font(self) -> QFont:
        return self._themes.metrics.font(self._role)

    def _resize(self) -> None:
        m = self._themes.metrics
        self.setFixedHeight(m.px(_HEIGHT))
        if self._button is not None:
            self._button.setIconSize(m.icon_size(_ICON))
            self._button.setFixedSize(m.icon_size(_BUTTON))
            self._row.setContentsMargins(0, 0, m.xs, 0)
        self.setToolTip(plain_tip(self._text) if self._is_cut() else "")
        self.updateGeometry()

    def _is_cut(self) -> bool:
        return self._text_width() > self._themes.metrics.px(_WIDEST)

    def _text_width(self) -> int:
        # Rounded up: a pixel too few and the last letters give way to an ellipsis.
        return ceil(QFontMetricsF(self._font()).horizontalAdvance(self._text)) + 1
