"""On which rows of the sidebar the arrow keys rest."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from refman.ui.sidebar.model import Index, SidebarModel
from refman.ui.sidebar.rows import RowKind

_Action = QAbstractItemView.CursorAction
_DOWNWARDS = (_Action.MoveDown, _Action.MoveNext, _Action.MovePageDown, _Action.MoveHome)
_ASIDE = (_Action.MoveLeft, _Action.MoveRight)


class RestingRows:
    """An open heading is passed by: what can be chosen stands under it. A shut one stands for its rows and is not.

    Left leads from a row to its heading, and shuts that.
    """

    def __init__(self, tree: QTreeView, model: SidebarModel) -> None:
        self._tree = tree
        self._model = model

    def aside(self, action: _Action) -> QModelIndex:
        """Where Left or Right lead to another row; invalid where they open and shut one, and for other keys.

        Qt's own trees do so in some styles of theirs only.
        """
        at = self._tree.currentIndex()
        is_open = self._tree.isExpanded(at) and self._model.rowCount(at) > 0
        if action is _Action.MoveLeft and not is_open:
            return self._model.parent(at)
        first = self._model.index(0, 0, at)
        return first if action is _Action.MoveRight and is_open and self._can_rest(first) else QModelIndex()

    def after(self, found: QModelIndex, action: _Action) -> QModelIndex:
        """Where a key leads that leads to `found` as Qt has it."""
        if action in _ASIDE or not self._is_passed(found):
            return found
        is_down = action in _DOWNWARDS
        there = self._next(found, is_down=is_down)
        return there if there.isValid() else self._next(found, is_down=not is_down)

    def heading_over(self, index: Index) -> QModelIndex:
        """The heading right over a row; it comes into sight with that. Invalid when there is none."""
        above = self._tree.indexAbove(index) if index.isValid() else QModelIndex()
        return above if self._is_passed(above) else QModelIndex()

    def _next(self, index: QModelIndex, *, is_down: bool) -> QModelIndex:
        step = self._tree.indexBelow if is_down else self._tree.indexAbove
        while index.isValid() and not self._is_rest(index):
            index = step(index)
        return index

    def _is_rest(self, index: Index) -> bool:
        return self._can_rest(index) and not self._is_passed(index)

    def _is_passed(self, index: Index) -> bool:
        row = self._model.row_of(index)
        is_open = row is not None and row.kind is RowKind.SECTION and self._tree.isExpanded(index)
        return is_open and self._can_rest(self._model.index(0, 0, index))

    def _can_rest(self, index: Index) -> bool:
        return bool(self._model.flags(index) & Qt.ItemFlag.ItemIsEnabled)
