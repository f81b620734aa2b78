"""Connections to a library file, with the settings that were measured (docs/decisions/0010)."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import thread_time
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError

from refman.domain.errors import Cancelled, SearchTooLong
from refman.domain.sqlite_version import SqliteVersion, known_of

BUSY_TIMEOUT_MS = 5000
_STEPS_BETWEEN_LOOKS = 1_000_000
"""Of SQLite's virtual machine: some tens of milliseconds; looking costs a turn of Python's lock."""

_MOST_SCHEMA_STEPS = 200_000
"""Of SQLite's virtual machine while it learns the schema: ten or so for each table or index, of which we have some 60.

A file with a million tables would keep it busy for many minutes.
"""

_COMMON = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "recursive_triggers=ON")
# Writes of another process wait at our lock file; SQLite's own wait is for programs that do not know it.
_WRITER = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "synchronous=FULL",
    "fullfsync=ON",
    "cache_size=-8192",
    "journal_size_limit=67108864",
    *_COMMON,
)
_READER = (f"busy_timeout={BUSY_TIMEOUT_MS}", "query_only=ON", "wal_autocheckpoint=0", "cache_size=-2048", *_COMMON)


def present_version() -> SqliteVersion:
    """The SQLite of this Python."""
    return known_of(sqlite3.sqlite_version_info)


def connect(path: str, query: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    """A bare connection that begins no transaction by itself; `query` is that of a `file:` URI (`mode=ro`).

    Raises: sqlite3.DatabaseError, also for very many tables.
    """
    # The bytes of the name, which need not be UTF-8 and, in the locale C, are not what Python made of them.
    name = quote(os.fsencode(Path(path).absolute()))
    connection = sqlite3.connect(f"file:{name}?{query}", uri=True, isolation_level=None, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    _settle(connection, pragmas)
    return connection


def _settle(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    """Sets the pragmas and lets SQLite read what tables there are. Raises: sqlite3.DatabaseError for very many, too."""
    is_over = False

    def stop() -> bool:
        nonlocal is_over
        is_over = True
        return True

    # Any pragma may be the first to need the schema, and some (`locking_mode`) must come before the first read.
    connection.set_progress_handler(stop, _MOST_SCHEMA_STEPS)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        # What else is wrong with it is met, and told, by whoever reads: a rescue goes on where others stop.
        with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            connection.execute("PRAGMA cache_size").fetchone()
    except sqlite3.DatabaseError:
        if not is_over:
            raise
    finally:
        connection.set_progress_handler(None, 0)
    if is_over:
        raise corrupt("it has more tables than refman ever makes")


def corrupt(detail: str) -> sqlite3.DatabaseError:
    """What SQLite itself would say of a file that contradicts itself."""
    error = sqlite3.DatabaseError(detail)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def connect_writer(path: str) -> sqlite3.Connection:
    """For writing; the file must exist."""
    return connect(path, "mode=rw", _WRITER)


def reading_mode(*, is_immutable: bool) -> str:
    """How to open a library for reading; `is_immutable` touches no file beside it, where none can be written."""
    return "mode=ro&immutable=1" if is_immutable else "mode=ro"


def connect_reader(path: str, *, is_immutable: bool = False) -> sqlite3.Connection:
    """For reading; for `is_immutable` see `reading_mode`."""
    return connect(path, reading_mode(is_immutable=is_immutable), _READER)


def writer_engine(path: str) -> Engine:
    """An engine over one connection whose transactions are `BEGIN IMMEDIATE`."""
    engine = create_engine("sqlite://", creator=lambda: connect_writer(path), poolclass=StaticPool)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def set_log_mode(path: str) -> None:
    """WAL, which is kept in the file; backups come without, so that reading them leaves nothing beside them."""
    with closing(connect(path, "mode=rw", (f"busy_timeout={BUSY_TIMEOUT_MS}",))) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def connect_for_copy(path: str, *, is_immutable: bool) -> sqlite3.Connection:
    """For checks and copies."""
    return connect(path, reading_mode(is_immutable=is_immutable), (f"busy_timeout={BUSY_TIMEOUT_MS}", "mmap_size=0"))


def copy_pages(library: sqlite3.Connection, copy: str) -> None:
    """Writes the state that a connection sees into a file, new or empty, that nobody else has open; not synced."""
    with closing(connect(copy, "mode=rwc", ("journal_mode=OFF", "synchronous=OFF"))) as target:
        library.backup(target)
        # Copied with all else, the mark of a library with a log beside it; a reader would leave files there.
        target.execute("PRAGMA journal_mode=DELETE")


@dataclass(slots=True)
class _Read:
    """A read that runs, on this connection."""

    driver: DBAPIConnection
    thread: int
    is_spared: bool
    is_stopped: bool = False
    longest_s: float = inf
    until: float = inf
    """A time of `thread_time` of its thread."""
    is_too_long: bool = False


class ReaderPool:
    """Reading connections, any number of threads; those that run can be interrupted."""

    def __init__(self, connect_one: Callable[[], sqlite3.Connection]) -> None:
        self._connect_one = connect_one
        self._engine = create_engine(
            "sqlite://", creator=self._connect, poolclass=QueuePool, pool_size=4, max_overflow=60
        )
        _begin_with(self._engine, "BEGIN")
        event.listen(self._engine, "before_cursor_execute", self._stop_if_interrupted)
        self._running: dict[int, _Read] = {}
        self._given_out = 0
        self._is_closed = False
        self._is_outdated = False
        self._guard = threading.Lock()
        self._thread = threading.local()

    def _connect(self) -> sqlite3.Connection:
        driver = self._connect_one()
        driver_id = id(driver)
        # `interrupt` misses a statement that is just about to begin; this finds it a moment later.
        driver.set_progress_handler(lambda: self._is_over(driver_id), _STEPS_BETWEEN_LOOKS)
        return driver

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection inside one read transaction. Raises: Cancelled after `close`."""
        with self._held_open(), self._engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            with self._guard:
                is_spared = getattr(self._thread, "is_spared", False)
                read = self._running[id(driver)] = _Read(driver, threading.get_ident(), is_spared)
            try:
                yield connection
            except OperationalError as error:
                # Interrupted while it makes a virtual table (json_each), SQLite says only that it could not make it.
                if read.is_stopped:
                    raise _stopped() from error
                if read.is_too_long:
                    raise _too_long(read.longest_s) from error
                raise
            finally:
                with self._guard:
                    del self._running[id(driver)]

    def interrupt(self, thread: int | None = None) -> None:
        """Ends the reads of a thread (None: of all) that run now: the statement in work, or the next one."""
        with self._guard:
            for read in self._running.values():
                if not read.is_spared and thread in (None, read.thread):
                    read.is_stopped = True
                    read.driver.interrupt()

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Inside, no read of this thread is ended by an interrupt."""
        before = getattr(self._thread, "is_spared", False)
        self._thread.is_spared = True
        try:
            yield
        finally:
            self._thread.is_spared = before

    @property
    def is_limited(self) -> bool:
        """Whether the reads of this thread may take so much time only."""
        return getattr(self._thread, "is_limited", False)

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Inside, `is_limited` is true."""
        before = self.is_limited
        self._thread.is_limited = True
        try:
            yield
        finally:
            self._thread.is_limited = before

    def end_after(self, connection: Connection, seconds: float) -> None:
        """Ends this read of this thread, with SearchTooLong, when it has taken so much more processor time.

        By the clock a search would be too long on a machine that is busy with other things, or whose disk is slow.
        """
        with self._guard:
            read = self._running[id(connection.connection.dbapi_connection)]
            read.longest_s, read.until = seconds, thread_time() + seconds

    def _is_over(self, driver_id: int) -> bool:
        read = self._running.get(driver_id)
        if read is not None and thread_time() > read.until:
            read.is_too_long = True
        return read is not None and (read.is_stopped or read.is_too_long)

    def _is_stopped(self, driver_id: int) -> bool:
        read = self._running.get(driver_id)
        return read is not None and read.is_stopped

    def _stop_if_interrupted(self, connection: Connection, *_: object) -> None:
        if self._is_stopped(id(connection.connection.dbapi_connection)):
            raise _stopped()

    @contextmanager
    def _held_open(self) -> Iterator[None]:
        """Inside, the connections stay; whoever is the last one to leave a closed pool closes them."""
        with self._guard:
            if self._is_closed:
                raise Cancelled("cancelled", "The library was closed.")
            self._given_out += 1
        try:
            yield
        finally:
            with self._guard:
                self._given_out -= 1
            self._end_if_done()

    def close(self) -> None:
        """Closes every connection: at once, or when the last one that is in use is given back."""
        self._is_closed = True
        self._end_if_done()

    def renew(self) -> None:
        """Closes the present connections as soon as none is in use; whoever reads next opens new ones."""
        self._is_outdated = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        with self._guard:
            if (self._is_closed or self._is_outdated) and not self._given_out:
                # Not while one is in use: SQLAlchemy would forget that one, and open new ones for whoever asks.
                self._is_outdated = False
                self._engine.dispose()


def _stopped() -> Cancelled:
    return Cancelled("cancelled", "The work was stopped.")


def _too_long(seconds: float) -> SearchTooLong:
    return SearchTooLong(
        "search-too-long",
        f"The search was ended after {seconds:.0f} s; look for fewer things at once, or for longer words.",
        f"{seconds:.0f}",
    )
