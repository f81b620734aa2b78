"""The text that papers were read from, with the part of one of them lit."""

from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from refman.domain.paper import Span
from refman.ui.theme import ThemeController, qcolor


class SourceView(QPlainTextEdit):
    """Read-only. Offsets of spans are characters of Python, which Qt counts differently outside the BMP."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._text = ""
        self._span: Span | None = None
        self._is_plain = True
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setProperty("framed", True)
        self.setAccessibleName(self.tr("Text that was read"))
        self.document().setDocumentMargin(themes.metrics.s)
        themes.changed.connect(self._paint_span)

    def show_text(self, text: str) -> None:
        """Shows a text unless it is shown already."""
        if text != self._text:
            self._text = text
            # Every character of Python is one of Qt's unless one lies outside the basic plane.
            self._is_plain = text.isascii() or max(text, default="") <= "\uffff"
            self.setPlainText(text)

    def light(self, span: Span | None) -> None:
        """Lights a part and scrolls to it; None lights nothing."""
        self._span = span
        self._paint_span()
        if span is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._place(span.start))
        self.setTextCursor(cursor)
        top = self.cursorRect().top()
        line = max(1, self.fontMetrics().lineSpacing())
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (top - line) // line)

    def go_to_line(self, line: int) -> None:
        """Scrolls to a 1-based line and puts the cursor there."""
        block = self.document().findBlockByLineNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def _place(self, offset: int) -> int:
        return offset if self._is_plain else len(self._text[:offset].encode("utf-16-le")) // 2

    def _paint_span(self) -> None:
        if self._span is None:
            self.setExtraSelections([])
            return
        end = self._place(self._span.end)
        lit: list[QTextEdit.ExtraSelection] = []
        block = self.document().findBlock(self._place(self._span.start))
        while block.isValid() and block.position() < end:
            lit.append(self._lit_line(QTextCursor(block)))
            block = block.next()
        self.setExtraSelections(lit)

    def _lit_line(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setBackground(qcolor(self._themes.theme.mark))
        look.setForeground(QColor(self.palette().color(QPalette.ColorRole.Text)))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        # The stubs of PySide6 give the two members of this struct no type.
        for member, value in (("cursor", cursor), ("format", look)):
            setattr(selection, member, value)
        return selection
