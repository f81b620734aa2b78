"""Words that the library's abstracts write with a capital: which of them shall keep it in titles."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE_PX = (360, 440)
_ROW_PX = 28


class WordProposals(QDialog):
    """Open it with `open()`; `chosen` carries the words that were left checked."""

    chosen = Signal(object)

    def __init__(self, words: Sequence[str], *, themes: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("wordProposals")
        self.setWindowTitle(self.tr("Words in braces"))
        open_at(self, _SIZE_PX, themes=themes)
        metrics = themes.metrics
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setAccessibleName(self.tr("Proposed words"))
        for word in words:
            item = QListWidgetItem(word)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, metrics.px(_ROW_PX)))
            self.list.addItem(item)
        self.add = button(self.tr("Add words"), ButtonKind.PRIMARY)
        self.add.setDefault(True)
        self.add.setEnabled(bool(words))
        self.add.clicked.connect(lambda _=False: self._choose())
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(lambda _=False: self.reject())
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.s)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.add)
        told = (
            self.tr("These words of titles have a capital inside sentences of the abstracts.")
            if words
            else self.tr("The abstracts of this library propose no more words.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(label(told, TextRole.SECONDARY, wrap=True))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def _choose(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        words = [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
        self.accept()
        self.chosen.emit(words)
