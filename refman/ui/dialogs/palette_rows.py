"""The rows of the command palette: which commands are shown, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.ui.actions import Command
from refman.ui.fuzzy import FuzzyMatch, fuzzy_match
from refman.ui.menus import Actions, place_of, plain
from refman.ui.theme import TextRole, ThemeController, qcolor

ROW_HEIGHT = 32
_LATELY_USED = 8
"""As much as a letter that begins a word."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One command as the palette shows it; `letters` are the places in `text` of what was typed."""

    id: str
    action: QAction
    text: str
    place: str
    key: str
    letters: tuple[int, ...] = ()


class PaletteModel(QAbstractListModel):
    """The commands that match, best first; what cannot be done now comes last.

    Before anything is typed those used lately come first. Then those that begin with what is typed, then by how well
    the letters fit, where use counts a little.
    """

    def __init__(self, actions: Actions, parent: QObject, *, lately: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._ages = {command_id: age for age, command_id in enumerate(lately)}
        self._all = [_row(actions.action(command.id), command) for command in actions.commands]
        self._rows = self._found("")

    def filter(self, pattern: str) -> None:
        """Shows what has all letters of the pattern in their order."""
        self.beginResetModel()
        self._rows = self._found(pattern)
        self.endResetModel()

    def row(self, index: _Index) -> PaletteRow:
        """The command of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(self.row(index))
        return None

    def spoken(self, row: PaletteRow) -> str:
        """The row for a screen reader."""
        state = "" if row.action.isEnabled() else self.tr("not possible now")
        return ", ".join(part for part in (row.text, row.place, row.key, state) if part)

    def _found(self, pattern: str) -> list[PaletteRow]:
        matches = [(row, fuzzy_match(pattern, row.text)) for row in self._all]
        found = [(row, match) for row, match in matches if match]
        found.sort(key=lambda one: self._rank(one[0], one[1], begun=pattern.strip().casefold()))
        return [replace(row, letters=match.places) for row, match in found]

    def _rank(self, row: PaletteRow, match: FuzzyMatch, *, begun: str) -> tuple[bool, bool, int, int]:
        never = len(self._ages)
        age = self._ages.get(row.id, never)
        score = match.score + (_LATELY_USED if age < never else 0)
        return (not row.action.isEnabled(), not row.text.casefold().startswith(begun), -score, age)


def _row(action: QAction, command: Command[Any]) -> PaletteRow:
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return PaletteRow(command.id, action, plain(action.text()), place_of(command), key)


class PaletteDelegate(QStyledItemDelegate):
    """The name left, the letters typed in semibold; menu and key right."""

    def __init__(self, themes: ThemeController, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = themes.theme
        self._metrics = themes.metrics
        self._font = themes.metrics.font()
        self._strong = themes.metrics.font(TextRole.STRONG)
        self._small = themes.metrics.font(TextRole.SECONDARY)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._metrics.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, PaletteModel):
            return
        row = model.row(index)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(self._theme.selection))
            painter.drawRoundedRect(option.rect, self._metrics.px(6), self._metrics.px(6))
        inner = option.rect.adjusted(self._metrics.s, 0, -self._metrics.s, 0)
        right = self._paint_right(painter, inner, row)
        self._paint_name(painter, inner.adjusted(0, 0, -right, 0), row)
        painter.restore()

    def _paint_right(self, painter: QPainter, rect: QRect, row: PaletteRow) -> int:
        """Paints menu and key, the key outermost; returns the width they take."""
        theme = self._theme
        painter.setFont(self._small)
        painter.setPen(qcolor(theme.text_secondary if row.action.isEnabled() else theme.text_disabled))
        width = QFontMetrics(self._small).horizontalAdvance(row.key) if row.key else 0
        painter.drawText(rect, _RIGHT, row.key)
        gap = self._metrics.lg if row.key else 0
        painter.drawText(rect.adjusted(0, 0, -width - gap, 0), _RIGHT, row.place)
        return width + gap + QFontMetrics(self._small).horizontalAdvance(row.place) + self._metrics.lg

    def _paint_name(self, painter: QPainter, rect: QRect, row: PaletteRow) -> None:
        painter.setPen(qcolor(self._theme.text if row.action.isEnabled() else self._theme.text_disabled))
        left = rect.left()
        for is_typed, piece in _pieces(row):
            font = self._strong if is_typed else self._font
            painter.setFont(font)
            width = QFontMetrics(font).horizontalAdvance(piece)
            painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), _LEFT, piece)
            left += width


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _pieces(row: PaletteRow) -> Iterator[tuple[bool, str]]:
    """The text cut where letters that were typed begin and end."""
    for is_typed, places in groupby(range(len(row.text)), key=lambda place: place in row.letters):
        yield is_typed, "".join(row.text[place] for place in places)
