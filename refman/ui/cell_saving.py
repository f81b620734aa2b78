"""What F2 typed into a cell of the list is stored, unless something else stands there by now."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal

from refman.domain.errors import ConflictError, LibraryError, RefmanError
from refman.domain.paper import PaperId
from refman.ui.detail.unsaved import Typed, Unsaved, UnsavedText
from refman.ui.library import LibraryAdapter
from refman.ui.messages import MessageAction, MessageKind
from refman.ui.voice import Voice
from refman.ui.wording import sentence


class CellSaving(QObject):
    """Keeps what could not be stored: a cell has no place for it once its editor is gone."""

    refused = Signal(object)
    """What was typed (`Typed`) is no value of its field; the message bar says why."""
    again = Signal(object)
    """The person wants to go on with what was refused."""

    def __init__(self, adapter: LibraryAdapter, voice: Voice, *, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._voice = voice
        self._under_way: list[tuple[PaperId, str]] = []
        self._conflict: Typed | None = None
        self._left = Unsaved(adapter, self)
        self._left.told.connect(self._tell)
        self.is_last = False
        """True while what is typed ends with its editor: also a value that is refused must be kept then."""

    def save(self, paper_id: PaperId, field: str, text: str, seen: str) -> None:
        """Stores `text` where `seen` stood in the cell when somebody began to type."""
        # A second edit before the first is stored began with what the first replaces.
        is_second = (paper_id, field) in self._under_way
        self._write(Typed(paper_id, field, text, None if is_second else seen))

    def try_all(self) -> None:
        """Does not wait any longer before it tries again."""
        self._left.try_all()

    def texts(self) -> Iterator[UnsavedText]:
        """What is not stored."""
        return self._left.texts()

    def _write(self, typed: Typed) -> None:
        place, is_last = (typed.paper_id, typed.name), self.is_last
        self._under_way.append(place)

        def done(_: object) -> None:
            self._under_way.remove(place)
            self._left.forget(typed)

        def fail(error: Exception) -> None:
            self._under_way.remove(place)
            self._conflict = typed if isinstance(error, ConflictError) else None
            if is_last or isinstance(error, (LibraryError, ConflictError)):
                self._left.keep(typed, error)
            elif isinstance(error, RefmanError):
                again = MessageAction(self.tr("Edit again"), partial(self.again.emit, typed))
                self._voice.say(sentence(error), MessageKind.ERROR, again)
                self.refused.emit(typed)
            else:
                self._adapter.refused.emit(error)

        self._adapter.write(typed.write, done, owner=self, failed=fail, is_quiet=True)

    def _tell(self, reason: str) -> None:
        typed, self._conflict = self._conflict, None
        if typed is None:
            self._voice.say(reason)
            return
        mine = Typed(typed.paper_id, typed.name, typed.value, None)
        keep = MessageAction(self.tr("Keep mine"), partial(self._write, mine))
        self._voice.say(reason, MessageKind.WARNING, keep)
