"""Where a note is written, and how it looks."""

from math import ceil

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QFocusEvent, QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser, QWidget

from refman.ui.theme import ThemeController, qcolor

# Tags of HTML are text: what is pasted into a note must not look like a part of the program.
_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_HEADING_PX = (0, 18, 16, 14)
"""By level; deeper ones are as large as the text."""


class NoteEditor(QPlainTextEdit):
    """Plain text with an undo of its own; Tab leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesEditor")
        self.setAccessibleName(self.tr("Note, in Markdown"))
        self.setPlaceholderText(self.tr("Write a note in Markdown. It is saved as you type."))
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class NotePreview(QTextBrowser):
    """Markdown as it looks. Reads no file and no page: a link is only told."""

    def __init__(self, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setAccessibleName(self.tr("How the note looks"))
        self.setOpenLinks(False)

    def show_note(self, text: str) -> None:
        """Shows a note; where it is scrolled to stays."""
        place = self.verticalScrollBar().value()
        self.document().setDefaultFont(self._themes.metrics.font())
        self.document().setMarkdown(text, _MARKDOWN)
        block = self.document().begin()
        while block.isValid():
            self._space(block)
            self._mark_links(block)
            block = block.next()
        self.verticalScrollBar().setValue(place)

    def _space(self, block: QTextBlock) -> None:
        """Headings of our sizes: Qt's are twice as large as the text."""
        level, metrics = block.blockFormat().headingLevel(), self._themes.metrics
        cursor = QTextCursor(block)
        spacing = block.blockFormat()
        spacing.setBottomMargin(metrics.xs)
        if level:
            spacing.setTopMargin(metrics.s)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            look = QTextCharFormat()
            look.setProperty(QTextFormat.Property.FontSizeAdjustment.value, 0)
            px = _HEADING_PX[level] if level < len(_HEADING_PX) else _HEADING_PX[-1]
            look.setProperty(QTextFormat.Property.FontPixelSize.value, metrics.px(px))
            look.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(look)
        cursor.setBlockFormat(spacing)

    def _mark_links(self, block: QTextBlock) -> None:
        """Links look like links; what is only underlined by the writer does not."""
        look = QTextCharFormat()
        look.setForeground(qcolor(self._themes.theme.accent))
        look.setFontUnderline(True)
        # Collected first: a change of the text ends the walk through it.
        links, place = [], block.begin()
        while not place.atEnd():
            if place.fragment().charFormat().isAnchor():
                links.append((place.fragment().position(), place.fragment().length()))
            place += 1
        for start, length in links:
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    def height_for(self, width: int) -> int:
        """How high the whole note is at a width."""
        self.document().setTextWidth(width)
        return ceil(self.document().size().height())

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing: neither pictures nor styles are read, from here or from elsewhere."""
        return None
