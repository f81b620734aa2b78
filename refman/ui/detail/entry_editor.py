"""Where the BibTeX of one paper is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from refman.ui.mime import files_of
from refman.ui.theme import qcolor


class EntryEditor(QPlainTextEdit):
    """Monospace; Ctrl+Enter and Ctrl+S save, Esc leaves a text that was not changed."""

    saving = Signal()
    leaving = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if (is_enter and is_held) or event.matches(QKeySequence.StandardKey.Save):
            self.saving.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for what stands around: its name is not typed."""
        if files_of(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def replace_text(self, text: str) -> None:
        """Another text, as one step of the editor's own undo; the cursor stays where it is."""
        place = self.textCursor().position()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def mark_lines(self, lines: Sequence[int], colour: str) -> None:
        """A wave under these lines (1-based) and none under others."""
        marks = []
        for line in lines:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document().findBlockByNumber(max(line - 1, 0)))
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(qcolor(colour))
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.setExtraSelections(marks)
