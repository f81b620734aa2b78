"""Tags dropped on the papers of the list."""

from array import array
from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QDragMoveEvent, QDropEvent

from refman.ui.mime import TAGS, tags_of_mime
from refman.ui.table.dragging import targets
from refman.ui.table.model import PaperTableModel


class _Table(Protocol):
    """What the list gives to it."""

    papers: PaperTableModel

    @property
    def selected_ids(self) -> "array[int]": ...

    def rowAt(self, y: int, /) -> int: ...

    def set_hovered(self, row: int) -> None: ...


class TagDrops:
    """Tags on a row go to its paper, or to all selected ones when it is one of them; the rest goes on upwards."""

    def __init__(self, table: _Table, dropped: Callable[["array[int]", list[str]], None]) -> None:
        self._table = table
        self._dropped = dropped

    def accept(self, event: QDragMoveEvent) -> None:
        """Something is held over the list: tags light the row that would get them, the rest is the window's."""
        row = self._table.rowAt(event.position().toPoint().y())
        if event.mimeData().hasFormat(TAGS) and row >= 0:
            event.acceptProposedAction()
            self._table.set_hovered(row)
        else:
            event.ignore()

    def take(self, event: QDropEvent) -> None:
        """Something was let go of over the list."""
        table = self._table
        paper_id = table.papers.id_at(table.rowAt(event.position().toPoint().y()))
        names = tags_of_mime(event.mimeData())
        table.set_hovered(-1)
        if not names or paper_id is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self._dropped(targets(paper_id, table.selected_ids), names)
