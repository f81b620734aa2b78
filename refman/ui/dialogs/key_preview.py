"""Keys made anew: the present and the new one of each paper, and which of them are wanted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from refman.services.regenerating import KeyChange
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE = (760, 460)
_ROOM = 16


class KeyPreview(QDialog):
    """Opens with `open()`; `agreed` carries the KeyChange of every row that is ticked.

    A key that a document cites is not ticked at first: changing it here leaves the document behind.
    """

    agreed = Signal(object)

    def __init__(self, changes: Sequence[KeyChange], *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keyPreview")
        self.setWindowTitle(self.tr("Make citation keys"))
        open_at(self, _SIZE, themes=themes)
        self._themes = themes
        self._changes = list(changes)
        self.head = label(self._said(), TextRole.SECONDARY, wrap=True)
        self.table = self._table()
        self.deed = button("", ButtonKind.PRIMARY)
        self.deed.setDefault(True)
        self.deed.clicked.connect(self._agree)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        metrics = themes.metrics
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.table.itemChanged.connect(lambda _: self._show_deed())
        self._show_deed()
        self.table.setFocus()

    @property
    def chosen(self) -> list[KeyChange]:
        """Those that are ticked."""
        states = [self.table.model().index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in self._rows]
        return [
            change
            for change, state in zip(self._changes, states, strict=True)
            if Qt.CheckState(state) is Qt.CheckState.Checked
        ]

    @property
    def _rows(self) -> range:
        return range(len(self._changes))

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._changes), 3)
        table.setObjectName("keyChanges")
        table.setAccessibleName(self.tr("Keys that change"))
        table.setProperty("framed", True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._themes.metrics.px(26))
        table.setHorizontalHeaderLabels([self.tr("Now"), self.tr("New"), self.tr("Title")])
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, change in enumerate(self._changes):
            first = QTableWidgetItem(change.old or self.tr("none"))
            first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(Qt.CheckState.Unchecked if change.is_cited else Qt.CheckState.Checked)
            if change.is_cited:
                first.setForeground(qcolor(self._themes.theme.warning))
                first.setToolTip(self.tr("A document cites this key; rename it everywhere instead."))
            new = QTableWidgetItem(change.new)
            for item in (first, new):
                item.setFont(self._themes.metrics.font(TextRole.MONO))
            table.setItem(row, 0, first)
            table.setItem(row, 1, new)
            table.setItem(row, 2, QTableWidgetItem(change.title))
        for column in (0, 1):
            table.resizeColumnToContents(column)
            # The box in front of a key is not in what Qt measures in this style.
            table.setColumnWidth(column, table.columnWidth(column) + self._themes.metrics.px(_ROOM))
        return table

    def _said(self) -> str:
        cited = sum(change.is_cited for change in self._changes)
        if not cited:
            return self.tr("By the pattern of the preferences these papers get other keys.")
        return self.tr(
            "By the pattern of the preferences these papers get other keys. {0} of them stand in a document and are "
            "left out: rename these everywhere instead."
        ).format(cited)

    def _show_deed(self) -> None:
        count = len(self.chosen)
        self.deed.setEnabled(count > 0)
        self.deed.setText(self.tr("Make 1 key") if count == 1 else self.tr("Make {0} keys").format(f"{count:,}"))

    def _agree(self) -> None:
        chosen = self.chosen
        if chosen:
            self.agreed.emit(chosen)
            self.accept()
