"""The fonts of the paper list: one for words, one for keys, and names cut in their own way."""

from refman.domain.listing import SortField
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN, Look, fit_authors
from refman.ui.theme import Metrics, TextRole
from refman.ui.widgets.text_face import TextFace


class CellTexts:
    """Made anew for a theme. By the place of the column: hashing a column itself takes as long as painting a word."""

    def __init__(self, metrics: Metrics) -> None:
        body, mono = TextFace(metrics.font(TextRole.BODY)), TextFace(metrics.font(TextRole.MONO))
        names = TextFace(body.font, fit=fit_authors)
        self.faces = [
            names if column.sort is SortField.AUTHORS else mono if column.look is Look.MONO else body
            for column in COLUMNS
        ]
        self.body = self.faces[TITLE_COLUMN]

    def fits(self, text: str, section: int, room: int) -> bool:
        """Whether a text of a column needs no cut in `room` px."""
        return self.faces[section].measure.horizontalAdvance(text) <= room
