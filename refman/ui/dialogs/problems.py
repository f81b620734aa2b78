"""The list of what an import could not use, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE = (640, 420)


class ProblemsDialog(QDialog):
    """One problem a line. Never blocks: `open()`."""

    def __init__(self, problems: Sequence[str], *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("problemsDialog")
        self.setWindowTitle(self.tr("Problems of the import"))
        metrics = themes.metrics
        open_at(self, _SIZE, themes=themes)
        self._text = "\n".join(problems)
        view = QPlainTextEdit(self._text)
        view.setReadOnly(True)
        view.setProperty("kind", "field")
        view.setAccessibleName(self.tr("Problems"))
        copy = button(self.tr("Copy"), parent=self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        close = button(self.tr("Close"), parent=self)
        close.setDefault(True)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("The rest was imported."), TextRole.SECONDARY), 1)
        row.addWidget(copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(view)
        column.addLayout(row)
