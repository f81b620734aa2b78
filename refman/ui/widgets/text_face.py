"""Texts in one font, cut to the room they have: laid out once and painted often."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

from refman.ui.widgets.text_places import is_from_right

_ELIDE = Qt.TextElideMode.ElideRight
_KEPT = 512
"""Texts that are kept: a few windows full of rows, at about 1 kB each once they are laid out."""

Fitting = Callable[[str, Callable[[str], bool]], str]
"""Shortens a text in its own way: gets what tells whether a text fits, and gives one that does, if there is one."""


class CutText:
    """What of a text fits. `width` is in px: that of the room where the text had to be cut."""

    __slots__ = ("is_from_right", "is_painted", "laid_out", "shown", "width")

    def __init__(self, shown: str, width: int) -> None:
        self.shown = shown
        self.width = width
        self.is_from_right = is_from_right(shown)
        self.is_painted = False
        self.laid_out: QStaticText | None = None


class TextFace:
    """One font. Made anew for a theme: a font costs more than the text it is for."""

    def __init__(self, font: QFont, *, fit: Fitting | None = None) -> None:
        self.font = font
        self.measure = QFontMetrics(font)
        self._ascent = self.measure.ascent()
        self._exact_ascent = QFontMetricsF(font).ascent()
        self._fit = fit
        self.cut = lru_cache(maxsize=_KEPT)(self._cut)

    def baseline(self, top: int, height: int) -> int:
        """Where one line stands in the middle of so much height."""
        return top + (height + self._ascent - self.measure.descent()) // 2

    def paint(self, painter: QPainter, text: CutText, *, left: int, baseline: int) -> None:
        """Paints in the pen of the painter, whose font is this one afterwards.

        Laying out for good costs more than painting once, and painting what is laid out half as much: a row that is
        scrolled by is painted once, a row that stays many times.
        """
        painter.setFont(self.font)
        if text.laid_out is not None:
            painter.drawStaticText(QPointF(left, baseline - self._exact_ascent), text.laid_out)
            return
        if text.is_from_right:
            # Else the dots of a cut title would stand before its first word.
            before = painter.layoutDirection()
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            painter.drawText(left, baseline, text.shown)
            painter.setLayoutDirection(before)
            return
        painter.drawText(left, baseline, text.shown)
        if text.is_painted and _is_latin(text.shown) and painter.device().devicePixelRatio().is_integer():
            # At 1.25 pixels of the screen a line that is laid out may be rounded into another row of pixels.
            text.laid_out = self._lay_out(text.shown)
        text.is_painted = True

    def _lay_out(self, text: str) -> QStaticText:
        made = QStaticText(text)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(QTransform(), self.font)
        return made

    def _cut(self, text: str, room: int) -> CutText:
        advance = self.measure.horizontalAdvance
        width = advance(text)
        if width <= room:
            return CutText(text, width)
        if self._fit is not None:
            text = self._fit(text, lambda shorter: advance(shorter) <= room)
            if advance(text) <= room:
                # Qt elides by parts of pixels: half a one too few, and "et al." would lose its end.
                return CutText(text, room)
        return CutText(self.measure.elidedText(text, _ELIDE, room), room)


def _is_latin(text: str) -> bool:
    """Whether one font has all its letters: one that is brought in stands higher, and a line laid out with it lower."""
    return max(text.replace("…", ""), default="") < "\u0250"
