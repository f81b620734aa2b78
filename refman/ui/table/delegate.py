"""Paints the cells of the paper list, and edits one in place."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
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

from refman.domain.listing import PaperRow, SortField
from refman.domain.tags import show_tag
from refman.ui.icons import IconName, Icons
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN, Column, Look, fit_authors
from refman.ui.table.model import Index, PaperTableModel
from refman.ui.table.tag_marks import TagMarks
from refman.ui.theme import TextRole, ThemeController, qcolor

HitSpans = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a title the words of the search stand: (start, end) in characters, ascending and apart."""

_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected.value
_CUT_TEXTS = 4096
_MARKS_SHARE = 0.34
"""The part of a title's cell that its tags may take."""


def no_hits(_: str) -> list[tuple[int, int]]:
    """The marks of a list that is not searched."""
    return []


class PaperDelegate(QStyledItemDelegate):
    """Paints straight from the model's rows; a row that is not read yet is two calm bars."""

    edited = Signal(object, str, str)
    """A cell was edited: PaperId, name of the field, typed text."""

    def __init__(self, themes: ThemeController, icons: Icons, *, model: PaperTableModel, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._themes = themes
        self._icons = icons
        self._model = model
        # A font costs more than the cell it is for, so they are made once for a theme.
        self._fonts: dict[Look, tuple[QFont, QFontMetrics]] = {}
        self.tag_marks = TagMarks(themes)
        self.hit_spans: HitSpans = no_hits
        self.hovered_row = -1
        self._renew()
        themes.changed.connect(self._renew)

    def _renew(self) -> None:
        for look in Look:
            font = self._themes.metrics.font(TextRole.MONO if look is Look.MONO else TextRole.BODY)
            self._fonts[look] = (font, QFontMetrics(font))
        # Cutting costs as much as painting, and a row that is painted again has its old width.
        self._cut = lru_cache(maxsize=_CUT_TEXTS)(self._measured)

    # Painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._paint_ground(painter, option, index.row())
        row = self._model.row_at(index.row())
        column, inner = COLUMNS[index.column()], self._inner(option.rect)
        if row is None:
            self._paint_placeholder(painter, inner, column)
        elif column.look is Look.ICONS:
            self._paint_icons(painter, inner, row)
        elif column.look is Look.TITLE:
            self._paint_title(painter, inner, row)
        else:
            self._paint_text(painter, inner, column, row)

    def _inner(self, rect: QRect) -> QRect:
        metrics = self._themes.metrics
        return rect.adjusted(metrics.m if rect.left() <= 0 else metrics.s, 0, -metrics.s, -1)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        theme, rect = self._themes.theme, option.rect
        has_focus = self._view.hasFocus()
        # The number: two flags joined make a third one in Python, for every cell.
        if option.state.value & _SELECTED:
            painter.fillRect(rect, qcolor(theme.selection if has_focus else theme.selection_inactive))
        elif row == self.hovered_row:
            painter.fillRect(rect, qcolor(theme.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), qcolor(theme.line))
        if has_focus and rect.left() <= 0 and row == self._view.currentIndex().row():
            painter.fillRect(
                QRect(rect.left(), rect.top(), self._themes.metrics.px(2), rect.height()), qcolor(theme.accent)
            )

    def _baseline(self, inner: QRect) -> int:
        """One baseline for every font of the row."""
        measure = self._fonts[Look.TITLE][1]
        return inner.top() + (inner.height() + measure.ascent() - measure.descent()) // 2

    def _paint_text(self, painter: QPainter, inner: QRect, column: Column, row: PaperRow) -> None:
        text = column.text(row)
        theme = self._themes.theme
        if text:
            painter.setFont(self._fonts[column.look][0])
            painter.setPen(qcolor(theme.text_secondary))
            shown, _ = self._cut(text, column, inner.width())
        elif column.absent:
            painter.setFont(self._fonts[Look.TEXT][0])
            painter.setPen(qcolor(theme.text_disabled))
            absent = QCoreApplication.translate("Key", column.absent)
            shown = self._fonts[Look.TEXT][1].elidedText(absent, _ELIDE, inner.width())
        else:
            return
        painter.drawText(inner.left(), self._baseline(inner), shown)

    def _measured(self, text: str, column: Column, room: int) -> tuple[str, int]:
        """A text as it fits into a cell of `room` px, and its own width."""
        measure = self._fonts[column.look][1]
        if column.sort is SortField.AUTHORS:
            text = fit_authors(text, lambda cut: measure.horizontalAdvance(cut) <= room)
        shown = measure.elidedText(text, _ELIDE, room)
        return shown, measure.horizontalAdvance(shown)

    def _paint_title(self, painter: QPainter, inner: QRect, row: PaperRow) -> None:
        marks = self.tag_marks.width(row.tags, int(inner.width() * _MARKS_SHARE))
        text, width = self._cut(row.title or self.tr("No title"), COLUMNS[TITLE_COLUMN], inner.width() - marks)
        self._paint_hits(painter, inner, row.title, right=inner.left() + width)
        painter.setFont(self._fonts[Look.TITLE][0])
        painter.setPen(qcolor(self._themes.theme.text if row.title else self._themes.theme.text_secondary))
        painter.drawText(inner.left(), self._baseline(inner), text)
        if marks:
            left = inner.left() + width + self._themes.metrics.xs
            self.tag_marks.paint(painter, QRect(left, inner.top(), marks, inner.height()), row.tags)

    def _paint_hits(self, painter: QPainter, inner: QRect, title: str, *, right: int) -> None:
        spans = self.hit_spans(title)
        if not spans:
            return
        measure = self._fonts[Look.TITLE][1]
        top = self._baseline(inner) - measure.ascent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._themes.theme.mark))
        for start, end in spans:
            from_px = inner.left() + measure.horizontalAdvance(title[:start])
            to_px = min(right, inner.left() + measure.horizontalAdvance(title[:end]))
            if from_px < to_px:
                painter.drawRoundedRect(QRectF(from_px - 1, top, to_px - from_px + 2, measure.height()), 2, 2)
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
        is_cut = self._fonts[column.look][1].horizontalAdvance(text) > inner.width()
        return text if is_cut or column.look is Look.ICONS else ""

    # Editing in place --------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setFont(self._fonts[COLUMNS[index.column()].look][0])
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

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        paper = editor.property("paper")
        if isinstance(editor, QLineEdit) and editor.isModified() and paper is not None:
            self.edited.emit(paper, COLUMNS[index.column()].edits, editor.text())

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
