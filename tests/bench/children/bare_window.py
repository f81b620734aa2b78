"""The floor: a PySide6 window with one table of text, nothing else. Prints its memory once it has painted."""

import sys

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from tests.bench.children.memory import resident_mb

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class _Table(QAbstractTableModel):
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1_000

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 7

    def data(self, index: _Index, role: int = 0) -> str | None:
        return f"cell {index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


class _QuitAfterPaint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            print(f"{resident_mb():.1f}", flush=True)
            QApplication.exit(0)
        return False


def main() -> int:
    """Shows the window, prints and ends."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    table = QTableView()
    table.setModel(_Table())
    window.setCentralWidget(table)
    watcher = _QuitAfterPaint()
    table.viewport().installEventFilter(watcher)
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
