"""One note being written: what was saved of it and what has to be saved next."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.errors import ConflictError, LibraryError, NotFound, RefmanError
from refman.domain.paper import Note, NoteId, PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.detail.unsaved import Home
from refman.ui.door import LibraryDoor
from refman.ui.wording import sentence

SAVE_AFTER_MS = 1500
"""Counted from the first letter that is not saved: a crash loses less than 2 s, and the steps still merge to one."""

_serials = count(1)


@dataclass(slots=True)
class _Stored:
    """The note as the last write left it. Work on the write lane reads and sets it; it runs in order."""

    note_id: NoteId | None
    text: str


class NoteSession(QObject):
    """Saves as you type. It outlives the editor until its last text is stored."""

    failed = Signal(str)
    stored = Signal()
    """Something typed was stored, perhaps after it had failed."""

    def __init__(self, library: LibraryDoor, paper_id: PaperId, *, note: Note | None, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self.paper_id = paper_id
        self.text = note.text if note else ""
        self.reason = ""
        """Why the text is not stored, "" while nobody knows."""
        self._stored = _Stored(note.id if note else None, self.text)
        self._sent: str | None = self.text
        self._home = Home()
        self._under_way = 0
        self._is_retired = False
        self._merge_key = f"note-{next(_serials)}"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    @property
    def note_id(self) -> NoteId | None:
        """The note, None until it is stored for the first time."""
        return self._stored.note_id

    @property
    def is_clean(self) -> bool:
        """True when everything typed is stored."""
        return not self._under_way and not self._is_unsent

    @property
    def _is_unsent(self) -> bool:
        is_worth_it = self.note_id is not None or self._under_way or bool(self.text.strip())
        return self.text != self._sent and bool(is_worth_it)

    def type(self, text: str) -> None:
        """The editor holds this now."""
        self.text = text
        if self._is_unsent and not self._timer.isActive():
            self._timer.start()

    def save(self, *, must_win: bool = False) -> None:
        """Stores what is typed; `must_win` also over what was changed elsewhere."""
        self._timer.stop()
        if self._is_unsent:
            self._sent = self.text
            self._under_way += 1
            work = self._work(self.text, must_win=must_win)
            self._library.write(work, self._done, owner=self, failed=self._failed, is_quiet=True)

    def take(self, text: str) -> None:
        """The stored text changed elsewhere (undo, another program) while everything here was stored."""
        self.text = self._sent = self._stored.text = text

    def retire(self) -> None:
        """The editor shows something else from now on; this ends once its text is stored."""
        self._is_retired = True
        self.save()
        self._end_if_done()

    def _work(self, text: str, *, must_win: bool) -> Callable[[Library], Outcome]:
        stored, paper_id, merge_key, home = self._stored, self.paper_id, self._merge_key, self._home

        def work(library: Library) -> Outcome:
            home.check(library)
            if stored.note_id is None:
                outcome = library.add_note(paper_id, text)
                stored.note_id = outcome.note_id
            else:
                expected = None if must_win else stored.text
                outcome = library.edit_note(stored.note_id, text, expected=expected, merge_key=merge_key)
            stored.text = text
            return outcome

        return work

    def _done(self, _: Outcome) -> None:
        self._under_way -= 1
        self.reason = ""
        self.stored.emit()
        self._end_if_done()

    def _failed(self, error: Exception) -> None:
        self._under_way -= 1
        # Nothing counts as sent any more: the text is as it was typed, and not stored.
        self._sent = None
        self.reason = sentence(error) if isinstance(error, RefmanError) else ""
        if self._is_retired:
            self._rescue(error)
        elif isinstance(error, ConflictError):
            self.failed.emit(self.tr("This note was changed elsewhere meanwhile; what you typed is still here."))
        elif isinstance(error, RefmanError):
            self.failed.emit(sentence(error))
        if isinstance(error, LibraryError) and not self._is_retired:
            # Another program writes, the disk is full: it is saved as soon as that is over.
            self._timer.start()

    def _rescue(self, error: Exception) -> None:
        """Nobody looks any more and the text is not stored: it becomes a note of its own, or is tried again."""
        if isinstance(error, ConflictError | NotFound) and self.note_id is not None:
            self._stored = _Stored(None, "")
            self.save()
        elif isinstance(error, LibraryError):
            self._timer.start()

    def _end_if_done(self) -> None:
        if self._is_retired and self.is_clean:
            self.deleteLater()
