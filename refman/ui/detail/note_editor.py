"""Where a note is written, and how it looks."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QFont,
    QImage,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser, QWidget

from refman.ui.detail.note_size import beginning_of, is_shown_at_once
from refman.ui.mime import files_of
from refman.ui.theme import ThemeController, qcolor

# Tags of HTML are text: what is pasted into a note must not look like a part of the program.
_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_HEADING_PX = (0, 18, 16, 14)
"""By level; deeper ones are as large as the text."""
_NO_PICTURE = QImage(1, 1, QImage.Format.Format_ARGB32)
_NO_PICTURE.fill(Qt.GlobalColor.transparent)


class NoteEditor(QPlainTextEdit):
    """Plain text with an undo of its own; Tab leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesEditor")
        self.setAccessibleName(self.tr("Note, in Markdown"))
        self.setPlaceholderText(self.tr("Write a note in Markdown. It is saved as you type."))
        self.setTabChangesFocus(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for what stands around: its name is not typed."""
        if files_of(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class NotePreview(QTextBrowser):
    """Markdown as it looks. Reads no file and no page: a link is only told."""

    def __init__(self, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "read")
        # Qt's, less the frame that shows the focus.
        self.document().setDocumentMargin(2)
        self._themes = themes
        self.setAccessibleName(self.tr("How the note looks"))
        self.setOpenLinks(False)

    def show_note(self, text: str) -> None:
        """Shows a note; where it is scrolled to stays."""
        place = self.verticalScrollBar().value()
        self.document().setDefaultFont(self._themes.metrics.font())
        if is_shown_at_once(text):
            self._show_looks(text)
        else:
            told = self.tr("This note is too long to be shown with its looks. It begins with:")
            self.setPlainText(f"{told}\n\n{beginning_of(text)}")
        # Qt puts the cursor behind the text, and scrolls to it when the preview is first seen.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def _show_looks(self, text: str) -> None:
        self.document().setMarkdown(text, _MARKDOWN)
        block = self.document().begin()
        while block.isValid():
            self._name_pictures(block)
            self._space(block)
            self._mark_links(block)
            block = block.next()

    def _name_pictures(self, block: QTextBlock) -> None:
        """Pictures become links with their names: they are not read, and an empty place says nothing."""
        for start, length in reversed(_places(block, lambda look: look.isImageFormat())):
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            picture = cursor.charFormat().toImageFormat()
            look = QTextCharFormat()
            look.setAnchor(True)
            look.setAnchorHref(picture.name())
            name = picture.property(QTextFormat.Property.ImageAltText.value) or picture.name()
            cursor.insertText(str(name) * length, look)

    def _space(self, block: QTextBlock) -> None:
        """Headings of our sizes: Qt's are twice as large as the text."""
        level, metrics = block.blockFormat().headingLevel(), self._themes.metrics
        cursor = QTextCursor(block)
        spacing = block.blockFormat()
        spacing.setBottomMargin(metrics.xs)
        if block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel.value):
            # It stands in as far as the items of a list do: without a ground of its own it would go on with one above.
            spacing.setBackground(qcolor(self._themes.theme.hover))
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
        for start, length in _places(block, lambda look: look.isAnchor()):
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    def height_for(self, width: int) -> int:
        """How high the whole note is at a width."""
        self.document().setTextWidth(width)
        return ceil(self.document().size().height())

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Neither pictures nor styles are read, from here or from elsewhere.

        Where there is no picture Qt looks for a file of that name by itself, which may be a pipe; so there is one.
        """
        return QImage(_NO_PICTURE) if type == QTextDocument.ResourceType.ImageResource.value else None


def _places(block: QTextBlock, is_wanted: Callable[[QTextCharFormat], bool]) -> list[tuple[int, int]]:
    """Where texts of some look begin, and their lengths; a change of the text would end a walk through it."""
    found, place = [], block.begin()
    while not place.atEnd():
        if is_wanted(place.fragment().charFormat()):
            found.append((place.fragment().position(), place.fragment().length()))
        place += 1
    return found
