"""What was typed into fields and could not be saved: it waits, and is saved as soon as that is possible."""

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.errors import InvalidValue, LibraryError, RefmanError
from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.door import LibraryDoor
from refman.ui.wording import sentence

if TYPE_CHECKING:
    # For types only: what a cell of the list could not save needs none of the details.
    from refman.ui.detail.field_box import FieldBox

AGAIN_MS = 2000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """Something a person typed that is not stored: what it is, the text, and why ("" while nobody knows)."""

    what: str
    text: str
    reason: str = ""
    is_final: bool = False
    """Trying again is of no use, and the person was told."""


class Home:
    """The library that something was typed in: what is tried again later must never go into another one."""

    def __init__(self) -> None:
        self._location = ""

    def check(self, library: Library) -> None:
        """On the lane of the writes. Raises: InvalidValue when another library is open than at the first time."""
        self._location = self._location or library.location
        if self._location != library.location:
            raise InvalidValue(
                "other-library",
                f"{self._location} was closed before it could be saved; type it again there.",
                self._location,
            )


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that a person typed, and what stood there when they did."""

    paper_id: PaperId
    name: str
    value: str
    seen: str | None
    """None where nothing was shown that it could be compared with."""
    home: Home = field(default_factory=Home)

    def write(self, library: Library) -> Outcome:
        """Stores it. Raises: as `Library.edit` and `Home.check`."""
        self.home.check(library)
        return library.edit(
            self.paper_id,
            {self.name: self.value},
            expected=None if self.seen is None else {self.name: self.seen},
            merge_key=f"{self.paper_id}.{self.name}",
        )


class Unsaved(QObject):
    """Tries again while the library is what refuses (in use, read-only, no room). Any other refusal is told."""

    told = Signal(str)
    """Why something typed is not saved yet, or cannot be."""

    def __init__(self, library: LibraryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._left: dict[tuple[PaperId, str], Typed] = {}
        self._reasons: dict[tuple[PaperId, str], str] = {}
        self._given_up: dict[tuple[PaperId, str], UnsavedText] = {}
        self._shown: dict[FieldBox, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._again)

    def texts(self) -> Iterator[UnsavedText]:
        """What no box shows any more and is not stored."""
        for place, typed in self._left.items():
            yield UnsavedText(typed.name, typed.value, self._reasons.get(place, ""))
        yield from self._given_up.values()

    def try_all(self) -> None:
        """Does not wait any longer before it tries again."""
        if self._timer.isActive():
            self._timer.stop()
            self._again()

    def forget(self, typed: Typed) -> None:
        """Something else was stored in its place since."""
        self._given_up.pop((typed.paper_id, typed.name), None)

    def try_again(self, box: "FieldBox", error: Exception) -> None:
        """The box still shows what was typed, and the reason."""
        if isinstance(error, LibraryError):
            self._shown[box] = box.turn
            self._timer.start()

    def keep(self, typed: Typed, error: Exception, *, is_new: bool = True) -> None:
        """Its box shows another paper by now."""
        if not isinstance(error, RefmanError):
            return
        shown = typed.value if len(typed.value) <= _SHOWN else f"{typed.value[:_SHOWN]}…"
        if not isinstance(error, LibraryError):
            self._given_up[typed.paper_id, typed.name] = UnsavedText(
                typed.name, typed.value, sentence(error), is_final=True
            )
            self.told.emit(self.tr("“{0}” was not saved. {1}").format(shown, sentence(error)))
            return
        self._left[typed.paper_id, typed.name] = typed
        self._reasons[typed.paper_id, typed.name] = sentence(error)
        self._timer.start()
        if is_new:
            text = self.tr("“{0}” is not saved yet and will be as soon as that is possible. {1}")
            self.told.emit(text.format(shown, sentence(error)))

    def _again(self) -> None:
        boxes, self._shown = self._shown, {}
        left, self._left = self._left, {}
        for box, turn in boxes.items():
            # One that was left or given up meanwhile shows something else.
            if box.turn == turn:
                box.commit()
        for typed in left.values():
            self._save(typed)

    def _save(self, typed: Typed) -> None:
        self._library.write(
            typed.write,
            owner=self,
            failed=lambda error: self.keep(typed, error, is_new=False),
            is_quiet=True,
        )
