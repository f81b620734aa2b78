"""Copies, texts, checks and rescue of library files; see `domain.keeping.Keeper`."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine

from refman.domain.errors import LibraryExists
from refman.domain.keeping import Rescue
from refman.domain.ports import Clock, Store
from refman.domain.progress import Progress
from refman.domain.sqlite_version import SqliteVersion
from refman.storage.backup import check_sound, write_backup
from refman.storage.checking import INDEXES, problems_of
from refman.storage.failures import translated, translated_system
from refman.storage.files import flush_file, flush_folder_of, make_private_folder, rights, temporary_beside
from refman.storage.identify import check_location, read_header
from refman.storage.journal_check import journal_problems
from refman.storage.migrate import migrate
from refman.storage.opener import SqliteOpener, rename_new, write_empty_library
from refman.storage.schema import REVISION
from refman.storage.sqlite import connect, connect_reader, present_version, set_log_mode
from refman.storage.store import SqliteStore
from refman.storage.text_dump import dump, fill, read_head, unreadable

_VERSION = "SELECT version FROM meta"


class SqliteKeeper:
    """Fulfils `domain.keeping.Keeper` for library files."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @property
    def sqlite(self) -> SqliteVersion:
        """SQLite, and what is known to be wrong with it."""
        return present_version()

    def mark(self, location: str) -> str:
        """A text that differs after every write and when the file was replaced; "" for one never written to."""
        path = os.path.realpath(location)
        check_location(path)
        read_header(path)
        _, is_immutable = rights(path)
        with translated(path), closing(connect_reader(path, is_immutable=is_immutable)) as connection:
            (version,) = connection.execute(_VERSION).fetchone()
        status = os.stat(path)
        return f"{status.st_ino}:{version}" if version > 1 else ""

    def copy(self, location: str, target: str) -> None:
        """A verified copy, made beside `target` and renamed."""
        write_backup(os.path.realpath(location), target)

    @contextmanager
    def view(self, location: str) -> Iterator[Store]:
        """A library or backup to be read only; nothing of it or beside it changes."""
        path = os.path.realpath(location)
        check_location(path)
        if read_header(path).revision == REVISION:
            with _opened(path, self._clock) as store:
                yield store
            return
        with tempfile.TemporaryDirectory(prefix="refman-view-") as folder:
            copy = str(Path(folder, "copy.refman"))
            write_backup(path, copy)
            SqliteOpener(self._clock).open(copy).close()
            with _opened(copy, self._clock) as store:
                yield store

    def dump(self, location: str, write: Callable[[str], object], *, progress: Progress) -> None:
        """Gives all of a library as JSON, a row a line, the same bytes for the same content."""
        path = os.path.realpath(location)
        _, is_immutable = rights(path)
        with translated(path), closing(connect_reader(path, is_immutable=is_immutable)) as connection:
            dump(connection, write, progress=progress)

    def rebuild(self, lines: Iterable[str], location: str) -> int:
        """Makes a new library of what `dump` gave; how many papers it holds."""
        _check_free(location)
        rest = iter(lines)
        _, revision = read_head(next(rest, ""))
        with translated_system(location):
            make_private_folder(os.path.dirname(os.path.abspath(location)))
            with temporary_beside(location) as path:
                with translated(location):
                    _prepare(path, revision)
                    papers = _fill(path, rest)
                    set_log_mode(path)
                flush_file(path)
                rename_new(path, location)
            flush_folder_of(location)
        # Brings an older schema up to date, and proves that the library opens.
        SqliteOpener(self._clock).open(location).close()
        return papers

    def examine(self, location: str, *, progress: Progress) -> list[str]:
        """What is wrong with file, rows, indexes and journal; empty when sound."""
        path = os.path.realpath(location)
        check_location(path)
        problems = problems_of(path)
        progress.report(1, 2, "Journal")
        if not problems:
            with translated(path), _opened(path, self._clock) as store, store.read() as reader:
                problems = journal_problems(reader.connection)
        return problems

    def rescue(self, damaged: str, target: str) -> Rescue:
        """Puts every row that can be read into a new library at `target`."""
        # Late: a backup need not pay for it.
        from refman.storage.rescue import rescue_into

        check_location(damaged)
        _check_free(target)
        return rescue_into(os.path.realpath(damaged), target, clock=self._clock)


@contextmanager
def _opened(path: str, clock: Clock) -> Iterator[SqliteStore]:
    is_writable, is_immutable = rights(path)
    has_log = os.path.exists(path + "-wal")
    store = SqliteStore(path, clock, is_writable=False, is_immutable=is_immutable or not (is_writable or has_log))
    try:
        yield store
    finally:
        store.close()


def _check_free(location: str) -> None:
    if os.path.lexists(location):
        raise LibraryExists("library-exists", f"There is a file at {location} already; choose another name.", location)


def _prepare(path: str, revision: str) -> None:
    """The schema that the text was written from."""
    if revision == REVISION:
        write_empty_library(path)
        return
    engine = create_engine("sqlite://", creator=lambda: connect(path, "mode=rw", ("page_size=4096",)))
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrate(connection, path, to=revision)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()


def _fill(path: str, lines: Iterator[str]) -> int:
    with closing(connect(path, "mode=rw", ("journal_mode=MEMORY", "foreign_keys=ON"))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        fill(connection, lines)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise unreadable("rows that belong to no row")
        for name in INDEXES:
            connection.execute("INSERT INTO " + name + "(" + name + ") VALUES ('rebuild')")
        connection.execute("COMMIT")
        check_sound(connection, path)
        (papers,) = connection.execute("SELECT count(*) FROM paper").fetchone()
    return int(papers)
