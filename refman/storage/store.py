"""An open library file."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from refman.domain.changes import Changes, Operation, OperationId
from refman.domain.ports import Clock
from refman.domain.progress import Progress
from refman.domain.sqlite_version import SqliteVersion
from refman.storage.failures import read_only, translated
from refman.storage.files import identity
from refman.storage.journal import Step
from refman.storage.packing import RowPacking
from refman.storage.reader import SqliteReader
from refman.storage.search.recall import Recall
from refman.storage.sqlite import ReaderPool, connect_reader, present_version
from refman.storage.unclean import check_file, needs_check

if TYPE_CHECKING:
    from refman.storage.transaction import WriteSide
    from refman.storage.writer import SqliteWriter


_LONGEST_SEARCH_S = 2.0
_LONGEST_PER_PAPER_S = 10e-6
"""Where there are more than 200,000: of 1,000,000 papers the longest searches that we could think of take 10 s."""


def _longest_search_s(papers: int) -> float:
    return max(_LONGEST_SEARCH_S, papers * _LONGEST_PER_PAPER_S)


class SqliteStore:
    """`domain.ports.Store` over a SQLite file that was found sound and of the present schema."""

    def __init__(
        self, location: str, clock: Clock, *, is_writable: bool = True, is_immutable: bool = False, wait_s: float = 5.0
    ) -> None:
        self._location = location
        self._is_writable = is_writable
        self._readers = ReaderPool(lambda: connect_reader(location, is_immutable=is_immutable))
        self._clock = clock
        self._wait_s = wait_s
        self._file = identity(location)
        self._write_side: WriteSide | None = None
        self._guard = threading.Lock()
        self._recall = Recall()
        self._last = threading.local()
        self.taken_back: tuple[str, ...] = ()
        """The names of the steps that a crash had cut off and that were taken back when this was opened."""

    @property
    def location(self) -> str:
        """The path of the library file."""
        return self._location

    @property
    def is_writable(self) -> bool:
        """False for a library that can only be read."""
        return self._is_writable

    @property
    def sqlite(self) -> SqliteVersion:
        """SQLite, and what is known to be wrong with it."""
        return present_version()

    @property
    def packing(self) -> RowPacking:
        """What a worker process needs to prepare drafts for `PackedWrites`."""
        return RowPacking()

    @contextmanager
    def read(self) -> Iterator[SqliteReader]:
        """One snapshot. Any thread; cheap. `interrupt` of another thread ends its running query with Cancelled."""
        with translated(self._location), self._readers.snapshot() as connection:
            reader = SqliteReader(connection, self._recall)
            if self._readers.is_limited:
                self._readers.end_after(connection, _longest_search_s(reader.view.last_id))
            yield reader

    @property
    def _writes(self) -> "WriteSide":
        # Late: most commands only read, and a window shows its first rows before anything is written.
        from refman.storage.transaction import WriteSide

        with self._guard:
            if self._write_side is None:
                self._write_side = WriteSide(
                    self._location, self._clock, wait_s=self._wait_s, file=self._file, when_refused=self._readers.renew
                )
            return self._write_side

    @contextmanager
    def write(self) -> Iterator["SqliteWriter"]:
        """One operation: commits at the end, takes everything back (all chunks too) when an exception passes.

        Raises: LibraryBusy after 5 s, LibraryReadOnly, DiskFull.
        """
        self._check_writable()
        self._last.changes = Changes()
        step = Step()
        try:
            with self._writes.operation(step) as writer:
                yield writer
        except BaseException:
            if step.is_in_chunks and step.operation_id is not None:
                # Late, as `_writes`.
                from refman.storage.take_back import take_back

                take_back(self._writes, step.operation_id)
            raise
        self._last.changes = step.summary.changes(step.operation)

    def last_changes(self) -> Changes:
        """What the last `write`, `undo` or `redo` of this store did (same thread)."""
        changes: Changes = getattr(self._last, "changes", Changes())
        return changes

    def undo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        """Takes back the last step, with `only` that one or none. Raises: NothingToUndo, ConflictError, as `write`."""
        return self._replay(progress, only, is_forward=False)

    def redo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        """Does the last undone step again, with `only` that one or none. Raises: as `undo`, NothingToRedo."""
        return self._replay(progress, only, is_forward=True)

    def _replay(self, progress: Progress, only: OperationId | None, *, is_forward: bool) -> Operation:
        # Late, as `_writes`.
        from refman.storage.undoing import replay_last

        self._check_writable()
        self._last.changes = Changes()
        step = Step(is_replay=True)
        done = replay_last(self._writes, step, progress, only=only, is_forward=is_forward)
        self._last.changes = step.summary.changes(done)
        return done

    def _check_writable(self) -> None:
        if not self._is_writable:
            raise read_only(self._location)

    def interrupt_reads(self, thread: int | None = None) -> None:
        """Ends the running reads of a thread (`threading.get_ident`), with None of all, with Cancelled."""
        self._readers.interrupt(thread)

    def undisturbed(self) -> AbstractContextManager[None]:
        """Inside, `interrupt_reads` ends no read of this thread."""
        return self._readers.undisturbed()

    def limited(self) -> AbstractContextManager[None]:
        """Inside, a read of this thread that takes much more time than a search should ends with SearchTooLong."""
        return self._readers.limited()

    def check(self) -> list[str]:
        """What is wrong with the file, its rows and its index; empty when sound."""
        # Late: only one command asks.
        from refman.storage.checking import problems_of

        return problems_of(self._location)

    @property
    def needs_check(self) -> bool:
        """True for a big library that was not closed properly and whose file was not checked since."""
        return self._is_writable and needs_check(self._location)

    def check_file(self, progress: Progress) -> list[str]:
        """What is wrong with the file alone, beside the work of others; empty when sound. Raises: Cancelled."""
        return check_file(self._location, progress)

    def tend_index(self) -> bool:
        """Merges small parts of the search index for a quarter of a second at most; True while there is more of it.

        Raises: LibraryBusy at once when another program writes, LibraryMissing, DiskFull.
        """
        # Late, as `_writes`.
        from refman.storage.index_tending import tend

        return self._is_writable and tend(self._writes)

    def backup(self, target: str) -> None:
        """A verified copy at `target`, written beside it and renamed. Raises: ExportRefused, DiskFull."""
        # Late: a backup is made long after the start.
        from refman.storage.backup import write_backup

        write_backup(self._location, target)

    def close(self) -> None:
        """Ends every connection; checkpoints when this was the last one."""
        self._readers.close()
        if self._write_side is not None:
            self._write_side.close()
