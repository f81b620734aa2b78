"""Texts as they fit into the cells of the paper list, laid out once and painted often."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from refman.domain.frozen import dataclass
from refman.domain.listing import SortField
from refman.ui.table.columns import COLUMNS, Look, fit_authors
from refman.ui.theme import Metrics, TextRole

_ELIDE = Qt.TextElideMode.ElideRight
_KEPT = 512
"""Texts that are kept laid out: a few windows full of rows, at about 1 kB each."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A text cut to a cell; `width` is its own, in px."""

    shown: QStaticText
    width: int


class CellTexts:
    """Made anew for a theme: a font costs more than the cell it is for."""

    def __init__(self, metrics: Metrics) -> None:
        body, mono = metrics.font(TextRole.BODY), metrics.font(TextRole.MONO)
        faces = {look: mono if look is Look.MONO else body for look in Look}
        self._faces = [(faces[column.look], QFontMetrics(faces[column.look])) for column in COLUMNS]
        self.body: QFont = body
        self.measure = QFontMetrics(body)
        # Laying out costs more than painting, and a row that is painted again has its old width. By the place of the
        # column: hashing a column itself takes as long as painting a word.
        self.cut = lru_cache(maxsize=_KEPT)(self._cut)

    def font(self, section: int) -> QFont:
        """The font of a column."""
        return self._faces[section][0]

    def fits(self, text: str, section: int, room: int) -> bool:
        """Whether a text of a column needs no cut in `room` px."""
        return self._faces[section][1].horizontalAdvance(text) <= room

    def paint(self, painter: QPainter, text: CellText, section: int, *, left: int, baseline: int) -> None:
        """Paints in the pen of the painter, whose font is the column's afterwards."""
        font, measure = self._faces[section]
        painter.setFont(font)
        painter.drawStaticText(left, baseline - measure.ascent(), text.shown)

    def _cut(self, text: str, section: int, room: int) -> CellText:
        font, measure = self._faces[section]
        if COLUMNS[section].sort is SortField.AUTHORS:
            text = fit_authors(text, lambda cut: measure.horizontalAdvance(cut) <= room)
        shown = QStaticText(measure.elidedText(text, _ELIDE, room))
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.prepare(QTransform(), font)
        return CellText(shown, round(shown.size().width()))
