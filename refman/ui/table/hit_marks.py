"""Where in a title the words of a search are marked: in what is shown of it, as it is painted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption

from refman.ui.widgets.text_face import TextFace
from refman.ui.widgets.text_places import extent_of, is_from_right, qt_length

_DOTS = "…"
_FIRST_OTHER_WAY = "\u0590"
"""The first letter of all scripts that run from the right: Hebrew."""


def hit_places(face: TextFace, title: str, shown: str, spans: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """From and to, in px from the left of `shown`, of those characters of `title` in `spans` that were not cut away."""
    seen = len(title) if shown == title else len(shown.removesuffix(_DOTS))
    kept = [(start, min(end, seen)) for start, end in spans if start < seen]
    if max(shown.replace(_DOTS, ""), default="") < _FIRST_OTHER_WAY:
        advance = face.measure.horizontalAdvance
        return [(advance(shown[:start]), advance(shown[:end])) for start, end in kept]
    return _laid_out(face, shown, kept) if kept else []


def _laid_out(face: TextFace, shown: str, spans: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Words of some scripts stand in another order than they are read in."""
    layout = QTextLayout(shown, face.font)
    option = QTextOption()
    directions = Qt.LayoutDirection
    option.setTextDirection(directions.RightToLeft if is_from_right(shown) else directions.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setNumColumns(qt_length(shown))
    layout.endLayout()
    return [extent_of(line, qt_length(shown[:start]), qt_length(shown[:end])) for start, end in spans]
