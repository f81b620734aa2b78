"""Making, opening and restoring library files."""

import os
from contextlib import closing

from sqlalchemy import create_engine

from refman.domain.errors import LibraryExists
from refman.domain.ports import Clock
from refman.storage.failures import read_only, translated, translated_system
from refman.storage.files import (
    flush_file,
    flush_folder_of,
    make_private_folder,
    remove_abandoned,
    rights,
    temporary_beside,
)
from refman.storage.identify import check_header, check_is_path, check_location, header_of, read_header
from refman.storage.schema import REVISION, create_schema
from refman.storage.sqlite import connect, connect_reader, set_log_mode
from refman.storage.store import SqliteStore
from refman.storage.unclean import check_after_crash, forget_need, roll_back_journal

_HALF_DONE = "SELECT 1 FROM operation WHERE state NOT IN ('done', 'undone')"


class SqliteOpener:
    """`domain.ports.StoreOpener` for library files. `wait_s`: how long a write waits for another program."""

    def __init__(self, clock: Clock, *, wait_s: float = 5.0) -> None:
        self._clock = clock
        self._wait_s = wait_s

    def create(self, location: str) -> None:
        """An empty library. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""
        if os.path.lexists(location):
            raise LibraryExists(
                "library-exists", f"There is a file at {location} already; choose another name.", location
            )
        if "://" in location:
            check_location(location)
        with translated_system(location):
            make_private_folder(os.path.dirname(os.path.abspath(location)))
            with temporary_beside(location) as path:
                with translated(location):
                    write_empty_library(path)
                flush_file(path)
                rename_new(path, location)
            flush_folder_of(location)

    def open(self, location: str) -> SqliteStore:
        """Opens and, if need be, migrates (verified backup first).

        Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy, NotSupportedHere.
        """
        _drop_half_restored(location)
        check_location(location)
        path = os.path.realpath(location)
        header = read_header(path)
        is_writable, is_immutable = rights(path)
        if is_writable and roll_back_journal(path):
            header = read_header(path)
        if is_writable:
            with translated_system(path):
                remove_abandoned(path)
            taken_back = self._bring_up_to_date(path)
        elif header.revision != REVISION:
            raise read_only(path)
        else:
            taken_back = ()
        store = SqliteStore(path, self._clock, is_writable=is_writable, is_immutable=is_immutable, wait_s=self._wait_s)
        store.taken_back = taken_back
        return store

    def _bring_up_to_date(self, path: str) -> tuple[str, ...]:
        """Checks after a crash, migrates, and takes back what was left half done: the names of these steps.

        One look costs a connection and two SELECTs; it also sees what stands in the log alone.
        """
        with translated(path), closing(connect_reader(path)) as connection:
            is_old = check_header(path, header_of(connection)).revision != REVISION
            is_half_done = not is_old and connection.execute(_HALF_DONE).fetchone() is not None
            has_log = connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with translated(path):
            check_after_crash(path)
            if not has_log:
                set_log_mode(path)
        if not is_old and not is_half_done:
            return ()
        # Late: most libraries are of today and whole.
        from refman.storage.migrate import back_up_before_migration, migrate
        from refman.storage.take_back import take_back_abandoned
        from refman.storage.transaction import WriteSide
        from refman.storage.undoing import settle_abandoned

        writes = WriteSide(path, self._clock, wait_s=self._wait_s)
        try:
            if is_old:
                back_up_before_migration(path, when=self._clock.now())
                with writes.transaction() as connection:
                    migrate(connection, path)
                    connection.commit()
            taken_back = take_back_abandoned(writes)
            settle_abandoned(writes)
        finally:
            writes.close()
        return taken_back

    def restore(self, backup: str, location: str) -> str:
        """Verified copy in; the present state stays beside it, its path is returned ("" when there was none).

        Raises: as `open` about the backup, LibraryBusy when the library is open anywhere.
        """
        # Late: hardly anybody restores.
        from refman.storage.backup import restore_backup

        check_is_path(location)
        path = os.path.realpath(location)
        kept = restore_backup(backup, path, when=self._clock.now(), wait_s=self._wait_s)
        forget_need(path)
        return kept


def write_empty_library(path: str) -> None:
    """The schema and nothing else, into an empty file."""
    engine = create_engine("sqlite://", creator=lambda: connect(path, "mode=rw", ("page_size=4096",)))
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        create_schema(connection)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    set_log_mode(path)


def rename_new(path: str, location: str) -> None:
    """Gives the new file its name, but never that of a file that appeared meanwhile."""
    try:
        os.link(path, location)
    except FileExistsError as error:
        raise LibraryExists(
            "library-exists", f"There is a file at {location} already; choose another name.", location
        ) from error
    except OSError:
        # A disk without hard links.
        os.rename(path, location)


def _drop_half_restored(location: str) -> None:
    """A restore that was cut off between its two renames leaves the library with two names: the second one goes."""
    path = os.path.realpath(location)
    if not os.path.isfile(path) or os.stat(path).st_nlink != 2:
        return
    folder, stem = os.path.dirname(path), os.path.splitext(os.path.basename(path))[0]
    for name in os.listdir(folder):
        other = os.path.join(folder, name)
        if name.startswith(f"{stem}.before-restore-") and os.path.samefile(path, other):
            os.unlink(other)
