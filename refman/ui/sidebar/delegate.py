"""Paints the rows of the sidebar, and edits a name in place."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from refman.ui.filter_state import Place
from refman.ui.icons import IconName, Icons
from refman.ui.sidebar.dots import TagDots
from refman.ui.sidebar.model import Index, SidebarModel
from refman.ui.sidebar.rows import Row, RowKind
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.text_face import TextFace
from refman.ui.widgets.tips import plain_tip

ROW_PX = 26
_HEADING_PX = 34
_INDENT_PX = 14
_CHEVRON_PX = 16
_ICON_PX = 16
_CAP_PX = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_ICONS = {
    Place.ALL.value: IconName.LIBRARY,
    Place.UNTAGGED.value: IconName.TAGS,
    Place.TRASH.value: IconName.TRASH_2,
}


class SidebarDelegate(QStyledItemDelegate):
    """`hovered` and `target` are the keys of the rows under the pointer and under a drag."""

    def __init__(self, themes: ThemeController, icons: Icons, *, model: SidebarModel, view: QTreeView) -> None:
        super().__init__(view)
        self._themes = themes
        self._icons = icons
        self._model = model
        self._view = view
        self.hovered = ""
        self.target = ""
        self._dots = TagDots(themes)
        self._renew()
        themes.changed.connect(self._renew)

    def _renew(self) -> None:
        metrics = self._themes.metrics
        struck = metrics.font()
        struck.setStrikeOut(True)
        self._body, self._struck = TextFace(metrics.font()), TextFace(struck)
        self._small = TextFace(metrics.font(TextRole.SECONDARY))
        self._heading = metrics.font(TextRole.HEADING)
        self._heading.setCapitalization(QFont.Capitalization.AllUppercase)
        self._heading.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6 * metrics.scale)
        self._dots.forget()

    # Geometry ----------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._model.row_of(index)
        is_heading = row is not None and row.kind is RowKind.SECTION
        return QSize(0, self._themes.metrics.px(_HEADING_PX if is_heading else ROW_PX))

    def pill(self, rect: QRect) -> QRect:
        """The part of a row that is lit when it is applied."""
        metrics = self._themes.metrics
        return rect.adjusted(metrics.s, 1, -metrics.s, -1)

    def chevron(self, rect: QRect, row: Row) -> QRect:
        """Where a click opens and closes a row."""
        metrics = self._themes.metrics
        side = metrics.px(_CHEVRON_PX)
        pill = self.pill(rect)
        if row.kind is RowKind.SECTION:
            return QRect(pill.right() - side - metrics.px(2), pill.bottom() - side - metrics.px(4), side, side)
        left = pill.left() + metrics.px(2 + _INDENT_PX * row.depth)
        return QRect(left, pill.center().y() - side // 2 + 1, side, side)

    def _mark(self, rect: QRect, row: Row) -> QRect:
        """Where the dot or icon is."""
        metrics = self._themes.metrics
        side = metrics.px(_ICON_PX)
        left = (
            self.chevron(rect, row).right() + 1 if row.kind is RowKind.TAG else self.pill(rect).left() + metrics.px(6)
        )
        return QRect(left, self.pill(rect).center().y() - side // 2 + 1, side, side)

    def _text(self, rect: QRect, row: Row) -> QRect:
        metrics = self._themes.metrics
        inner = self.pill(rect)
        inner.setLeft(self._mark(rect, row).right() + metrics.px(6))
        inner.setRight(inner.right() - metrics.s)
        return inner

    # Painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_of(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind is RowKind.SECTION:
            self._paint_heading(painter, option.rect, row)
        elif row.kind is RowKind.HINT:
            self._write(painter, self._hint_rect(option.rect), row.text, self._small, self._themes.theme.text_secondary)
        else:
            self._paint_ground(painter, option.rect, row)
            self._paint_mark(painter, option.rect, row)
            self._paint_words(painter, option.rect, row)
        if self._has_keyboard(index):
            # A heading stands in the lower part of its row.
            above = self._themes.metrics.px(_HEADING_PX - ROW_PX) if row.kind is RowKind.SECTION else 0
            self._ring(painter, option.rect.adjusted(0, above, 0, 0))
        painter.restore()

    def _has_keyboard(self, index: Index) -> bool:
        return self._view.hasFocus() and index == self._view.currentIndex()

    def _hint_rect(self, rect: QRect) -> QRect:
        return self.pill(rect).adjusted(self._themes.metrics.px(6), 0, 0, 0)

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme, metrics = self._themes.theme, self._themes.metrics
        if row.key == self.target:
            self._fill(painter, rect, theme.selection)
        place = self.pill(rect).adjusted(metrics.px(6), 0, 0, -metrics.px(5))
        painter.setFont(self._heading)
        painter.setPen(qcolor(theme.text_secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.text)
        index = self._model.index_of(row)
        if row.key == self.hovered or self._has_keyboard(index) or not self._view.isExpanded(index):
            self._paint_chevron(painter, self.chevron(rect, row), row)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self._themes.theme
        if row.key == self.target:
            self._fill(painter, rect, theme.selection)
            self._ring(painter, rect)
        elif self._model.is_applied(row):
            self._fill(painter, rect, theme.selection)
        elif row.key == self.hovered:
            self._fill(painter, rect, theme.hover)

    def _fill(self, painter: QPainter, rect: QRect, colour: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(colour))
        radius = self._themes.metrics.px(6)
        painter.drawRoundedRect(QRectF(self.pill(rect)), radius, radius)

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(qcolor(self._themes.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._themes.metrics.px(6)
        painter.drawRoundedRect(QRectF(self.pill(rect)).adjusted(1, 1, -1, -1), radius - 1, radius - 1)

    def _paint_mark(self, painter: QPainter, rect: QRect, row: Row) -> None:
        if row.children:
            self._paint_chevron(painter, self.chevron(rect, row), row)
        place = self._mark(rect, row)
        if row.kind is not RowKind.TAG:
            self._icons.icon(_icon_of(row)).paint(painter, place)
        elif self._model.is_excluded(row):
            self._dots.paint_minus(painter, place)
        else:
            self._dots.paint(painter, place, row.colour)

    def _paint_chevron(self, painter: QPainter, place: QRect, row: Row) -> None:
        is_open = self._view.isExpanded(self._model.index_of(row))
        pad = self._themes.metrics.px(2)
        name = IconName.CHEVRON_DOWN if is_open else IconName.CHEVRON_RIGHT
        self._icons.icon(name).paint(painter, place.adjusted(pad, pad, -pad, -pad))

    def _paint_words(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme, place = self._themes.theme, self._text(rect, row)
        is_empty = row.kind is RowKind.TAG and not row.count
        if number := _number_of(row):
            width = self._write(painter, place, number, self._small, theme.text_secondary, align=_RIGHT)
            place.setRight(place.right() - width - self._themes.metrics.s)
        if row.number:
            self._paint_number(painter, place, str(row.number))
        struck = self._model.is_excluded(row)
        colour = theme.text_secondary if is_empty or struck else theme.text
        self._write(painter, place, row.text, self._struck if struck else self._body, colour)

    def _paint_number(self, painter: QPainter, place: QRect, number: str) -> None:
        """The number key, as a small key cap; takes its room from `place`."""
        metrics, theme = self._themes.metrics, self._themes.theme
        side = metrics.px(_CAP_PX)
        cap = QRect(place.right() - side + 1, place.center().y() - side // 2 + 1, side, side)
        painter.setPen(QPen(qcolor(theme.control), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), metrics.px(4), metrics.px(4))
        self._write(painter, cap, number, self._small, theme.text_secondary, align=Qt.AlignmentFlag.AlignCenter)
        place.setRight(cap.left() - metrics.s)

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        face: TextFace,
        colour: str,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> int:
        """Writes one line in the middle of the height of `place`; how wide it is."""
        cut = face.cut(text, place.width())
        left = place.left()
        if align is not _LEFT:
            spare = place.width() - cut.width
            left += spare if align is _RIGHT else spare // 2
        painter.setPen(qcolor(colour))
        face.paint(painter, cut, left=left, baseline=face.baseline(place.top(), place.height()))
        return cut.width

    # Tooltips ----------------------------------------------------------------------------------------------------

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() is not QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        row = self._model.row_of(index)
        QToolTip.showText(event.globalPos(), plain_tip(row.text if row and self.is_cut(option.rect, row) else ""), view)
        return True

    def is_cut(self, rect: QRect, row: Row) -> bool:
        """Whether a row has no room for the whole of its name."""
        room = self._text(rect, row).width()
        if number := _number_of(row):
            room -= self._small.cut(number, room).width + self._themes.metrics.s
        if row.number:
            room -= self._themes.metrics.px(_CAP_PX) + self._themes.metrics.s - 1
        is_name = row.kind not in (RowKind.SECTION, RowKind.HINT)
        return is_name and self._body.measure.horizontalAdvance(row.text) > room

    # Editing in place --------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setAccessibleName(self.tr("New name"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row = self._model.row_of(index)
        if row and isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(row.text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_of(index)
        if row:
            editor.setGeometry(self._text(option.rect, row).adjusted(-self._themes.metrics.xs, 0, 0, 0))


def _number_of(row: Row) -> str:
    """What stands at the right of a row."""
    return row.badge or (f"{row.count:,}" if row.count else "")


def _icon_of(row: Row) -> IconName:
    if row.kind in (RowKind.SEARCH, RowKind.LINK):
        return IconName.FUNNEL if row.kind is RowKind.SEARCH else IconName.LINK
    return IconName.USER if row.kind is RowKind.AUTHOR else _ICONS[row.name]
