"""The choice of a tag's colour: twelve hues and none, as a small grid in the menu."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QMenu, QWidget

from refman.ui.theme import ThemeController, qcolor
from refman.ui.widgets.announce import announce

_COLUMNS = 7
_SWATCH_PX = 26


class ColourGrid(QWidget):
    """One button a colour; `current` is the colour the tag has.

    A menu keeps the keys to itself: the grid takes those that go to `menu`, and marks where they are.
    """

    picked = Signal(int)

    def __init__(self, themes: ThemeController, current: int, *, menu: QMenu) -> None:
        super().__init__(menu)
        metrics = themes.metrics
        self._marked = current
        self._swatches: list[_Swatch] = []
        menu.aboutToShow.connect(lambda: self._mark(current))
        menu.installEventFilter(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(metrics.s, metrics.xs, metrics.s, metrics.xs)
        grid.setSpacing(metrics.px(2))
        for colour in range(len(themes.theme.tags)):
            swatch = _Swatch(themes, colour, is_current=colour == current)
            swatch.setAccessibleName(self._name(themes.theme.tag(colour).name))
            swatch.setToolTip(swatch.accessibleName())
            swatch.clicked.connect(lambda _=False, number=colour: self.picked.emit(number))
            grid.addWidget(swatch, colour // _COLUMNS, colour % _COLUMNS)
            self._swatches.append(swatch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._takes(Qt.Key(event.key()))
        return False

    def _takes(self, key: Qt.Key) -> bool:
        """Whether a key is for the grid; Esc, and Left in the first column, close the menu."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._swatches[self._marked].click()
            return True
        if key not in _STEPS or (key is Qt.Key.Key_Left and self._marked % _COLUMNS == 0):
            return False
        wanted = self._marked + _STEPS[key]
        if 0 <= wanted < len(self._swatches):
            self._mark(wanted)
            announce(self, self._swatches[wanted].accessibleName())
        return True

    def _mark(self, colour: int) -> None:
        self._marked = colour
        for number, swatch in enumerate(self._swatches):
            swatch.set_marked(number == colour)

    def _name(self, colour: str) -> str:
        names = {
            "none": self.tr("No colour"),
            "red": self.tr("Red"),
            "orange": self.tr("Orange"),
            "amber": self.tr("Amber"),
            "yellow": self.tr("Yellow"),
            "lime": self.tr("Lime"),
            "green": self.tr("Green"),
            "teal": self.tr("Teal"),
            "cyan": self.tr("Cyan"),
            "sky": self.tr("Sky"),
            "blue": self.tr("Blue"),
            "violet": self.tr("Violet"),
            "pink": self.tr("Pink"),
        }
        return names.get(colour, colour)


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: _COLUMNS, Qt.Key.Key_Up: -_COLUMNS}


class _Swatch(QAbstractButton):
    def __init__(self, themes: ThemeController, colour: int, *, is_current: bool) -> None:
        super().__init__()
        self._themes = themes
        self._colour = colour
        self._is_current = is_current
        self._is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_marked(self, is_marked: bool) -> None:
        """Whether the keys are here."""
        self._is_marked = is_marked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._themes.metrics.px(_SWATCH_PX), self._themes.metrics.px(_SWATCH_PX))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self._themes.theme, self._themes.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(qcolor(theme.accent), 2) if self._is_marked else Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, metrics.xs, metrics.xs)
        radius = metrics.px(7)
        centre, hue = QRectF(self.rect()).center(), QColor(theme.tag(self._colour).dot)
        painter.setPen(QPen(hue, 1.5))
        painter.setBrush(hue if self._colour else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
        if not self._colour:
            off = QPointF(radius * 0.7, -radius * 0.7)
            painter.drawLine(centre - off, centre + off)
        if self._is_current:
            painter.setPen(QPen(qcolor(theme.surface if self._colour else theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius / 2.5, radius / 2.5)
        painter.end()
