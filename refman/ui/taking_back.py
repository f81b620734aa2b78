"""Undo, redo and other long steps in the window: a short one in its turn among the writes, a long one as work."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from refman.domain.changes import Changes, Operation, OperationId
from refman.domain.errors import ConflictError
from refman.domain.frozen import dataclass
from refman.domain.progress import NoProgress, Progress
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.library import LibraryAdapter

LONG_PAPERS = 1000
"""From so many papers on (about a second) a step is replayed beside the writes of others, with its progress shown."""

_Find = Callable[[Library], Operation | None]


class _Replay(Protocol):
    def __call__(self, library: Library, progress: Progress, *, only: OperationId | None) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class LongStep:
    """A step that takes its time: what the status bar calls it, and the work. Raises: as `Library.undo`."""

    name: str
    work: Callable[[Library, Progress], Outcome]


class TakingBack(QObject):
    """Whatever was asked to be written before is written first; then the last step is looked at."""

    long_found = Signal(object)
    """A LongStep that should be run as work, nothing of it is done yet; `end_long` must follow."""
    failed = Signal(object)
    """Why nothing was done."""

    def __init__(self, adapter: LibraryAdapter, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._is_long = False
        self._waiting: list[Callable[[], None]] = []

    def undo(self) -> None:
        """Takes back the last step of the library."""
        self._in_turn(lambda: self._replay(_undoable, _undo, self.tr("Undoing: {0}")))

    def redo(self) -> None:
        """Does the last undone step again."""
        self._in_turn(lambda: self._replay(_redoable, _redo, self.tr("Doing again: {0}")))

    def undo_step(self, step: OperationId) -> None:
        """Takes back that step and no other, as the button of a message means it."""
        self._in_turn(
            lambda: self._replay(lambda library: _last_if(library, step), _undo, self.tr("Undoing: {0}"), only=step)
        )

    def begin(self, step: LongStep) -> None:
        """Has a long step done; undo and redo that are asked for meanwhile wait for it."""
        self._in_turn(lambda: self._begin_long(step))

    def end_long(self, *, is_done: bool) -> None:
        """The long step has ended: what was pressed meanwhile is done now, or given up when the step was."""
        self._is_long = False
        waiting, self._waiting = self._waiting, []
        for deed in waiting if is_done else ():
            self._in_turn(deed)

    def _in_turn(self, deed: Callable[[], None]) -> None:
        if self._is_long:
            self._waiting.append(deed)
        else:
            deed()

    def _replay(self, find: _Find, work: _Replay, name: str, *, only: OperationId | None = None) -> None:
        found: list[Operation] = []

        def look(library: Library) -> Outcome:
            step = find(library)
            if step is None or step.papers < LONG_PAPERS:
                return work(library, NoProgress(), only=only)
            found.append(step)
            return Outcome(Changes(), "", "nothing-yet")

        def finish(outcome: Outcome) -> None:
            if found:
                # It does not run among the writes: something may be written before its turn comes.
                long = LongStep(name.format(found[0].name), partial(work, only=found[0].id))
                self._in_turn(lambda: self._begin_long(long))
            else:
                self._adapter.told.emit(outcome)

        self._adapter.write(look, finish, owner=self, failed=self.failed.emit, is_quiet=True)

    def _begin_long(self, step: LongStep) -> None:
        self._is_long = True
        self.long_found.emit(step)


def _undoable(library: Library) -> Operation | None:
    return library.undoable()


def _redoable(library: Library) -> Operation | None:
    return library.redoable()


def _undo(library: Library, progress: Progress, *, only: OperationId | None) -> Outcome:
    return library.undo(progress, only=only)


def _redo(library: Library, progress: Progress, *, only: OperationId | None) -> Outcome:
    return library.redo(progress, only=only)


def _last_if(library: Library, step: OperationId) -> Operation:
    """The last step when it is that one. Raises: ConflictError."""
    last = library.undoable()
    if last is None or last.id != step:
        name = last.name if last is not None else ""
        raise ConflictError("undo-not-last", f"Something was done since: {name}. Undo that first (Ctrl+Z).", name)
    return last
