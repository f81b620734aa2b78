"""What the keys of the list do beyond Qt's: they select the row that the keyboard is at, and go to both ends.

Qt gives a list that gets the focus a current row that is not selected. Where that row is the only one, no key that
moves on would ever select it.
"""

from typing import Protocol

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from refman.ui.table.model import PaperTableModel
from refman.ui.table.selection import SelectionKeeper

_Move = QAbstractItemView.CursorAction
_MOVES = {
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
}
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class _Table(Protocol):
    """What the list gives to it."""

    papers: PaperTableModel
    keeper: SelectionKeeper

    @property
    def selected_count(self) -> int: ...

    def isVisible(self) -> bool: ...

    def currentIndex(self) -> QModelIndex: ...

    def selectionModel(self) -> QItemSelectionModel: ...

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex: ...


class ListKeys:
    """Asked by the list before Qt does what it does."""

    def __init__(self, table: _Table) -> None:
        self._table = table

    def take_focus(self, event: QFocusEvent) -> None:
        """A key led here: the row it comes to is selected, unless papers are. A window that opens selects none."""
        if event.reason() in _BY_KEY:
            self.choose()

    def choose(self) -> None:
        """Selects the current row, or the first one, where nothing is selected."""
        if self._table.isVisible() and not self._table.selected_count:
            self._table.keeper.go_to_row(max(0, self._table.currentIndex().row()))

    def chooses(self, event: QKeyEvent) -> bool:
        """Whether a key that moves selected the row that it starts or stays at; Qt does all other moves."""
        table, current = self._table, self._table.currentIndex()
        action = _MOVES.get(Qt.Key(event.key()))
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if action is None or not is_plain or table.selectionModel().isSelected(current):
            return False
        is_none_chosen = not table.selected_count
        if is_none_chosen and event.key() in _STEPS:
            self.choose()
            return True
        wanted = table.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if not is_none_chosen and wanted.row() != current.row():
            return False
        table.keeper.go_to_row(wanted.row())
        return True

    def end_of_list(self, action: QAbstractItemView.CursorAction) -> QModelIndex | None:
        """Home and End go to the first and the last paper, not to the first and the last column; None: another move."""
        papers, column = self._table.papers, max(0, self._table.currentIndex().column())
        if action is _Move.MoveHome:
            return papers.index(0, column)
        if action is _Move.MoveEnd:
            return papers.index(papers.rowCount() - 1, column)
        return None
