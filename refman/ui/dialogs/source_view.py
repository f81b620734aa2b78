"""The text that papers were read from, with the part of one of them lit."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from refman.domain.paper import Span
from refman.ui.theme import ThemeController, qcolor


class SourceView(QPlainTextEdit):
    """Read-only. Offsets of spans are characters of Python, which Qt counts differently outside the BMP."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._text = ""
        self._span: Span | None = None
        self._lit: Span | None = None
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
            self._lit = None
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
        # The bar counts lines as far as Qt wrapped them, so the line above is wrapped first. Heights say nothing of it.
        self.blockBoundingRect(cursor.block().previous())
        self.verticalScrollBar().setValue(cursor.block().firstLineNumber() - 1)

    def lit_text(self) -> str:
        """The part that is lit, "" when nothing is."""
        return self._text[self._span.start : self._span.end] if self._span else ""

    def go_to_line(self, line: int) -> None:
        """Scrolls to a 1-based line and puts the cursor there."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def _place(self, offset: int) -> int:
        return offset if self._is_plain else len(self._text[:offset].encode("utf-16-le")) // 2

    def _paint_span(self) -> None:
        """Whole lines, as blocks: the light reaches from edge to edge also where a line is wrapped."""
        if self._lit is not None:
            self._set_ground(self._lit, QTextBlockFormat())
        self._lit = self._span
        if self._span is not None:
            look = QTextBlockFormat()
            look.setBackground(qcolor(self._themes.theme.mark))
            self._set_ground(self._span, look)

    def _set_ground(self, span: Span, look: QTextBlockFormat) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._place(span.start))
        # The end is excluded: a line that begins there is the next paper's.
        cursor.setPosition(max(self._place(span.start), self._place(span.end) - 1), QTextCursor.MoveMode.KeepAnchor)
        cursor.setBlockFormat(look)
