"""The dots of tags in the sidebar, and the stroke of one that is left out."""

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from refman.ui.theme import ThemeController, qcolor

_DOT_PX = 9


class TagDots:
    """Each is drawn once for a colour and a screen and copied then: that is cheaper."""

    def __init__(self, themes: ThemeController) -> None:
        self._themes = themes
        self._kept: dict[tuple[int, float], QPixmap] = {}

    def forget(self) -> None:
        """Other colours or sizes are in force."""
        self._kept.clear()

    def paint(self, painter: QPainter, place: QRect, colour: int) -> None:
        """A dot in a tag colour, a ring for a tag without one."""
        ratio = painter.device().devicePixelRatio()
        if (colour, ratio) not in self._kept:
            picture = QPixmap(place.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(picture)
            brush.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(brush, QRect(QPoint(0, 0), place.size()), colour)
            brush.end()
            self._kept[colour, ratio] = picture
        painter.drawPixmap(place.topLeft(), self._kept[colour, ratio])

    def paint_minus(self, painter: QPainter, place: QRect) -> None:
        """Papers with this tag are left out."""
        half = self._themes.metrics.px(_DOT_PX) / 2
        painter.setPen(QPen(qcolor(self._themes.theme.danger), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(_middle(place) - QPointF(half, 0), _middle(place) + QPointF(half, 0))

    def _draw(self, painter: QPainter, place: QRect, colour: int) -> None:
        radius = self._themes.metrics.px(_DOT_PX) / 2
        dot = qcolor(self._themes.theme.tag(colour).dot)
        if colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dot)
            painter.drawEllipse(_middle(place), radius, radius)
        else:
            painter.setPen(QPen(dot, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(_middle(place), radius - 0.75, radius - 0.75)


def _middle(place: QRect) -> QPointF:
    return QPointF(place.center()) + QPointF(0.5, 0.5)
