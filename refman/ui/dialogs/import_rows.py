"""Paints a draft of an import: check box, title, who and when, a badge."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.services.import_plan import Status
from refman.ui.dialogs.import_drafts import DraftModel, Index
from refman.ui.theme import TextRole, ThemeController, qcolor

_ROW_PX = 46
_BOX_PX = 16
# Tag hues that mean the same in both themes: green, none, amber.
_HUES = {Status.NEW: 6, Status.HERE: 0, Status.DIFFERS: 3}


class DraftRows(QStyledItemDelegate):
    """A click on the box or Space chooses; a click elsewhere only goes there."""

    def __init__(self, themes: ThemeController, model: DraftModel, view: QListView) -> None:
        super().__init__(view)
        self._themes = themes
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._themes.metrics.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self._model.item(index.row())
        if item is None:
            return
        theme, metrics = self._themes.theme, self._themes.metrics
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        self._paint_box(painter, option, index)
        inner = option.rect.adjusted(metrics.m + metrics.px(_BOX_PX) + metrics.m, metrics.px(5), -metrics.m, 0)
        inner.setHeight(option.rect.height() - 2 * metrics.px(5))
        right = self._paint_badge(painter, inner, self._model.status_text(item), _HUES[item.status])
        top = QRect(inner.left(), inner.top(), right - metrics.s - inner.left(), inner.height() // 2)
        below = QRect(inner.left(), top.bottom() + 1, inner.width(), inner.height() - top.height())
        is_idle = not self._model.does_something(index.row())
        self._write(painter, top, str(index.data()), metrics.font(), theme.text_secondary if is_idle else theme.text)
        small = metrics.font(TextRole.SECONDARY)
        self._write(painter, below, self._model.second_line(item), small, theme.text_secondary)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        is_click = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease
        if is_click and isinstance(event, QMouseEvent) and self._hit(option.rect).contains(event.position().toPoint()):
            self._model.choose(index.row(), not self._model.is_chosen(index.row()))
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if event.type() is QEvent.Type.KeyPress:
                self._model.choose(index.row(), not self._model.is_chosen(index.row()))
            return True
        return False

    def _box(self, rect: QRect) -> QRect:
        metrics = self._themes.metrics
        side = metrics.px(_BOX_PX)
        return QRect(rect.left() + metrics.m, rect.center().y() - side // 2 + 1, side, side)

    def _hit(self, rect: QRect) -> QRect:
        return self._box(rect).adjusted(-12, -12, 10, 12)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect = self._themes.theme, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, qcolor(theme.selection if self._view.hasFocus() else theme.selection_inactive))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, qcolor(theme.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), qcolor(theme.line))

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._themes.theme, QRectF(self._box(option.rect)).adjusted(0.5, 0.5, -0.5, -0.5)
        is_chosen = self._model.is_chosen(index.row())
        painter.setPen(QPen(qcolor(theme.accent if is_chosen else theme.control), 1))
        painter.setBrush(qcolor(theme.accent if is_chosen else theme.surface))
        painter.drawRoundedRect(box, 4, 4)
        if is_chosen:
            painter.setPen(QPen(qcolor(theme.accent_text), 1.8, c=Qt.PenCapStyle.RoundCap))
            unit = box.width() / 15
            spots = [(3.8, 7.6), (6.5, 10.3), (11.3, 4.8)]
            points = [box.topLeft() + type(box.topLeft())(x * unit, y * unit) for x, y in spots]
            painter.drawPolyline(points)

    def _paint_badge(self, painter: QPainter, inner: QRect, text: str, hue: int) -> int:
        """Returns where it begins."""
        metrics, look = self._themes.metrics, self._themes.theme.tag(hue)
        font = metrics.font(TextRole.SECONDARY)
        width = QFontMetrics(font).horizontalAdvance(text) + 2 * metrics.s
        height = metrics.px(18)
        badge = QRect(inner.right() - width + 1, inner.top(), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(look.chip))
        painter.drawRoundedRect(QRectF(badge), height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(qcolor(look.chip_text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return badge.left()

    def _write(self, painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(qcolor(colour))
        line = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
