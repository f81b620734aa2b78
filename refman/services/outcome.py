"""What every write gives back: what changed, and one sentence about it."""

from refman.domain.changes import Changes
from refman.domain.frozen import dataclass
from refman.domain.paper import NoteId


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with the code and the arguments by which the window translates it."""

    code: str
    message: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a write. `changes.operation` is the step that Undo takes back; None when nothing happened.

    `note_id` is that of a note that was added.
    """

    changes: Changes
    message: str
    code: str
    arguments: tuple[str, ...] = ()
    note_id: NoteId | None = None

    @property
    def is_nothing(self) -> bool:
        """True when the library is as it was."""
        return self.changes.is_empty


def outcome_of(changes: Changes, done: Sentence, *, note_id: NoteId | None = None) -> Outcome:
    """The outcome that says `done`, or that there was nothing to change."""
    if changes.is_empty:
        return Outcome(changes, "Nothing to change.", "nothing-to-change")
    return Outcome(changes, done.message, done.code, done.arguments, note_id)


def count_of(number: int, thing: str) -> str:
    """`1 paper`, `2,191 papers`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
