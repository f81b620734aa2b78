"""Libraries whose last session ended without closing them: the file is checked in full, a big one later.

`NAME.refman.unchecked` beside a big library says that the check is still to be made; it goes when the file is sound.
"""

import os
import sqlite3
from contextlib import closing

from refman.domain.errors import LibraryDamaged
from refman.domain.progress import Progress, stop_if_cancelled
from refman.storage.failures import translated, translated_system
from refman.storage.files import has_content
from refman.storage.sqlite import BUSY_TIMEOUT_MS, connect, connect_reader

CHECKED_BYTES = 500 * 1024 * 1024
"""A larger library is not checked at its opening, which would take seconds, but afterwards beside the work."""
_STEPS_BETWEEN_LOOKS = 100_000
"""Of SQLite's virtual machine: a few milliseconds."""


def roll_back_journal(path: str) -> bool:
    """Finishes a switch of the log that a crash cut off (SQLite keeps a journal for it, and must write to use it).

    Only for a file that is known to be a library. True when there was one.
    """
    if not has_content(path + "-journal"):
        return False
    with translated(path), closing(connect(path, "mode=rw", (f"busy_timeout={BUSY_TIMEOUT_MS}",))) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return True


def check_after_crash(path: str) -> None:
    """A full check when the last session left a log and nobody has the library open; of a big one only the need for it.

    Raises: LibraryDamaged.
    """
    if not has_content(path + "-wal"):
        return
    # Late: most libraries were closed.
    from refman.storage.backup import check_sound

    is_big = os.stat(path).st_size > CHECKED_BYTES
    try:
        with closing(connect(path, "mode=rw", ("busy_timeout=0", "locking_mode=EXCLUSIVE"))) as alone:
            alone.execute("SELECT count(*) FROM meta").fetchone()
            if is_big:
                # Before the log goes with this connection: whoever opens the library next must know too.
                _mark(path)
            else:
                check_sound(alone, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise


def needs_check(path: str) -> bool:
    """True for a big library that was not closed and not checked since."""
    return os.path.exists(_mark_of(path))


def forget_need(path: str) -> None:
    """Another file has taken its place."""
    with translated_system(path):
        if needs_check(path):
            os.unlink(_mark_of(path))


def check_file(path: str, progress: Progress) -> list[str]:
    """A full check of the file beside the work of others: what is wrong, empty when sound. Raises: Cancelled.

    Cost: reads the file once, 2 s for 250 MB.
    """
    # Late, as above.
    from refman.storage.backup import check_sound

    with translated(path), closing(connect_reader(path)) as connection:
        connection.set_progress_handler(lambda: int(progress.is_cancelled), _STEPS_BETWEEN_LOOKS)
        try:
            check_sound(connection, path)
        except LibraryDamaged as error:
            return [error.message]
        finally:
            connection.set_progress_handler(None, 0)
    stop_if_cancelled(progress)
    forget_need(path)
    return []


def _mark_of(path: str) -> str:
    return path + ".unchecked"


def _mark(path: str) -> None:
    with translated_system(path):
        os.close(os.open(_mark_of(path), os.O_CREAT | os.O_WRONLY, 0o600))
