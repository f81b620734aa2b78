"""Paints the cells of the paper list, and edits one in place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from refman.domain.listing import PaperRow
from refman.domain.tags import show_tag
from refman.ui.icons import IconName, Icons
from refman.ui.table.cell_texts import CellTexts
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN, Column, Look
from refman.ui.table.hit_marks import hit_places
from refman.ui.table.model import Index, PaperTableModel
from refman.ui.table.tag_marks import TagMarks
from refman.ui.theme import ThemeController, qcolor

HitSpans = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a title the words of the search stand: (start, end) in characters, ascending and apart."""

_SELECTED = QStyle.StateFlag.State_Selected.value
_MARKS_SHARE = 0.34
"""The part of a title's cell that its tags may take."""


def no_hits(_: str) -> list[tuple[int, int]]:
    """The marks of a list that is not searched."""
    return []


class PaperDelegate(QStyledItemDelegate):
    """Paints straight from the model's rows; a row that is not read yet is two calm bars."""

    edited = Signal(object, str, str, str)
    """A cell was edited: PaperId, name of the field, typed text, the stored value that was seen before."""

    def __init__(self, themes: ThemeController, icons: Icons, *, model: PaperTableModel, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._themes = themes
        self._icons = icons
        self._model = model
        self.tag_marks = TagMarks(themes)
        self.hit_spans: HitSpans = no_hits
        self.hovered_row = -1
        self._renew()
        themes.changed.connect(self._renew)

    def _renew(self) -> None:
        metrics = self._themes.metrics
        self._texts = CellTexts(metrics)
        # Asked for in every cell: what a theme answers is kept as it is painted.
        self._pads = (metrics.m, metrics.s)
        self._line = qcolor(self._themes.theme.line)

    # Painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place, section, rect = index.row(), index.column(), option.rect
        self._paint_ground(painter, option, rect, place)
        row = self._model.row_at(place)
        column, inner = COLUMNS[section], self._inner(rect)
        if row is None:
            self._paint_placeholder(painter, inner, column)
        elif column.look is Look.ICONS:
            self._paint_icons(painter, inner, row)
        elif column.look is Look.TITLE:
            self._paint_title(painter, inner, row)
        else:
            self._paint_text(painter, inner, section, row)

    def _inner(self, rect: QRect) -> QRect:
        first, other = self._pads
        return rect.adjusted(first if rect.left() <= 0 else other, 0, -other, -1)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: int) -> None:
        left, top, width, height = rect.left(), rect.top(), rect.width(), rect.height()
        # The number: two flags joined make a third one in Python, for every cell.
        if option.state.value & _SELECTED:
            theme = self._themes.theme
            painter.fillRect(rect, qcolor(theme.selection if self._view.hasFocus() else theme.selection_inactive))
        elif row == self.hovered_row:
            painter.fillRect(rect, qcolor(self._themes.theme.hover))
        painter.fillRect(left, top + height - 1, width, 1, self._line)
        if left <= 0 and row == self._view.currentIndex().row() and self._view.hasFocus():
            painter.fillRect(left, top, self._themes.metrics.px(2), height, qcolor(self._themes.theme.accent))

    def _baseline(self, inner: QRect) -> int:
        """One baseline for every font of the row."""
        return self._texts.body.baseline(inner.top(), inner.height())

    def _paint_text(self, painter: QPainter, inner: QRect, section: int, row: PaperRow) -> None:
        column, theme = COLUMNS[section], self._themes.theme
        text = column.text(row)
        if text:
            painter.setPen(qcolor(theme.text_secondary))
        elif column.absent:
            # In the font of words, also in a column of keys.
            text, section = QCoreApplication.translate("Key", column.absent), TITLE_COLUMN
            painter.setPen(qcolor(theme.text_disabled))
        else:
            return
        face = self._texts.faces[section]
        cut = face.cut(text, inner.width())
        face.paint(painter, cut, left=inner.left(), baseline=self._baseline(inner))

    def _paint_title(self, painter: QPainter, inner: QRect, row: PaperRow) -> None:
        marks = self.tag_marks.fitting(row.tags, int(inner.width() * _MARKS_SHARE))
        room = sum(mark.width for mark in marks)
        face = self._texts.body
        cut = face.cut(row.title or self.tr("No title"), inner.width() - room)
        self._paint_hits(painter, inner, row.title, shown=cut.shown)
        painter.setPen(qcolor(self._themes.theme.text if row.title else self._themes.theme.text_secondary))
        face.paint(painter, cut, left=inner.left(), baseline=self._baseline(inner))
        if marks:
            left = inner.left() + cut.width + self._themes.metrics.xs
            self.tag_marks.paint(painter, QRect(left, inner.top(), room, inner.height()), marks)

    def _paint_hits(self, painter: QPainter, inner: QRect, title: str, *, shown: str) -> None:
        spans = self.hit_spans(title)
        if not spans:
            return
        measure = self._texts.body.measure
        top = self._baseline(inner) - measure.ascent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._themes.theme.mark))
        for first, last in hit_places(self._texts.body, title, shown, spans):
            painter.drawRoundedRect(QRectF(inner.left() + first - 1, top, last - first + 2, measure.height()), 2, 2)
        painter.restore()

    def _paint_icons(self, painter: QPainter, inner: QRect, row: PaperRow) -> None:
        metrics = self._themes.metrics
        side = metrics.px(14)
        top = inner.center().y() - side // 2 + 1
        places = ((IconName.FILE_TEXT, row.has_pdf or row.has_file), (IconName.STICKY_NOTE, row.has_note))
        for place, (icon, is_there) in enumerate(places):
            if is_there:
                left = inner.left() + place * (side + metrics.xs)
                self._icons.icon(icon).paint(painter, QRect(left, top, side, side))

    def _paint_placeholder(self, painter: QPainter, inner: QRect, column: Column) -> None:
        if column.look is Look.ICONS:
            return
        height = self._themes.metrics.px(8)
        width = inner.width() * (0.6 if column.look is Look.TITLE else 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._themes.theme.hover))
        painter.drawRoundedRect(QRectF(inner.left(), inner.center().y() - height / 2, width, height), 4, 4)
        painter.restore()

    # Tooltips ----------------------------------------------------------------------------------------------------

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() is not QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        row = self._model.row_at(index.row()) if index.isValid() else None
        text = self._tooltip(row, index.column(), self._inner(option.rect)) if row else ""
        # Late: the names of all HTML characters take 3 ms to load.
        from html import escape

        # Marked as rich and escaped: a title such as `<b>` must not be taken for markup.
        QToolTip.showText(event.globalPos(), f"<qt>{escape(text)}</qt>" if text else "", view)
        return True

    def _tooltip(self, row: PaperRow, section: int, inner: QRect) -> str:
        """What the cell cannot show whole."""
        column = COLUMNS[section]
        text = column.text(row)
        if not text and column.absent:
            return QCoreApplication.translate("Key", column.absent)
        if column.look is Look.TITLE and row.tags:
            return f"{text} ({', '.join(show_tag(tag.name) for tag in row.tags)})"
        is_cut = not self._texts.fits(text, section, inner.width())
        return text if is_cut or column.look is Look.ICONS else ""

    # Editing in place --------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setFont(self._texts.faces[index.column()].font)
        editor.setAccessibleName(self._model.headerData(index.column(), Qt.Orientation.Horizontal))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row = self._model.row_at(index.row())
        if row is None or not isinstance(editor, QLineEdit) or editor.isModified():
            return
        editor.setText(COLUMNS[index.column()].text(row))
        editor.selectAll()
        # So that the answer goes to this paper even when the list moves under the editor.
        editor.setProperty("paper", row.id)
        editor.setProperty("seen", COLUMNS[index.column()].stored(row))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        paper = editor.property("paper")
        if isinstance(editor, QLineEdit) and editor.isModified() and paper is not None:
            self.edited.emit(paper, COLUMNS[index.column()].edits, editor.text(), editor.property("seen"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ends the editing here, although the list has a command on that key."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        inner = self._inner(option.rect)
        pad = self._themes.metrics.xs
        editor.setGeometry(inner.adjusted(-pad, 1, 0, -1))
