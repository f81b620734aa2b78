"""A library in memory: the reference of what the ports promise, and quick enough for every test.

A write works on a copy of the whole state, and the journal keeps the states before and after each step: undo cannot
be wrong. Only what the ports promise is here; nothing is locked, merged within 2 s or given up by a conflict.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace

from refman.domain.changes import Changes, Operation, OperationId, OperationState
from refman.domain.errors import (
    ConflictError,
    LibraryExists,
    LibraryMissing,
    LibraryReadOnly,
    NothingToRedo,
    NothingToUndo,
)
from refman.domain.ports import Store
from refman.domain.progress import Progress
from refman.domain.sqlite_version import SqliteVersion, known_of
from refman.storage.packing import RowPacking
from tests.fake_reader import FakeReader
from tests.fake_state import FakeClock as FakeClock
from tests.fake_state import FakeMemory, State, Step, changes_between
from tests.fake_writer import FakeWriter


class FakeStore(FakeMemory):
    """A library in memory."""

    def __init__(self, clock: FakeClock, *, location: str = "memory.refman", is_writable: bool = True) -> None:
        super().__init__(clock)
        self.location = location
        self.is_writable = is_writable
        self.is_unchecked = False
        self.file_problems: list[str] = []
        self.is_open = True
        self._state = State()
        self._last_changes = Changes()

    @property
    def sqlite(self) -> SqliteVersion:
        return known_of((3, 51, 3))

    @property
    def packing(self) -> RowPacking:
        return RowPacking()

    @contextmanager
    def read(self) -> Iterator[FakeReader]:
        yield FakeReader(self, self._state)

    @contextmanager
    def write(self) -> Iterator[FakeWriter]:
        if not self.is_writable:
            raise LibraryReadOnly("read-only", f"{self.location} cannot be written.", self.location)
        before = self._state
        exported = dict(self.exported)
        writer = FakeWriter(self, before.copied())
        try:
            yield writer
        except BaseException:
            self.exported = exported
            raise
        self._last_changes = Changes()
        if writer.state != before or writer.is_kept:
            changes = changes_between(before, writer.state)
            self._keep(writer, before, changes)
            self._show(writer.state, replace(changes, operation=self.steps[-1].operation))

    def _keep(self, writer: FakeWriter, before: State, changes: Changes) -> None:
        if not writer.name:
            raise RuntimeError("a write changed the library without naming its step")
        papers = len(changes.added | changes.changed | changes.removed)
        operation = Operation(
            OperationId(self.new_id()), self.clock.now(), writer.kind, writer.name, OperationState.DONE, papers
        )
        done = [step for step in self.steps if step.operation.state is OperationState.DONE]
        self.steps = [*done, Step(operation, before, writer.state)]

    def _show(self, state: State, changes: Changes) -> None:
        self._state = state
        self._last_changes = changes
        self.writes += 1

    def last_changes(self) -> Changes:
        return self._last_changes

    def undo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        step = next((one for one in reversed(self.steps) if one.operation.state is OperationState.DONE), None)
        if step is None:
            raise NothingToUndo("nothing-to-undo", "There is nothing to undo.")
        _check_only(step.operation, only)
        return self._go(step, step.before, OperationState.UNDONE)

    def redo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        step = next((one for one in self.steps if one.operation.state is OperationState.UNDONE), None)
        if step is None:
            raise NothingToRedo("nothing-to-redo", "There is nothing to do again.")
        _check_only(step.operation, only)
        return self._go(step, step.after, OperationState.DONE)

    def _go(self, step: Step, state: State, result: OperationState) -> Operation:
        step.operation = replace(step.operation, state=result)
        self._show(state, changes_between(self._state, state))
        return step.operation

    def interrupt_reads(self, thread: int | None = None) -> None:
        """Nothing runs here."""

    def undisturbed(self) -> AbstractContextManager[None]:
        return nullcontext()

    def limited(self) -> AbstractContextManager[None]:
        return nullcontext()

    def tend_index(self) -> bool:
        return False

    def check(self) -> list[str]:
        return []

    @property
    def taken_back(self) -> tuple[str, ...]:
        return ()

    @property
    def needs_check(self) -> bool:
        return self.is_unchecked

    def check_file(self, progress: Progress) -> list[str]:
        self.is_unchecked = False
        return self.file_problems

    def backup(self, target: str) -> None:
        raise LibraryReadOnly("read-only", f"{target} is not written: this library is in memory.", target)

    def close(self) -> None:
        self.is_open = False


class FakeOpener:
    """Libraries in memory by their location."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.stores: dict[str, FakeStore] = {}

    def create(self, location: str) -> None:
        if location in self.stores:
            raise LibraryExists("library-exists", f"There is a library at {location}.", location)
        self.stores[location] = FakeStore(self.clock, location=location)

    def open(self, location: str) -> Store:
        if location not in self.stores:
            raise LibraryMissing("library-missing", f"There is no library at {location}.", location)
        return self.stores[location]

    def restore(self, backup: str, location: str) -> str:
        kept = f"{location}.before-restore"
        self.stores[kept], self.stores[location] = self.stores[location], self.stores[backup]
        return kept


def _check_only(last: Operation, only: OperationId | None) -> None:
    if only is not None and last.id != only:
        raise ConflictError("undo-not-last", f"Something was done since: {last.name}.", last.name)
