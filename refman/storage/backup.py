"""Verified copies of a library, out and in."""

import math
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from threading import Event
from time import monotonic

from refman.domain.errors import DiskFull, ExportRefused, LibraryBusy, LibraryError, NotALibrary
from refman.storage.failures import damaged, not_a_library, translated, translated_system
from refman.storage.files import (
    COMPANIONS,
    flush_file,
    flush_folder_of,
    flushed_meanwhile,
    remove_with_companions,
    rights,
    temporary_beside,
)
from refman.storage.identify import check_location, is_other_database, read_header
from refman.storage.lock import WriteLock
from refman.storage.sqlite import connect, connect_for_copy, copy_pages, set_log_mode

LIBRARY_SUFFIX = ".refman"
_CLOSING_S = 5.0
"""How long a restore waits at most for readers: those of the window it was asked in are being stopped."""
_POLL_S = 0.02
_CHECKING = ("cell_size_check=ON", "cache_size=-16000")
"""With 16 MB of pages the check of a copy takes a third less than with SQLite's two; more is no quicker."""
_TABLES = "SELECT name, sql FROM sqlite_master ORDER BY name"


def write_backup(location: str, target: str) -> None:
    """Copies a library to `target`, which is replaced only by a copy that was found sound.

    Raises: ExportRefused, DiskFull, LibraryDamaged.
    """
    _check_target(location, target)
    with translated_system(target), temporary_beside(target) as copy:
        _copy_verified(location, copy, about=target)
        os.replace(copy, target)
        flush_folder_of(target)


def _check_target(location: str, target: str) -> None:
    real = os.path.realpath(target)
    taken = [os.path.realpath(location) + ending for ending in ("", ".lock", *COMPANIONS)]
    if real in taken or (os.path.exists(target) and os.path.samefile(location, target)):
        raise ExportRefused(
            "backup-over-library",
            f"{target} belongs to the library itself; choose another name for the backup.",
            target,
        )
    if os.path.exists(target) and not os.path.isfile(target):
        raise ExportRefused("backup-target", f"{target} is not a file; choose a file name for the backup.", target)
    if not os.path.isdir(os.path.dirname(os.path.abspath(target))):
        raise ExportRefused(
            "backup-folder", f"The folder of {target} does not exist; make it or choose another one.", target
        )


def _copy_verified(location: str, copy: str, *, about: str) -> None:
    """A snapshot of a library in the empty file `copy`, checked and on the disk. A full disk is named by `about`."""
    _, is_immutable = rights(location)
    with translated(about), translated_system(about):
        with closing(connect_for_copy(location, is_immutable=is_immutable)) as library:
            # One state for copy and comparison. It also waits for a lock only as long as `busy_timeout` says: the
            # backup alone would try for ever.
            library.execute("BEGIN")
            expected = library.execute(_TABLES).fetchall()
            _check_room(library, copy, about=about)
            copy_pages(library, copy)
        # The disk works while the processor checks what the system still holds in memory.
        with flushed_meanwhile(copy), closing(connect(copy, "mode=ro", _CHECKING)) as written:
            check_sound(written, location)
            if written.execute(_TABLES).fetchall() != expected:
                raise damaged(location, "the copy differs")


def _check_room(library: sqlite3.Connection, copy: str, *, about: str) -> None:
    """Before anything is written. Raises: DiskFull with what is needed and what is free."""
    (pages,), (size,) = library.execute("PRAGMA page_count").fetchone(), library.execute("PRAGMA page_size").fetchone()
    needed, disk = pages * size, shutil.disk_usage(os.path.dirname(copy))
    # Some drives in a cloud say nothing about their size.
    if disk.total and disk.free < needed:
        wanted, left = _megabytes(needed), f"{disk.free / 1e6:,.1f} MB"
        raise DiskFull(
            "no-room-for-copy",
            f"A copy of the library at {about} needs {wanted}, and {left} are free; nothing was changed. "
            "Free some space and try again.",
            about,
            wanted,
            left,
        )


def _megabytes(size: int) -> str:
    """Rounded up, so that it is never less than what is needed."""
    return f"{math.ceil(size / 1e5) / 10:,.1f} MB"


def check_sound(connection: sqlite3.Connection, location: str) -> None:
    """Raises: LibraryDamaged with SQLite's first complaint."""
    (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(location, str(verdict))


def restore_backup(backup: str, location: str, *, when: datetime, wait_s: float) -> str:
    """Puts a verified copy of `backup` at `location`; gives the path at which the present state stays, or "".

    Raises: as `StoreOpener.open` about the backup, LibraryBusy when the library is open anywhere, DiskFull.
    """
    check_location(backup)
    read_header(backup)
    _check_replaced(location)
    with translated_system(location), temporary_beside(location) as copy:
        _copy_verified(backup, copy, about=location)
        with translated(location):
            set_log_mode(copy)
        flush_file(copy)
        lock = WriteLock(location, wait_s=wait_s)
        lock.acquire()
        try:
            kept = _put_in_place(copy, location, when, wait_s=min(wait_s, _CLOSING_S))
        finally:
            lock.release()
            lock.close()
        flush_folder_of(location)
    return kept


def _check_replaced(location: str) -> None:
    """Raises: NotALibrary when the file that would be replaced is none of ours.

    A file of our name may be a library that is damaged beyond knowing, and that is what backups are for.
    """
    if not os.path.lexists(location):
        return
    if not os.path.isfile(location):
        raise not_a_library(location)
    try:
        read_header(location)
    except NotALibrary:
        if not location.lower().endswith(LIBRARY_SUFFIX) or is_other_database(location):
            raise
    except LibraryError:
        return


def _put_in_place(copy: str, location: str, when: datetime, *, wait_s: float) -> str:
    if not os.path.exists(location):
        remove_with_companions(location)
        os.replace(copy, location)
        return ""
    kept = _free_name(f"{os.path.splitext(location)[0]}.before-restore-{when:%Y%m%d-%H%M%S}")
    _close_log(location, wait_s=wait_s)
    # What SQLite could not take into a damaged library stays with it; it must never meet the restored one.
    for ending in COMPANIONS:
        if os.path.exists(location + ending):
            os.replace(location + ending, kept + ending)
    _rename_both(location, kept, copy)
    return kept


def _rename_both(location: str, kept: str, copy: str) -> None:
    try:
        # With a second name for the old state there is no moment without a library.
        os.link(location, kept)
    except OSError:
        os.replace(location, kept)
    os.replace(copy, location)


def _free_name(stem: str) -> str:
    path, number = f"{stem}.refman", 2
    while os.path.lexists(path):
        path, number = f"{stem}-{number}.refman", number + 1
    return path


def _close_log(location: str, *, wait_s: float) -> None:
    """Takes the log into the library and removes it. Raises: LibraryBusy when anybody has the library open.

    The log of a file that cannot be read as a library is left alone: SQLite would delete it.
    """
    patience = monotonic() + wait_s
    while not _is_log_closed(location):
        if monotonic() > patience:
            raise LibraryBusy(
                "library-open",
                f"{location} is open in another program; close it there and try again.",
                location,
            )
        Event().wait(_POLL_S)


def _is_log_closed(location: str) -> bool:
    """Tries once: False while somebody has the library open."""
    try:
        read_header(location)
        with closing(connect(location, "mode=rw", ("busy_timeout=0", "locking_mode=EXCLUSIVE"))) as library:
            library.execute("PRAGMA journal_mode=DELETE")
    except LibraryError:
        return True
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.DatabaseError:
        # It is to be replaced just because it is damaged.
        return True
    return True
