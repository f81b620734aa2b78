"""Tags dropped on the papers of the list."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QDragMoveEvent, QDropEvent

from refman.ui.mime import TAGS, tags_of_mime
from refman.ui.table.dragging import targets

if TYPE_CHECKING:  # The list is made of this.
    from refman.ui.table.view import PaperTable


class TagDrops:
    """Tags on a row go to its paper, or to all selected ones when it is one of them; the rest goes on upwards."""

    def __init__(self, table: "PaperTable") -> None:
        self._table = table

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
        table.tags_dropped.emit(targets(paper_id, table.selected_ids), names)
