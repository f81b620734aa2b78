"""Rows of one height in lists and trees that need no painting of their own."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from refman.ui.theme import ThemeController


class RowDelegate(QStyledItemDelegate):
    """Gives every row `design_px`; the stylesheet cannot: Qt lays a list out before it knows the heights in it."""

    def __init__(self, themes: ThemeController, parent: QObject, *, design_px: int = 26) -> None:
        super().__init__(parent)
        self._themes = themes
        self._design_px = design_px

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._themes.metrics.px(self._design_px))
