"""The backups of the library, newest first: one of them is chosen to be restored, or another file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from refman.domain.backups import Backup, BackupReason
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip

_SIZE = (560, 430)
_ROW_PX = 28
_MB = 1_000_000


class BackupsDialog(QDialog):
    """Opens with `open()`; nothing is restored by it: who asked compares and asks once more."""

    chosen = Signal(object)
    """The path of a backup."""
    other_asked = Signal()
    """A file that is not in the list."""

    def __init__(self, backups: Sequence[Backup], *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("backupsDialog")
        self.setWindowTitle(self.tr("Restore a backup"))
        open_at(self, _SIZE, themes=themes)
        self._backups = list(backups)
        metrics = themes.metrics
        head = label(self.tr("What would change is shown before anything is restored."), TextRole.SECONDARY, wrap=True)
        self.table = self._table(metrics.px(_ROW_PX))
        self.other = button(self.tr("&Another file…"))
        self.other.clicked.connect(lambda _=False: self._ask_for_other())
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(lambda _=False: self.reject())
        self.deed = button(self.tr("Restore…"), ButtonKind.PRIMARY)
        self.deed.setDefault(True)
        self.deed.clicked.connect(lambda _=False: self._choose())
        self.table.cellDoubleClicked.connect(lambda *_: self._choose())
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(self.other)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(head)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.table.setCurrentCell(0, 0)
        self.table.setFocus()

    def _table(self, row_height: int) -> QTableWidget:
        table = QTableWidget(len(self._backups), 3)
        table.setObjectName("backupTable")
        table.setAccessibleName(self.tr("Backups, newest first"))
        table.setProperty("framed", True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row_height)
        table.setHorizontalHeaderLabels([self.tr("When"), self.tr("Why"), self.tr("Size")])
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, one in enumerate(self._backups):
            when = one.when.astimezone().strftime("%Y-%m-%d %H:%M")
            size = self.tr("{0} MB").format(f"{one.size / _MB:,.1f}")
            for column, text in enumerate((when, self._why(one.reason), size)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(one.path))
                table.setItem(row, column, item)
        for column in (0, 2):
            table.resizeColumnToContents(column)
        return table

    def _why(self, reason: str) -> str:
        words = {
            BackupReason.TIMED.value: self.tr("By itself, while refman was open"),
            BackupReason.QUIT.value: self.tr("When refman was closed"),
            BackupReason.ASKED.value: self.tr("When you asked for it"),
            BackupReason.RESTORE.value: self.tr("Before another backup was restored"),
            BackupReason.REMOVAL.value: self.tr("Before many papers were removed"),
        }
        return words.get(reason, reason)

    def _choose(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._backups):
            self.accept()
            self.chosen.emit(Path(self._backups[row].path))

    def _ask_for_other(self) -> None:
        self.accept()
        self.other_asked.emit()
