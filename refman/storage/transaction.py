"""The write side of an open library: turns at the lock, transactions, and the step inside them."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Connection, Engine

from refman.domain.changes import OperationId, OperationState
from refman.domain.errors import LibraryError, LibraryReadOnly
from refman.domain.ports import Clock
from refman.storage.failures import gone, translated, translated_system
from refman.storage.files import identity
from refman.storage.ids import Ids
from refman.storage.journal import Step
from refman.storage.journal_writes import bump_version, drop_undone, newest_step, prune, save_step
from refman.storage.lock import WriteLock
from refman.storage.search_index import SearchIndexes
from refman.storage.sqlite import writer_engine
from refman.storage.values import to_seconds
from refman.storage.writer import SqliteWriter
from refman.storage.writes import Workspace

_MERGE_SECONDS = 2
_LONGEST_TURN_S = 5.0
"""How long a bulk step that nobody waits for stays in one transaction: each commit makes a small search index."""


class WriteSide:
    """One writing connection and the lock. Any thread, one at a time.

    `file` is what the library was at its opening; `when_refused` lets go of every other connection to it.
    """

    def __init__(
        self,
        location: str,
        clock: Clock,
        *,
        wait_s: float,
        file: tuple[int, int] | None = None,
        when_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._location = location
        self._clock = clock
        self._lock = WriteLock(location, wait_s=wait_s)
        self._when_refused = when_refused
        self._engine: Engine | None = None
        self._file = file or identity(location)
        self._merge: tuple[str, int, int] | None = None

    @contextmanager
    def transaction(self, wait_s: float | None = None) -> Iterator[Connection]:
        """One transaction with the lock held; whoever uses it commits, else all is rolled back.

        Raises: LibraryBusy (after `wait_s`, else as long as a write waits), LibraryMissing, LibraryReadOnly, DiskFull.
        """
        with (
            self._turn(wait_s),
            self._opened_well(),
            translated(self._location),
            self._writing_engine().connect() as connection,
        ):
            connection.begin()
            try:
                yield connection
            finally:
                # A COMMIT that was refused leaves the transaction open, and SQLAlchemy takes it for ended.
                driver = connection.connection.dbapi_connection
                if driver is not None:
                    driver.rollback()

    @contextmanager
    def _opened_well(self) -> Iterator[None]:
        """Where SQLite was not let write, the next turn opens the file anew.

        When the system refuses to open the library, its log or the index of that for writing, SQLite opens it for
        reading without a word, and stays so after the refusal is long over; the index is one for all connections.
        """
        try:
            yield
        except LibraryReadOnly:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            self._when_refused()
            raise

    @contextmanager
    def operation(self, step: Step) -> Iterator[SqliteWriter]:
        """A writer whose changes become `step` when the block ends. Raises: as `transaction`."""
        with self.transaction() as connection:
            before = total_changes(connection)
            writer = self.writer(connection, step)
            yield writer
            self._finish(writer, is_over=True)
            if not step.has_changes and total_changes(connection) != before:
                bump_version(connection)
            connection.commit()

    def writer(self, connection: Connection, step: Step) -> SqliteWriter:
        """A writer over a transaction."""

        began = monotonic()

        def next_chunk() -> None:
            nonlocal began
            self._finish(writer, is_over=False)
            self.next_turn(connection)
            began = monotonic()

        def is_turn_over() -> bool:
            return self._lock.is_awaited or monotonic() - began >= _LONGEST_TURN_S

        workspace = Workspace(
            connection, self._clock, step, SearchIndexes(connection), Ids(connection), next_chunk, is_turn_over
        )
        writer = SqliteWriter(workspace)
        return writer

    def commit_if_whole(self, connection: Connection) -> bool:
        """Commits, but for rows that belong to none (deferred foreign keys): then the transaction goes on."""
        try:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.commit()
        except sqlite3.IntegrityError:
            return False
        return True

    def next_turn(self, connection: Connection) -> None:
        """Commits, lets those who wait have their turn, and begins the next transaction."""
        connection.commit()
        with translated_system(self._location):
            self._lock.give_way()
        self._check_file()
        connection.begin()

    @contextmanager
    def _turn(self, wait_s: float | None) -> Iterator[None]:
        with translated_system(self._location):
            self._lock.acquire(wait_s)
        try:
            self._check_file()
            yield
        finally:
            # A bulk step that was not given its next turn no longer holds it.
            if self._lock.is_mine:
                self._lock.release()

    def _writing_engine(self) -> Engine:
        if self._engine is None:
            self._engine = writer_engine(self._location)
        return self._engine

    def _finish(self, writer: SqliteWriter, *, is_over: bool) -> None:
        """Writes index and journal of what the writer did since the last time; before the commit."""
        writer.indexes.flush()
        step = writer.step
        if not step.has_changes:
            return
        now = to_seconds(self._clock.now())
        self._join_last_step(writer.connection, step, now)
        version = bump_version(writer.connection)
        save_step(
            writer.connection,
            step,
            state=OperationState.DONE if is_over else OperationState.RUNNING,
            version=version,
            now=now,
        )
        if not is_over:
            step.is_in_chunks = True
        elif step.operation_id is not None:
            drop_undone(writer.connection, step.operation_id)
            prune(writer.connection, step.operation_id, now)
            step.operation = writer.step_of(OperationId(step.operation_id))
            self._merge = (step.merge_key, step.operation_id, now)

    def _join_last_step(self, connection: Connection, step: Step, now: int) -> None:
        """Makes the changes part of the last step when they follow it closely under one key."""
        if not step.merge_key or step.operation_id is not None or self._merge is None:
            return
        key, operation_id, then = self._merge
        is_close = key == step.merge_key and 0 <= now - then <= _MERGE_SECONDS
        if is_close and newest_step(connection) == (operation_id, OperationState.DONE):
            step.operation_id = operation_id

    def _check_file(self) -> None:
        """Raises: LibraryMissing or LibraryError when the path no longer leads to the file that is open."""
        if not os.path.exists(self._location):
            raise gone(self._location)
        if identity(self._location) != self._file:
            raise LibraryError(
                "library-replaced", f"{self._location} was replaced by another file; open it again.", self._location
            )

    def close(self) -> None:
        """Closes the connection; SQLite checkpoints when it was the last one, which needs a turn."""
        if self._engine is not None:
            is_mine = self._acquired()
            self._engine.dispose()
            self._engine = None
            if is_mine:
                self._lock.release()
        self._lock.close()

    def _acquired(self) -> bool:
        """Without the turn somebody else has the library open, so closing checkpoints nothing."""
        try:
            self._lock.acquire()
        except (LibraryError, OSError):
            return False
        return True


def total_changes(connection: Connection) -> int:
    """How many rows this connection has written since it was opened."""
    driver = connection.connection.dbapi_connection
    return int(getattr(driver, "total_changes", 0))
