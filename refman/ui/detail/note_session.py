"""One note being written: what was saved of it and what has to be saved next."""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.errors import ConflictError, LibraryError, NotFound, RefmanError
from refman.domain.paper import Note, NoteId, PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.door import LibraryDoor
from refman.ui.wording import sentence

SAVE_AFTER_MS = 1500
"""Counted from the first letter that is not saved: a crash loses less than 2 s, and the steps still merge to one."""

_serials = count(1)


class NoteSession(QObject):
    """Saves as you type. It outlives the editor until its last text is stored."""

    saved = Signal()
    failed = Signal(str)

    def __init__(self, library: LibraryDoor, paper_id: PaperId, *, note: Note | None, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self.paper_id = paper_id
        self.note_id: NoteId | None = note.id if note else None
        self.text = note.text if note else ""
        self._stored = self.text
        self._in_flight: str | None = None
        self._must_win = False
        self._is_retired = False
        self._merge_key = f"note-{next(_serials)}"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    @property
    def is_clean(self) -> bool:
        """True when everything typed is stored."""
        return self._in_flight is None and not self._is_unsaved

    @property
    def _is_unsaved(self) -> bool:
        return self.text != self._stored and not (self.note_id is None and not self.text.strip())

    def type(self, text: str) -> None:
        """The editor holds this now."""
        self.text = text
        if self._is_unsaved and not self._timer.isActive():
            self._timer.start()

    def save(self) -> None:
        """Stores what is typed; asked while a save is under way it follows that one."""
        self._timer.stop()
        if self._in_flight is not None or not self._is_unsaved:
            return
        self._in_flight = self.text
        self._library.write(self._work(self.text), self._done, owner=self, failed=self._failed, is_quiet=True)

    def take(self, text: str) -> None:
        """The stored text changed elsewhere (undo, another program) while nothing was typed here."""
        self.text = self._stored = text

    def keep_mine(self) -> None:
        """After a conflict: what is typed here wins."""
        self._must_win = True
        self.save()

    def retire(self) -> None:
        """The editor shows something else from now on; this ends once its text is stored."""
        self._is_retired = True
        self.save()
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self._is_retired and self.is_clean:
            self.deleteLater()

    def _work(self, text: str) -> Callable[[Library], Outcome]:
        paper_id, note_id, merge_key = self.paper_id, self.note_id, self._merge_key
        if note_id is None:
            return lambda library: library.add_note(paper_id, text)
        expected = None if self._must_win else self._stored
        return lambda library: library.edit_note(note_id, text, expected=expected, merge_key=merge_key)

    def _done(self, outcome: Outcome) -> None:
        if self._in_flight is not None:
            self._stored = self._in_flight
        self._in_flight, self._must_win = None, False
        self.note_id = self.note_id or outcome.note_id
        self.saved.emit()
        self.save()
        self._end_if_done()

    def _failed(self, error: Exception) -> None:
        self._in_flight = None
        if self._is_retired:
            self._rescue(error)
        elif isinstance(error, ConflictError):
            self.failed.emit(self.tr("This note was changed elsewhere meanwhile; what you typed is still here."))
        elif isinstance(error, RefmanError):
            self.failed.emit(sentence(error))

    def _rescue(self, error: Exception) -> None:
        """Nobody looks any more and the text is not stored: it becomes a note of its own, or is tried again."""
        if isinstance(error, ConflictError | NotFound) and self.note_id is not None:
            self.note_id, self._stored = None, ""
            self.save()
        elif isinstance(error, LibraryError):
            self._timer.start()
