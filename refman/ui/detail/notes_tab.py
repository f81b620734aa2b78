"""The tab Notes: the notes of a paper, an editor for Markdown, and how it looks."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.paper import Note, NoteId, PaperId
from refman.ui.detail.note_editor import NoteEditor, NotePreview
from refman.ui.detail.note_session import NoteSession
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label
from refman.ui.widgets.section_header import SectionHeader
from refman.ui.widgets.splitter import LineSplitter

_LIST_ROWS = 4
_WIDE_PX = 640
"""From this width on the note stands beside how it looks."""
_ROW_PX = 26


class NotesTab(QWidget):
    """A dirty editor is never replaced: a save always comes before anything else is shown in it."""

    link_chosen = Signal(str)

    def __init__(
        self,
        library: LibraryDoor,
        themes: ThemeController,
        *,
        icons: Icons,
        editor: NoteEditor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._icons = icons
        self._paper_id: PaperId | None = None
        self._notes: tuple[Note, ...] = ()
        self._session: NoteSession | None = None
        self._is_filling = False
        self._is_writable = True
        self.list = QListWidget()
        self.editor = editor
        self.setFocusProxy(self.editor)
        self.preview = NotePreview(self._themes)
        self.warning = label("", TextRole.ERROR, wrap=True)
        self.keep = button(self.tr("Keep mine"))
        self._lay_out()
        self._connect()
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def _lay_out(self) -> None:
        header = SectionHeader(self.tr("Notes"), themes=self._themes)
        self.add = header.add_button(IconName.PLUS, self.tr("New note"), icons=self._icons)
        self.delete = header.add_button(IconName.TRASH_2, self.tr("Delete this note"), icons=self._icons)
        self.list.setAccessibleName(self.tr("Notes of this paper"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        split = self._split = LineSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.editor)
        self.editor.show()
        split.addWidget(self.preview)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._conflict = QWidget()
        row = self._conflict_row = QHBoxLayout(self._conflict)
        row.addWidget(self.warning, 1)
        row.addWidget(self.keep)
        self._conflict.hide()
        self._top = QVBoxLayout()
        self._top.addWidget(header)
        self._top.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self._conflict)
        column.addWidget(split, 1)
        # The editor is older than the list.
        QWidget.setTabOrder(self.list, self.editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= self._themes.metrics.px(_WIDE_PX)
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.flush)
        self.add.clicked.connect(lambda _=False: self.new_note())
        self.delete.clicked.connect(lambda _=False: self._delete())
        self.keep.clicked.connect(lambda _=False: self._keep_mine())
        self.preview.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))

    # What is shown -----------------------------------------------------------------------------------------------

    def show_notes(self, paper_id: PaperId, notes: Sequence[Note], *, is_other: bool) -> None:
        """Shows another paper's notes, or the same paper's anew."""
        if is_other:
            self.flush()
            self._paper_id, self._notes = paper_id, tuple(notes)
            self._begin(self._notes[0] if self._notes else None)
        else:
            self._notes = tuple(notes)
            self._refresh()
        self._fill_list()

    def clear(self) -> None:
        """No paper: saves and shows nothing."""
        if self._session is not None:
            self._session.retire()
        self._paper_id, self._notes, self._session = None, (), None
        self._allow_typing()
        self._fill_editor("")
        self._fill_list()

    def flush(self) -> None:
        """Saves what is typed. Call it before anything that may look at or change the stored notes.

        What was typed into a note that is no longer shown and could not be saved is tried again as well.
        """
        for session in self.findChildren(NoteSession):
            session.save()

    def unsaved(self) -> Iterator[UnsavedText]:
        """What is typed and not stored, also of notes that are no longer shown."""
        for session in self.findChildren(NoteSession):
            if not session.is_clean:
                yield UnsavedText(self.tr("Note"), session.text, session.reason)

    def new_note(self) -> None:
        """An empty editor; what is typed into it becomes a note."""
        self.flush()
        self._begin(None)
        self._fill_list()
        self.editor.setFocus()

    def set_writable(self, is_writable: bool) -> None:
        """Whether notes can be written."""
        self._is_writable = is_writable
        self._allow_typing()
        self.add.setEnabled(is_writable)
        self.delete.setEnabled(is_writable and self.current_note is not None)

    def _allow_typing(self) -> None:
        """Without a paper, as while one is read, there is nothing that could keep what is typed."""
        self.editor.setReadOnly(not self._is_writable or self._session is None)

    @property
    def current_note(self) -> NoteId | None:
        """The note in the editor, None for one that is not stored yet."""
        return self._session.note_id if self._session else None

    def _begin(self, note: Note | None) -> None:
        if self._paper_id is None:
            return
        if self._session is not None:
            self._session.retire()
        self._session = NoteSession(self._library, self._paper_id, note=note, parent=self)
        self._session.failed.connect(self._warn)
        self._session.stored.connect(self._unwarn)
        self._allow_typing()
        self._conflict.hide()
        self._fill_editor(self._session.text)

    def _refresh(self) -> None:
        session = self._session
        if session is None or not session.is_clean:
            return
        stored = next((note for note in self._notes if note.id == session.note_id), None)
        if stored is None and session.note_id is not None:
            self._begin(self._notes[0] if self._notes else None)
        elif stored is None and self._notes and not session.text:
            self._begin(self._notes[0])
        elif stored is not None and stored.text != session.text:
            session.take(stored.text)
            self._fill_editor(stored.text)

    def _fill_editor(self, text: str) -> None:
        if self.editor.toPlainText() != text:
            self._is_filling = True
            self.editor.setPlainText(text)
            self._is_filling = False
        self.preview.show_note(text)

    def _fill_list(self) -> None:
        current = self.current_note
        is_new = self._session is not None and current is None
        self.list.blockSignals(True)
        self.list.clear()
        for note in self._notes:
            self._add_row(_first_line(note.text) or self.tr("Empty note"), note.id)
        if is_new and self._notes:
            self._add_row(self.tr("New note"), None)
        places = [place for place in range(self.list.count()) if self.list.item(place).data(_ROLE) == current]
        self.list.setCurrentRow(places[0] if places else -1)
        self.list.blockSignals(False)
        self.list.setVisible(self.list.count() > 1)
        rows = min(self.list.count(), _LIST_ROWS)
        self.list.setFixedHeight(rows * self._themes.metrics.px(_ROW_PX) + 2)
        self.delete.setEnabled(current is not None and not self.editor.isReadOnly())

    def _add_row(self, text: str, note_id: NoteId | None) -> None:
        item = QListWidgetItem(text)
        item.setData(_ROLE, note_id)
        item.setSizeHint(QSize(0, self._themes.metrics.px(_ROW_PX)))
        self.list.addItem(item)

    # What the person does ----------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if self._is_filling or self._session is None:
            return
        text = self.editor.toPlainText()
        self._session.type(text)
        self.preview.show_note(text)
        if self.list.currentRow() >= 0:
            self.list.currentItem().setText(_first_line(text) or self.tr("Empty note"))

    def _choose(self, place: int) -> None:
        item = self.list.item(place)
        chosen = item.data(_ROLE) if place >= 0 else None
        note = next((one for one in self._notes if one.id == chosen), None)
        if note is not None and note.id != self.current_note:
            self.flush()
            self._begin(note)
            self.delete.setEnabled(not self.editor.isReadOnly())

    def _delete(self) -> None:
        note_id = self.current_note
        if note_id is not None:
            self.flush()
            self._library.write(lambda library: library.delete_note(note_id), owner=self)

    def _warn(self, reason: str) -> None:
        if self.sender() is self._session:
            self.warning.setText(reason)
            self._conflict.show()

    def _unwarn(self) -> None:
        if self.sender() is self._session:
            self._conflict.hide()

    def _keep_mine(self) -> None:
        self._conflict.hide()
        if self._session is not None:
            self._session.save(must_win=True)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        self._top.setContentsMargins(metrics.m, metrics.xs, metrics.m, metrics.xs)
        self._conflict_row.setContentsMargins(metrics.m, 0, metrics.m, metrics.xs)
        for view in (self.editor, self.preview):
            view.document().setDocumentMargin(metrics.m)
        self.preview.show_note(self.editor.toPlainText())


_ROLE = Qt.ItemDataRole.UserRole


def _first_line(text: str) -> str:
    return next((line.strip("# >*-\t") for line in text.splitlines() if line.strip("# >*-\t")), "")
