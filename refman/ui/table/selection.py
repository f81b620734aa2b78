"""Keeps the selection, the current paper and the scroll position by id while the list changes under them."""

from array import array
from enum import Enum

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN
from refman.ui.table.model import PaperTableModel
from refman.ui.table.places import Ranges, ids_in, ranges_of

_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_NOTHING = QItemSelectionModel.SelectionFlag.NoUpdate


class Relist(Enum):
    """Why the list is shown anew, and so what a person expects to see of it."""

    SEARCH = "search"
    """Another search or filter: from the top, unless the current paper is still there."""
    SORT = "sort"
    """Another order: around the current paper."""
    REFRESH = "refresh"
    """Something changed: the same place, the next paper where the current one is gone."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    ids: "array[int]"
    current: PaperId | None
    current_row: int
    top: PaperId | None
    top_row: int
    why: Relist
    was_listed: bool
    """False when an earlier list already did not have these papers."""


class SelectionKeeper:
    """`remember` before the list changes, `restore` after, `complete` once all ids are known."""

    def __init__(self, view: QTableView, model: PaperTableModel) -> None:
        self._view = view
        self._model = model
        self._pending: _Remembered | None = None
        self._current_column = TITLE_COLUMN

    def selected_ranges(self) -> Ranges:
        """The selected rows; ranges and not rows, because 1,000,000 may be selected."""
        selection = self._view.selectionModel().selection()
        parts = (selection.at(i) for i in range(selection.count()))
        return sorted((part.top(), part.bottom()) for part in parts)

    def selected_ids(self) -> "array[int]":
        """The selected papers in the order of the list."""
        return ids_in(self._model.ids, self.selected_ranges())

    def current_id(self) -> PaperId | None:
        """The paper that the keyboard is at."""
        return self._model.id_at(self._view.currentIndex().row())

    def remember(self, why: Relist) -> None:
        """Keeps what is selected, or what an earlier list could not show (yet) and nobody replaced since."""
        index = self._view.currentIndex()
        if index.isValid():
            self._current_column = index.column()
        top_row = self._view.rowAt(0)
        kept = self._pending
        self._pending = _Remembered(
            ids=kept.ids if kept else self.selected_ids(),
            current=kept.current if kept else self.current_id(),
            current_row=kept.current_row if kept else index.row(),
            top=self._model.id_at(top_row),
            top_row=max(0, top_row),
            why=why,
            was_listed=kept is None,
        )

    def restore(self) -> None:
        """Selects and scrolls as far as the ids are known; the rest waits for `complete`."""
        kept = self._pending
        if kept is None:
            return
        found = self._select(kept)
        self._scroll(kept)
        if found == len(kept.ids):
            self._pending = None
        elif self._model.is_filled:
            self._settle(kept, found)

    def complete(self) -> None:
        """All ids are known now."""
        self.restore()

    @property
    def is_waiting(self) -> bool:
        """True while papers that were selected are not found among the ids known so far."""
        return self._pending is not None and not self._model.is_filled

    def drop(self) -> None:
        """The person selected something else: what was remembered no longer counts."""
        self._pending = None

    def _settle(self, kept: _Remembered, found: int) -> None:
        """All ids are known and some papers are gone."""
        if kept.why is not Relist.REFRESH and not found:
            # A search that does not show them; they are selected again when it is cleared.
            return
        self._pending = None
        if not found and kept.was_listed:
            self.go_to_row(min(kept.current_row, self._model.rowCount() - 1))

    def _select(self, kept: _Remembered) -> int:
        """Returns how many of the remembered papers were found."""
        ranges = ranges_of(self._model.ids, self._model.places, kept.ids)
        selection = QItemSelection()
        for first, last in ranges:
            selection.select(self._model.index(first, 0), self._model.index(last, len(COLUMNS) - 1))
        self._view.selectionModel().select(selection, _ADD | QItemSelectionModel.SelectionFlag.Clear)
        row = self._model.row_of(kept.current) if kept.current is not None else None
        if row is not None:
            index = self._model.index(row, self._current_column)
            self._view.selectionModel().setCurrentIndex(index, _NOTHING)
        return sum(last - first + 1 for first, last in ranges)

    def _scroll(self, kept: _Remembered) -> None:
        current = self._view.currentIndex()
        if kept.why is Relist.REFRESH:
            row = self._model.row_of(kept.top) if kept.top is not None else None
            wanted = kept.top_row if row is None else row
            # Who looks at the beginning sees what is added there, as a paper that undo brings back.
            is_at_top = kept.top_row == 0 and max(wanted, current.row()) < self._rows_in_sight()
            self._scroll_to_row(0 if is_at_top else wanted)
        elif current.isValid():
            self._view.scrollTo(current, QTableView.ScrollHint.EnsureVisible)
        else:
            self._view.scrollToTop()

    def _rows_in_sight(self) -> int:
        return self._view.viewport().height() // max(1, self._view.verticalHeader().defaultSectionSize())

    def _scroll_to_row(self, row: int) -> None:
        # The geometry of a list that was just reset is only computed with the next layout.
        self._view.updateGeometries()
        self._view.verticalScrollBar().setValue(row)

    def go_to_row(self, row: int) -> None:
        """Selects one row and shows it; nothing when there is no such row."""
        index = self._model.index(row, self._current_column)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._view.selectionModel().setCurrentIndex(index, flags)
            self._view.scrollTo(index)
