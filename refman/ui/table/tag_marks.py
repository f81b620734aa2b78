"""Tags behind a title: dots, or chips with their names where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap

from refman.domain.frozen import dataclass
from refman.domain.listing import TagBadge
from refman.domain.tags import show_tag, split_levels
from refman.ui.theme import TextRole, ThemeController, qcolor

_CHIPS_MOST = 3
_DOTS_MOST = 5
_CHIP_TEXT_WIDTH = 110
_CHIP_PAD = 7
_DOT = 8
_FEW_LETTERS = 24
_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class TagMark:
    """One chip or dot; `width` includes the gap in front of it."""

    text: str
    colour: int
    width: int


class TagMarks:
    """Measures and paints the marks of one row. A chip shows the last level of a name; the tooltip has it whole."""

    def __init__(self, themes: ThemeController) -> None:
        self._themes = themes
        self.are_chips = False
        self._font = QFont()
        self._measure = QFontMetrics(self._font)
        # A dot is drawn once for a theme and a screen: copying it is cheaper than drawing it.
        self._dots: dict[tuple[int, float], QPixmap] = {}
        self._renew()
        themes.changed.connect(self._renew)

    def fitting(self, tags: Sequence[TagBadge], room: int) -> list[TagMark]:
        """The marks of these tags that fit into `room` px together."""
        return self._chips(tags, room) if self.are_chips else self._dots_of(tags, room)

    def paint(self, painter: QPainter, place: QRect, marks: Sequence[TagMark]) -> None:
        """Paints from the left edge of `place`, in the middle of its height."""
        if self.are_chips:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left = place.left()
            for mark in marks:
                self._paint_chip(painter, QRect(left, place.top(), mark.width, place.height()), mark)
                left += mark.width
            painter.restore()
            return
        side, ratio = self._themes.metrics.px(_DOT), painter.device().devicePixelRatio()
        # The middle of the height as a rectangle would round it, the right edge the last pixel of the mark.
        left, top = place.left() - side - 1, place.center().y() - side // 2
        for mark in marks:
            left += mark.width
            painter.drawPixmap(left, top, self._dot_pixmap(mark.colour, side, ratio))

    def _renew(self) -> None:
        self._dots.clear()
        self._font = self._themes.metrics.font(TextRole.HEADING)
        self._font.setWeight(QFont.Weight.Normal)
        self._measure = QFontMetrics(self._font)

    def _dots_of(self, tags: Sequence[TagBadge], room: int) -> list[TagMark]:
        width = self._themes.metrics.px(12)
        return [TagMark("", tag.colour, width) for tag in tags[: min(_DOTS_MOST, room // width)]]

    def _chips(self, tags: Sequence[TagBadge], room: int) -> list[TagMark]:
        marks: list[TagMark] = []
        for tag in tags[:_CHIPS_MOST]:
            mark = self._chip(show_tag(split_levels(tag.name)[-1]), tag.colour)
            if mark.width > room:
                if not marks:
                    marks += self._narrow_chip(tag, room)
                break
            marks.append(mark)
            room -= mark.width
        rest = len(tags) - len(marks)
        if rest and (more := self._chip(f"+{rest}", 0)).width <= room:
            marks.append(more)
        return marks

    def _narrow_chip(self, tag: TagBadge, room: int) -> list[TagMark]:
        """The only chip, cut to the room; none where not even a few letters fit."""
        metrics = self._themes.metrics
        letters = room - metrics.xs - 2 * metrics.px(_CHIP_PAD)
        if letters < metrics.px(_FEW_LETTERS):
            return []
        text = self._measure.elidedText(show_tag(split_levels(tag.name)[-1]), _ELIDE, letters)
        return [TagMark(text, tag.colour, room)]

    def _chip(self, name: str, colour: int) -> TagMark:
        metrics = self._themes.metrics
        text = self._measure.elidedText(name, _ELIDE, metrics.px(_CHIP_TEXT_WIDTH))
        return TagMark(text, colour, metrics.xs + self._measure.horizontalAdvance(text) + 2 * metrics.px(_CHIP_PAD))

    def _dot_pixmap(self, colour: int, side: int, ratio: float) -> QPixmap:
        """The dot, in a pixmap one pixel higher: in the middle of a row it may stand between two pixels."""
        if (colour, ratio) not in self._dots:
            pixmap = QPixmap(round(side * ratio), round((side + 1) * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_dot(painter, QRectF(0, 0 if side % 2 else 0.5, side, side), colour)
            painter.end()
            self._dots[colour, ratio] = pixmap
        return self._dots[colour, ratio]

    def _paint_dot(self, painter: QPainter, dot: QRectF, colour: int) -> None:
        look = self._themes.theme.tag(colour)
        if colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(look.dot))
            painter.drawEllipse(dot)
        else:
            # A ring, as in the sidebar: a tag without a colour.
            painter.setPen(QPen(qcolor(look.dot), 1.5 * self._themes.metrics.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75))

    def _paint_chip(self, painter: QPainter, cell: QRect, mark: TagMark) -> None:
        look = self._themes.theme.tag(mark.colour)
        cell = cell.adjusted(self._themes.metrics.xs, 0, 0, 0)
        height = min(self._themes.metrics.px(18), cell.height() - 3)
        chip = QRectF(cell.left(), cell.center().y() - height / 2 + 0.5, cell.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(look.chip))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setFont(self._font)
        painter.setPen(qcolor(look.chip_text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, mark.text)
