"""The fields in which papers differ: a column a paper, the value that stays is ticked; keys and clicks choose."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from refman.domain.fields import field_of
from refman.domain.paper import PaperId
from refman.ui.merging.rows import MergeRow, MergeView
from refman.ui.theme import ThemeController
from refman.ui.widgets.tips import plain_tip

_ROW_PX = 28
_FIRST_DIGIT, _LAST_DIGIT = int(Qt.Key.Key_1), int(Qt.Key.Key_9)


class MergeTable(QTableWidget):
    """GUI thread only. Arrows go from value to value, Space takes the current one, 1 to 9 that of a column."""

    choices_changed = Signal()

    def __init__(self, themes: ThemeController) -> None:
        super().__init__(0, 1)
        self._themes = themes
        self._rows: tuple[MergeRow, ...] = ()
        self._columns: list[PaperId] = []
        self._kept = PaperId(0)
        self._chosen: dict[str, PaperId] = {}
        self.setObjectName("mergeTable")
        self.setAccessibleName(self.tr("Fields in which the papers differ"))
        self.setProperty("framed", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(themes.metrics.px(_ROW_PX))
        self.cellClicked.connect(self._choose)

    @property
    def choices(self) -> dict[str, PaperId]:
        """By field the paper whose value is taken, where that is not the paper that stays."""
        return {row.field: paper for row in self._rows if (paper := self._taken(row)) != self._kept}

    def show_view(self, view: MergeView) -> None:
        """Other papers or another one that stays; what was chosen for a field that is still there stays chosen."""
        self._rows, self._kept = view.rows, view.plan.kept.id
        self._columns = [paper.id for paper in view.papers]
        self.setColumnCount(len(self._columns) + 1)
        self.setRowCount(len(self._rows))
        keys = [paper.key or self.tr("no key") for paper in view.papers]
        self.setHorizontalHeaderLabels([self.tr("Field"), *(f"{n}  {key}" for n, key in enumerate(keys, 1))])
        for column in range(1, self.columnCount()):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for number, row in enumerate(self._rows):
            self._fill(number, row)
        self.resizeColumnToContents(0)
        if self._rows:
            self.setCurrentCell(0, self._columns.index(self._kept) + 1)
        self.choices_changed.emit()

    def _fill(self, number: int, row: MergeRow) -> None:
        name = QTableWidgetItem(QCoreApplication.translate("Field", field_of(row.field).label))
        name.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(number, 0, name)
        for column, paper_id in enumerate(self._columns, start=1):
            text = row.values.get(paper_id, "")
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if not text:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.setItem(number, column, item)
        self._dress(number)

    def _dress(self, number: int) -> None:
        """The value that is taken is ticked and bold."""
        row = self._rows[number]
        taken = self._taken(row)
        for column, paper_id in enumerate(self._columns, start=1):
            item = self.item(number, column)
            if item is None or paper_id not in row.values:
                continue
            font = QFont(self.font())
            font.setBold(paper_id == taken)
            item.setFont(font)
            item.setText(f"✓ {row.values[paper_id]}" if paper_id == taken else row.values[paper_id])

    def _taken(self, row: MergeRow) -> PaperId:
        wanted = self._chosen.get(row.field, self._kept)
        return wanted if wanted in row.values else self._kept

    def _choose(self, number: int, column: int) -> None:
        if not (0 <= number < len(self._rows) and 1 <= column <= len(self._columns)):
            return
        row, paper_id = self._rows[number], self._columns[column - 1]
        if paper_id in row.values:
            self._chosen[row.field] = paper_id
            self._dress(number)
            self.choices_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentRow(), event.key()
        if key == Qt.Key.Key_Space:
            self._choose(row, self.currentColumn())
        elif _FIRST_DIGIT <= key <= _LAST_DIGIT and not event.modifiers():
            self._choose(row, key - _FIRST_DIGIT + 1)
            if row + 1 < self.rowCount():
                self.setCurrentCell(row + 1, self.currentColumn())
        else:
            super().keyPressEvent(event)
