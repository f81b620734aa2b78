"""A focused editor gets Ctrl+Z and Ctrl+Shift+Z while it has something to undo; after that the library does."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class EditorKeys(QObject):
    """Watches whichever editor has the focus. Qt's editors keep the keys to themselves even with nothing to undo."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit) and self._window.isAncestorOf(now):
            self._watched = now
            now.installEventFilter(self)
            now.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_spent(watched, event):
            event.ignore()
            return True
        return False


def _is_spent(editor: QObject, event: QKeyEvent) -> bool:
    """Whether the key asks for an undo or redo that the editor has nothing for."""
    is_undo = event.matches(QKeySequence.StandardKey.Undo)
    is_redo = event.matches(QKeySequence.StandardKey.Redo)
    match editor:
        case QLineEdit():
            can_undo, can_redo = editor.isUndoAvailable(), editor.isRedoAvailable()
        case QPlainTextEdit() | QTextEdit():
            can_undo, can_redo = editor.document().isUndoAvailable(), editor.document().isRedoAvailable()
        case _:
            return False
    return (is_undo and not can_undo) or (is_redo and not can_redo)
