"""The preview (Space): the current paper in large over the list, while the keyboard stays in the list."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QScrollArea, QVBoxLayout, QWidget

from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.ui.detail.note_editor import NotePreview
from refman.ui.detail.record import PaperRecord, read_record
from refman.ui.door import LibraryDoor
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import label, stand_out

_TEXT_CHARACTERS = 72
_MOST_HEIGHT = 640
_SHADOW_PX = 32
_EDGE_PX = 1


class PaperPreview(QFrame):
    """Lies over `base` and follows the current paper; whoever owns it closes it by Space or Esc."""

    link_chosen = Signal(str)
    """A link in a note was clicked."""
    toggled = Signal()
    """It is shown now, or hidden."""

    def __init__(self, library: LibraryDoor, themes: ThemeController, *, base: QWidget) -> None:
        super().__init__(base)
        self._library = library
        self._themes = themes
        self._base = base
        self.setAccessibleName(self.tr("Preview"))
        stand_out(self, "preview")
        self._title = label(role=TextRole.TITLE, wrap=True)
        self._authors = label(wrap=True)
        self._line = label(role=TextRole.SECONDARY, wrap=True)
        self._abstract = label(wrap=True)
        self._notes = self._notes_in_full()
        page = QWidget()
        self._column = QVBoxLayout(page)
        for part in (self._title, self._authors, self._line, self._abstract, self._notes):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        # What it lies on is the card itself.
        page.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        # The line around the card is a part of its style, which keeps it free.
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(_SHADOW_PX)
        shadow.setOffset(0, _SHADOW_PX / 4)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self._held_by: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        base.installEventFilter(self)
        themes.changed.connect(self._resize)
        self._resize()
        self.hide()

    def show_paper(self, paper_id: PaperId) -> None:
        """Shows a paper, in the place of the one shown before."""
        self._library.read(lambda library: _read(library, paper_id), self._show, owner=self, slot="preview")

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """What the keyboard goes to may lie under it."""
        if now is not None and now is not self._held_by and self._base.isAncestorOf(now):
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._held_by = QApplication.focusWidget()
        self.toggled.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.toggled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _show(self, record: PaperRecord | None) -> None:
        if record is None:
            self.hide()
            return
        head = record.head
        texts = (
            (self._title, head.title),
            (self._authors, ", ".join(head.authors) + (" et al." if head.is_cut else "")),
            (self._line, " · ".join(part for part in (head.line, head.key) if part)),
            (self._abstract, record.paper.plain("abstract")),
        )
        for where, text in texts:
            where.setText(text)
            where.setVisible(bool(text))
        self._notes.show_note("\n\n---\n\n".join(note.text for note in record.notes))
        self._notes.setVisible(bool(record.notes))
        self.setAccessibleDescription(head.title)
        self._scroll.verticalScrollBar().setValue(0)
        self._place()
        self.show()
        self.raise_()

    def _notes_in_full(self) -> NotePreview:
        """Notes as they look, as high as they are: the card scrolls, not they."""
        notes = NotePreview(self._themes)
        notes.setProperty("kind", "bare")
        notes.viewport().setAutoFillBackground(False)
        notes.document().setDocumentMargin(0)
        notes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        notes.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        notes.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))
        return notes

    def _place(self) -> None:
        metrics, room = self._themes.metrics, self._base.rect()
        measure = self._abstract.fontMetrics().averageCharWidth() * _TEXT_CHARACTERS
        width = min(measure + 3 * metrics.xl, room.width() - 2 * metrics.xl)
        self._notes.setFixedHeight(self._notes.height_for(width - 2 * (metrics.xl + _EDGE_PX)))
        most = min(metrics.px(_MOST_HEIGHT), room.height() - 2 * metrics.xl)
        height = min(most, self._column.totalHeightForWidth(width - 2 * _EDGE_PX) + 2 * _EDGE_PX)
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def _resize(self) -> None:
        metrics = self._themes.metrics
        self._column.setContentsMargins(metrics.xl, metrics.xl, metrics.xl, metrics.xl)
        self._column.setSpacing(metrics.m)


def _read(library: Library, paper_id: PaperId) -> PaperRecord | None:
    return read_record(library, paper_id)
