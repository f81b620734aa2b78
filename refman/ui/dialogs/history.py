"""The journal: what was done, newest first, with undo and redo."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from refman.domain.changes import Operation, OperationState
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.detail.value_editors import beside_text
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import ThemeController, qcolor
from refman.ui.widgets.looks import button
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip

_SIZE_PX = (560, 480)
_ROW_PX = 28
_SHOWN_MOST = 1000


class HistoryDialog(QDialog):
    """Stays open beside the window; what others do meanwhile is shown after `refresh`."""

    def __init__(self, library: LibraryDoor, *, themes: ThemeController, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._icons = icons
        metrics = themes.metrics
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("History"))
        open_at(self, _SIZE_PX, themes=themes)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was done, newest first"))
        self.list.setProperty("framed", True)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(metrics.icon_size(16))
        self.undo = button(self.tr("Undo"))
        self.undo.setIcon(icons.icon(IconName.UNDO_2))
        self.redo = button(self.tr("Redo"))
        self.redo.setIcon(icons.icon(IconName.REDO_2))
        for made in (self.undo, self.redo):
            made.setIconSize(beside_text(metrics))
        close = button(self.tr("Close"))
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.undo.clicked.connect(lambda _=False: self._do(lambda library: library.undo()))
        self.redo.clicked.connect(lambda _=False: self._do(lambda library: library.redo()))
        close.clicked.connect(lambda _=False: self.accept())
        self.refresh()

    def refresh(self) -> None:
        """Reads the journal anew."""
        self._library.read(
            lambda library: (library.history(_SHOWN_MOST), library.undoable(), library.redoable()),
            self._show,
            owner=self,
            slot="history",
        )

    def _do(self, work: Callable[[Library], Outcome]) -> None:
        self._library.write(work, lambda _: self.refresh(), owner=self)

    def _show(self, found: tuple[list[Operation], Operation | None, Operation | None]) -> None:
        operations, undoable, redoable = found
        self.list.clear()
        for operation in operations:
            self.list.addItem(self._item(operation))
        self.undo.setEnabled(undoable is not None)
        self.redo.setEnabled(redoable is not None)
        self.undo.setToolTip(plain_tip(undoable.name) if undoable else "")
        self.redo.setToolTip(plain_tip(redoable.name) if redoable else "")

    def _item(self, operation: Operation) -> QListWidgetItem:
        when = operation.when.astimezone().strftime("%Y-%m-%d %H:%M")
        is_undone = operation.state is OperationState.UNDONE
        text = f"{when}   {operation.name}"
        item = QListWidgetItem(self.tr("{0} (undone)").format(text) if is_undone else text)
        item.setIcon(self._icons.icon(IconName.UNDO_2 if is_undone else IconName.CHECK, Tint.NORMAL))
        item.setSizeHint(QSize(0, self._themes.metrics.px(_ROW_PX)))
        if is_undone:
            font = item.font()
            font.setStrikeOut(True)
            item.setFont(font)
            item.setForeground(qcolor(self._themes.theme.text_secondary))
        return item
