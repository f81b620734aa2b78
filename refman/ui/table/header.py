"""The header of the paper list: sorts by click, further levels by Ctrl+click, columns by right click."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from refman.domain.listing import DEFAULT_SORT, Sort, SortField
from refman.ui.icons import IconName, Icons
from refman.ui.table.columns import COLUMNS, Look
from refman.ui.theme import TextRole, ThemeController, qcolor

_INTO_GAP = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NEWEST_FIRST = frozenset({SortField.ADDED, SortField.CHANGED, SortField.YEAR, SortField.SCORE})
"""What people sort by to see the most of it first."""


class PaperHeader(QHeaderView):
    """Shows the sort and asks for another. It never asks the selection anything.

    Qt's own header would ask for every row whether it is selected, which takes 20 s when 1,000,000 are.
    """

    sort_requested = Signal(tuple)
    """The wanted `tuple[Sort, ...]`."""

    def __init__(
        self, themes: ThemeController, icons: Icons, *, fill_menu: Callable[[QMenu], None], parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._themes = themes
        self._icons = icons
        self._fill_menu = fill_menu
        self._sort: tuple[Sort, ...] = DEFAULT_SORT
        self._hovered = -1
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self.setAccessibleName(self.tr("Columns"))
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.sectionClicked.connect(self._request_sort)

    @property
    def sort(self) -> tuple[Sort, ...]:
        """The levels that are shown."""
        return self._sort

    def set_sort(self, sort: tuple[Sort, ...]) -> None:
        """Shows these levels; asks nobody to sort."""
        self._sort = sort
        self.viewport().update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(self._themes.metrics.px(28))
        return hint

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._modifiers = event.modifiers()
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hovered(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        self._set_hovered(-1)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        theme, metrics = self._themes.theme, self._themes.metrics
        painter.save()
        painter.fillRect(rect, qcolor(theme.hover if logicalIndex == self._hovered else theme.surface))
        painter.setPen(QPen(qcolor(theme.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(metrics.s if self.visualIndex(logicalIndex) else metrics.m, 0, -metrics.s, -1)
        if COLUMNS[logicalIndex].look is Look.ICONS:
            self._paint_icon(painter, inner)
        else:
            self._paint_label(painter, inner, logicalIndex)
        painter.restore()

    def _paint_icon(self, painter: QPainter, inner: QRect) -> None:
        side = self._themes.metrics.px(14)
        place = QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side)
        self._icons.icon(IconName.PAPERCLIP).paint(painter, place)

    def _paint_label(self, painter: QPainter, inner: QRect, section: int) -> None:
        theme, metrics = self._themes.theme, self._themes.metrics
        number = self._level(section)
        if number:
            # Arrow and number may stand in the gap before the next column, so that the label is not cut.
            inner = inner.adjusted(0, 0, metrics.px(_INTO_GAP), 0)
        painter.setFont(metrics.font(TextRole.SECONDARY))
        painter.setPen(qcolor(theme.text if number else theme.text_secondary))
        text = self._fitting(section, inner.width())
        painter.drawText(inner, _LEFT, text)
        if number:
            left = inner.left() + painter.fontMetrics().horizontalAdvance(text) + metrics.xs
            self._paint_sort(painter, QRect(left, inner.top(), inner.right() - left, inner.height()), number)

    def _level(self, section: int) -> int:
        """Which level of the sort a column is, 0 for none."""
        return next((n for n, level in enumerate(self._sort, 1) if level.field == COLUMNS[section].sort), 0)

    def shown_label(self, section: int) -> str:
        """What stands over a column, cut where it must be."""
        gap = self._themes.metrics.px(_INTO_GAP) if self._level(section) else 0
        left = self._themes.metrics.s if self.visualIndex(section) else self._themes.metrics.m
        return self._fitting(section, self.sectionSize(section) - left - self._themes.metrics.s + gap)

    def _fitting(self, section: int, width: int) -> str:
        metrics = self._themes.metrics
        marks = metrics.px((22 if len(self._sort) > 1 else 12) if self._level(section) else 0)
        label = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        measure = QFontMetrics(metrics.font(TextRole.SECONDARY))
        return measure.elidedText(label, Qt.TextElideMode.ElideRight, width - marks)

    def _paint_sort(self, painter: QPainter, place: QRect, number: int) -> None:
        """The arrow of a level and, when there are several, its number."""
        theme, metrics = self._themes.theme, self._themes.metrics
        half = metrics.scale * 3.5
        tip = half / 2 if self._sort[number - 1].is_descending else -half / 2
        centre = QPointF(place.left() + half + 1, place.center().y() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(theme.icon), 1.5 * metrics.scale))
        painter.drawPolyline(
            QPolygonF([centre + QPointF(-half, -tip), centre + QPointF(0, tip), centre + QPointF(half, -tip)])
        )
        if len(self._sort) > 1:
            painter.setFont(metrics.font(TextRole.HEADING))
            painter.setPen(qcolor(theme.text_secondary))
            painter.drawText(place.adjusted(round(2 * half) + metrics.xs, 0, 0, 0), _LEFT, str(number))

    def _request_sort(self, section: int) -> None:
        field = COLUMNS[section].sort
        if field is None:
            return
        is_further = bool(self._modifiers & Qt.KeyboardModifier.ControlModifier)
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self.sort_requested.emit(further_sort(self._sort, field) if is_further else single_sort(self._sort, field))

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(self.viewport().mapToGlobal(place))

    def _set_hovered(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()


def single_sort(now: tuple[Sort, ...], field: SortField) -> tuple[Sort, ...]:
    """A click: by this field alone; when it is the only or first level already, the other way round."""
    first = now[0] if now else None
    if first is not None and first.field is field:
        return (replace(first, is_descending=not first.is_descending),)
    return (Sort(field, is_descending=field in _NEWEST_FIRST),)


def further_sort(now: tuple[Sort, ...], field: SortField) -> tuple[Sort, ...]:
    """Ctrl+click: one level more, or the level of this field the other way round."""
    if any(level.field is field for level in now):
        return tuple(
            replace(level, is_descending=not level.is_descending) if level.field is field else level for level in now
        )
    return (*now, Sort(field, is_descending=field in _NEWEST_FIRST))
