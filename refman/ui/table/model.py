"""The paper list as Qt sees it: ids in an array, rows from a page cache, nothing read while painting."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from refman.domain.listing import PaperRow
from refman.domain.paper import PaperId
from refman.ui.mime import PAPERS, papers_to_mime
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN
from refman.ui.table.page_cache import PAGE_ROWS, PageCache
from refman.ui.table.places import Places

Index = QModelIndex | QPersistentModelIndex
ReadRows = Callable[["array[int]", Callable[[list[PaperRow]], None], Callable[[], None]], None]
"""Reads rows of these ids elsewhere, then calls the second argument on the GUI thread, or the third when it failed."""

_ROOT = QModelIndex()

PLACEHOLDER = "…"
"""What a cell says until its row is read."""


class PaperTableModel(QAbstractTableModel):
    """Count first, first page with it, the other ids later. `data` never reads: it asks for a page, once.

    The model is read-only; an editor in a cell tells the view's delegate, which tells the library.
    """

    filled = Signal()
    """All ids are known now."""
    ids_wanted = Signal()
    """A row was looked at whose paper is not known yet: `extend` is awaited."""

    def __init__(self, read_rows: ReadRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_rows = read_rows
        self._cache = PageCache()
        self._count = 0
        self._is_counted = True
        self._ids: array[int] = array("q")
        self._places: Places | None = None
        self._cited: Mapping[PaperId, int] = {}

    # Which papers ------------------------------------------------------------------------------------------------

    @property
    def age(self) -> int:
        """To be taken before rows are read for `show`: what changes meanwhile is read again."""
        return self._cache.age

    def show(
        self,
        count: int,
        first_ids: "array[int]",
        rows: Iterable[PaperRow] = (),
        *,
        age: int,
        is_counted: bool = True,
    ) -> None:
        """A new list: its length and its beginning; `rows`, read at `age`, are painted at once, in any order.

        While it is not counted `count` is what is known of it, and `count_up` or `extend` tells the rest.
        """
        self.beginResetModel()
        self._count, self._ids, self._places = count, first_ids, None
        self._is_counted = is_counted
        self._cache.store(self._counted(rows), age=age)
        self.endResetModel()

    def count_up(self, count: int) -> None:
        """The exact length of a list that was shown before it was counted; what is shown of it stays as it is."""
        if count < self._count:
            raise ValueError(f"{count} papers where {self._count} are shown")
        self._is_counted = True
        if count > self._count:
            self.beginInsertRows(_ROOT, self._count, count - 1)
            self._count = count
            self.endInsertRows()
        if self.is_filled:
            self.filled.emit()

    def extend(self, ids: "array[int]") -> None:
        """All ids of the list that `show` announced, the first ones included. Their number must be its count."""
        if len(ids) != self._count:
            raise ValueError(f"{len(ids)} ids for {self._count} rows")
        self._ids, self._places = ids, None
        self._repaint()
        self.filled.emit()

    def mark_changed(self, ids: Iterable[int] | None) -> None:
        """These papers (None: any) look different now; they are read again when they are painted."""
        self._cache.mark_changed(ids)
        self._repaint()

    def show_cited(self, cited: Mapping[PaperId, int]) -> None:
        """How often the current project cites papers; those that it does not cite are left out."""
        before, self._cited = self._cited, cited
        changed = {one for one in {*before, *cited} if before.get(one) != cited.get(one)}
        if changed:
            self.mark_changed(changed)

    def _counted(self, rows: Iterable[PaperRow]) -> Iterable[PaperRow]:
        """The rows with what storage does not know of them."""
        cited = self._cited
        return [replace(row, cited=cited[row.id]) if row.id in cited else row for row in rows] if cited else rows

    def forget(self) -> None:
        """Empties the list and the cache, as for another library."""
        self._cache.clear()
        self.show(0, array("q"), age=self.age)

    @property
    def ids(self) -> "array[int]":
        """The ids known so far, in order: all of them when `is_filled`. Not to be changed."""
        return self._ids

    @property
    def is_filled(self) -> bool:
        """True when the id of every row is known."""
        return self._is_counted and len(self._ids) == self._count

    @property
    def is_counted(self) -> bool:
        """False while the list may have more rows than it says."""
        return self._is_counted

    @property
    def places(self) -> Places:
        """Finds the row of an id among those known so far."""
        if self._places is None:
            self._places = Places(self._ids)
        return self._places

    def row_of(self, paper_id: int) -> int | None:
        """The row of a paper, None when it is not among the ids known so far."""
        return self.places.row_of(paper_id)

    def id_at(self, row: int) -> PaperId | None:
        """The paper of a row, None while it is unknown."""
        return PaperId(self._ids[row]) if 0 <= row < len(self._ids) else None

    def row_at(self, row: int) -> PaperRow | None:
        """What a row shows; None while it is unknown, and then its page is asked for."""
        if not 0 <= row < len(self._ids):
            if 0 <= row < self._count:
                self.ids_wanted.emit()
            return None
        paper_id = self._ids[row]
        if not self._cache.is_fresh(paper_id):
            self._ask_for_page(row // PAGE_ROWS)
        return self._cache.row(paper_id)

    # Reading -----------------------------------------------------------------------------------------------------

    def _ask_for_page(self, page: int) -> None:
        wanted = self._cache.ask(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
        if not wanted:
            return
        age = self._cache.age

        def store(rows: list[PaperRow]) -> None:
            self._cache.store(self._counted(rows), age=age)
            self._repaint()

        self._read_rows(wanted, store, lambda: self._cache.give_up(wanted))

    def _repaint(self) -> None:
        # The view repaints only what it shows, so the whole range costs no more than the right one.
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    # Qt ----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of papers."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Number of columns, hidden ones included."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell for readers of the screen; the delegate paints from `row_at`."""
        if role not in _CELL_ROLES or not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return PLACEHOLDER if index.column() == TITLE_COLUMN else ""
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.text(row) or QCoreApplication.translate("Key", column.absent) or None
        return column.text(row) or None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Labels of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role not in _HEADER_ROLES:
            return None
        return QCoreApplication.translate("Column", COLUMNS[section].label)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be selected and dragged, dropped on, and edited where their column names a field."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _EDITABLE if COLUMNS[index.column()].edits else _PLAIN

    def supportedDragActions(self) -> Qt.DropAction:
        """Papers are dragged as copies: putting them on a tag takes them from nowhere."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """What a drag carries."""
        return [PAPERS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The papers of some cells; the view drags ranges and does not come this way."""
        rows = sorted({index.row() for index in indexes})
        return papers_to_mime(array("q", (self._ids[row] for row in rows if row < len(self._ids))))


_CELL_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole)
_HEADER_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_PLAIN = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
