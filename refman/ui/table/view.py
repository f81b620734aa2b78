"""The paper list of the window."""

from array import array
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from refman.domain.listing import PaperRow
from refman.domain.paper import PaperId
from refman.domain.settings import RowHeight
from refman.ui.icons import Icons
from refman.ui.table.behaviour import behave_as_list
from refman.ui.table.column_layout import ColumnLayout
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN
from refman.ui.table.delegate import PaperDelegate
from refman.ui.table.dragging import drag_of
from refman.ui.table.drops import TagDrops
from refman.ui.table.header import PaperHeader
from refman.ui.table.keys import ListKeys
from refman.ui.table.model import Index, PaperTableModel
from refman.ui.table.selection import Relist, SelectionKeeper
from refman.ui.theme import ThemeController


class PaperTable(QTableView):
    """Rows of fixed height, whole rows selected, everything by id."""

    selection_changed = Signal()
    """Other papers are selected, or the current one is another; ask `selected_ids` and `current_id`."""
    opened = Signal(object)
    """Enter or a double click: PaperId."""
    tags_dropped = Signal(object, list)
    """Tags were dropped on papers: their ids (`array`) and the names."""
    sort_requested = Signal(tuple)
    """The header was clicked: the wanted `tuple[Sort, ...]`."""
    editing_ended = Signal()

    def __init__(
        self, model: PaperTableModel, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paperTable")
        self.setAccessibleName(self.tr("Papers"))
        self._themes = themes
        self._density = RowHeight.COMFORTABLE
        self._is_relisting = False
        self._is_all_wanted = False
        self._told: tuple[array[int], PaperId | None] = (array("q"), None)
        self.papers = model
        # Before the model: taking it in already asks what is selected.
        self.keeper = SelectionKeeper(self, model)
        self.keys = ListKeys(self)
        self._drops = TagDrops(self, self.tags_dropped.emit)
        self.setModel(model)
        self.header = PaperHeader(themes, icons, fill_menu=lambda menu: self.columns.fill_menu(menu), parent=self)
        self.setHorizontalHeader(self.header)
        self.columns = ColumnLayout(self, themes)
        self.delegate = PaperDelegate(themes, icons, model=model, view=self)
        self.setItemDelegate(self.delegate)
        behave_as_list(self)
        self.doubleClicked.connect(self._open)
        self.header.sort_requested.connect(self.sort_requested)
        model.filled.connect(self._complete)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()
        self.columns.restore(self.columns.choice)

    # What is selected --------------------------------------------------------------------------------------------

    @property
    def selected_ids(self) -> "array[int]":
        """The selected papers in the order of the list; 8 bytes each, any number."""
        return self.keeper.selected_ids()

    @property
    def selected_count(self) -> int:
        """How many rows are selected; costs nothing."""
        return sum(last - first + 1 for first, last in self.keeper.selected_ranges())

    @property
    def is_selection_known(self) -> bool:
        """False while rows are selected whose papers are still being read; a moment later they are."""
        last = max((last for _, last in self.keeper.selected_ranges()), default=-1)
        return last < len(self.papers.ids) and not (self._is_all_wanted and last >= 0)

    @property
    def current_id(self) -> PaperId | None:
        """The paper that the keyboard is at, when it is selected too."""
        index = self.currentIndex()
        return self.papers.id_at(index.row()) if self.selectionModel().isSelected(index) else None

    @property
    def current_row(self) -> PaperRow | None:
        """What is known of the current paper without reading."""
        return self.papers.row_at(self.currentIndex().row())

    def select_paper(self, paper_id: PaperId) -> bool:
        """Selects one paper and scrolls to it; False when it is not in the list (or not known to be, yet)."""
        row = self.papers.row_of(paper_id)
        if row is None:
            return False
        self.keeper.drop()
        self.keeper.go_to_row(row)
        return True

    def go(self, step: int) -> None:
        """Selects the next (1) or the previous (-1) paper; the first one when none is current."""
        # A list that gets the focus has a current row, but it is nobody's choice until it is selected.
        row = self.currentIndex().row() if self.current_id is not None else -1
        self.keeper.go_to_row(0 if row < 0 else min(max(0, row + step), self.papers.rowCount() - 1))

    @property
    def rows_in_sight(self) -> int:
        """How many rows are painted at once."""
        return self.viewport().height() // self.verticalHeader().defaultSectionSize() + 2

    # Changing the list -------------------------------------------------------------------------------------------

    def show_list(
        self,
        count: int,
        first_ids: "array[int]",
        *,
        rows: Iterable[PaperRow],
        age: int,
        why: Relist,
        is_counted: bool = True,
    ) -> None:
        """A new list (see `PaperTableModel.show`); selection and scroll are kept by id, and told at most once."""
        self._is_relisting = True
        self._is_all_wanted = False
        self.keeper.remember(why)
        self.papers.show(count, first_ids, rows, age=age, is_counted=is_counted)
        # Now and not after the first painting: a scroll bar that comes or goes makes other columns, painted once more.
        self.executeDelayedItemsLayout()
        self.keeper.restore()
        self._is_relisting = False
        self._tell_selection()

    def count_up(self, count: int) -> None:
        """The exact length of the list that `show_list` began; all of it is selected if that was wanted."""
        self.papers.count_up(count)
        if self._is_all_wanted:
            self.selectAll()

    def selectAll(self) -> None:  # Ctrl+A; also the rows of a list that is still being counted
        super().selectAll()
        self._is_all_wanted = not self.papers.is_counted

    def forget(self) -> None:
        """Empties the list, as for another library."""
        self.keeper.drop()
        self._is_relisting = True
        self.papers.forget()
        self._is_relisting = False
        self._tell_selection()

    def _complete(self) -> None:
        self._is_relisting = True
        self.keeper.complete()
        self._is_relisting = False
        self._tell_selection()

    def _tell_selection(self) -> None:
        """Says that other papers are selected, if they are, once it is known: no editor is closed for a moment."""
        selected = (self.selected_ids, self.current_id)
        if selected != self._told and not self.keeper.is_waiting:
            self._told = selected
            self.selection_changed.emit()

    @property
    def is_editing(self) -> bool:
        """True while a cell is edited; the list should not be shown anew then."""
        return self.state() is QAbstractItemView.State.EditingState

    def edit_current(self) -> bool:
        """F2: edits the current cell, or the title when the column has no field; False when nothing is current."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        if not COLUMNS[index.column()].edits or self.isColumnHidden(index.column()):
            index = index.siblingAtColumn(TITLE_COLUMN)
            self.keeper.go_to_row(index.row())
        self.edit(index)
        return True

    # Looks -------------------------------------------------------------------------------------------------------

    def set_density(self, density: RowHeight) -> None:
        """Comfortable, compact or dense rows."""
        self._density = density
        self._apply_theme()

    def set_chips(self, are_chips: bool) -> None:
        """Tags with their names, or as dots."""
        self.delegate.tag_marks.are_chips = are_chips
        self.viewport().update()

    def _apply_theme(self) -> None:
        height = self._themes.metrics.row_height(self._density)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.viewport().update()

    def set_hovered(self, row: int) -> None:
        """Lights the row that is pointed at; -1 for none."""
        if row != self.delegate.hovered_row:
            for changed in (self.delegate.hovered_row, row):
                self._update_row(changed)
            self.delegate.hovered_row = row

    def _update_row(self, row: int) -> None:
        if row >= 0:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    # Mouse and keyboard ------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.set_hovered(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self.set_hovered(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keys.take_focus(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.chooses(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read the titles of all rows; the search box is the way."""

    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        end = self.keys.end_of_list(cursorAction)
        return super().moveCursor(cursorAction, modifiers) if end is None else end

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self._is_relisting:
            return
        self._is_all_wanted = False
        self.keeper.drop()
        if not self.is_selection_known:
            self.papers.ids_wanted.emit()
        self._tell_selection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._update_row(previous.row())
        self._update_row(current.row())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.editing_ended.emit()

    def _open(self, index: QModelIndex) -> None:
        if (paper_id := self.papers.id_at(index.row())) is not None:
            self.opened.emit(paper_id)

    # Drag and drop -----------------------------------------------------------------------------------------------

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        if ids := self.selected_ids:
            drag_of(ids, self, themes=self._themes).exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.accept(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_hovered(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.take(event)
