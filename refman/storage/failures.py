"""What SQLite reports, as the errors of `domain.errors`: mapped here and nowhere else."""

import errno
import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError, NoResultFound

from refman.domain.errors import (
    Cancelled,
    ConflictError,
    DiskFull,
    InvalidValue,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryReadOnly,
    NotALibrary,
    RefmanError,
)
from refman.storage.files import has_other_names
from refman.storage.values import MalformedValue


def busy(location: str, holder: str) -> LibraryBusy:
    """Another program writes; `holder` says which one, "" when that is not known."""
    by = f" by {holder}" if holder else ""
    return LibraryBusy(
        "library-busy", f"{location} is being changed{by}; wait until it is done and try again.", location, holder
    )


def read_only(location: str) -> LibraryReadOnly:
    """A change was asked of a library that cannot be written."""
    if has_other_names(location):
        return LibraryReadOnly(
            "library-hard-links",
            f"{location} has another name on this disk (a hard link), and writing under two names would damage it; "
            "remove the other name, or work on a copy made with: refman backup COPY.",
            location,
        )
    return LibraryReadOnly(
        "library-read-only",
        f"{location} cannot be written; give yourself the right to write it and its folder, or copy it elsewhere.",
        location,
    )


def disk_full(location: str) -> DiskFull:
    """No room; the transaction was rolled back."""
    return DiskFull(
        "disk-full", f"The disk of {location} is full; nothing was changed. Free some space and try again.", location
    )


def damaged(location: str, detail: str = "") -> LibraryDamaged:
    """The file can no longer be read as it should."""
    because = f" ({detail})" if detail else ""
    return LibraryDamaged(
        "library-damaged",
        f"{location} is damaged{because}; restore a backup with: refman restore FILE.",
        location,
        detail,
    )


def not_a_library(location: str) -> NotALibrary:
    """Some other file."""
    return NotALibrary("not-a-library", f"{location} is not a refman library; choose another file.", location)


def gone(location: str) -> LibraryMissing:
    """The file is no longer at its place: it was moved, or its drive was pulled out."""
    return LibraryMissing("library-missing", f"{location} is no longer there; put it back.", location)


def _input_output(location: str) -> LibraryError:
    return LibraryError(
        "library-io",
        f"{location} could not be read or written: the disk reports an error; nothing was changed. "
        "Check the disk and try again.",
        location,
    )


def _cannot_open(location: str) -> LibraryError:
    return LibraryError(
        "library-cannot-open", f"{location} cannot be opened; check that you may read it and its folder.", location
    )


def _too_many_files(location: str) -> LibraryError:
    return LibraryError(
        "library-too-many-files",
        f"{location} could not be opened, as too many files are open; close other programs and try again.",
        location,
    )


def _cancelled(_: str) -> Cancelled:
    return Cancelled("cancelled", "The work was stopped.")


def _too_big(location: str) -> InvalidValue:
    return InvalidValue("too-big", f"A text is too long for {location}; shorten it.", location)


# The primary result codes of SQLite (rescode.html); extended codes carry them in their low byte.
_BY_CODE: dict[int, Callable[[str], RefmanError]] = {
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_IOERR: _input_output,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: not_a_library,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_CANTOPEN: _cannot_open,
    sqlite3.SQLITE_PERM: _cannot_open,
    sqlite3.SQLITE_INTERRUPT: _cancelled,
    sqlite3.SQLITE_TOOBIG: _too_big,
    sqlite3.SQLITE_BUSY: lambda location: busy(location, ""),
    sqlite3.SQLITE_LOCKED: lambda location: busy(location, ""),
    # Two programs found the log of a crash at the same time, and neither got to the end of it.
    sqlite3.SQLITE_PROTOCOL: lambda location: busy(location, ""),
}


_OTHER_SCHEMA = re.compile("no such (table|column)|has no column named")
"""What SQLite says, with no code of its own, where letters of the schema have changed."""


def _from_sqlite(error: sqlite3.Error, location: str) -> RefmanError | None:
    # A failed write under RLIMIT_FSIZE or a quota is an I/O error of SQLite with the full disk behind it.
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.IntegrityError):
        return ConflictError("conflict", "What should be changed was changed by somebody else; look at it again.")
    if code is None:
        # The sqlite3 module itself, not SQLite, stumbles over letters that are no UTF-8: refman never writes such.
        return damaged(location) if "Could not decode to UTF-8" in str(error) else None
    make = _BY_CODE.get(code & 0xFF)
    if make is None and _OTHER_SCHEMA.search(str(error)):
        # Which tables are there was looked at before; what refman asks of them is tested with every one it makes.
        return damaged(location, str(error))
    return make(location) if make else None


def _from_system(error: OSError, location: str) -> RefmanError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(location)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(location)
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and not os.path.exists(location):
        return gone(location)
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return _too_many_files(location)
    return _input_output(location)


@contextmanager
def translated(location: str) -> Iterator[None]:
    """Turns what the database reports inside the block into a `RefmanError` about `location`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        known = _from_sqlite(origin, location) if isinstance(origin, sqlite3.Error) else None
        if known is None:
            raise
        raise known from error
    except (JSONDecodeError, MalformedValue, zlib.error, NoResultFound, UnicodeDecodeError) as error:
        # refman writes no such values: bits of the file have changed. The sqlite3 module itself fails with the last
        # one where SQLite's own words quote what is no UTF-8, a changed name in the schema.
        raise damaged(location, "a value in it is not readable") from error
    except UnicodeEncodeError as error:
        raise InvalidValue(
            "bad-character", "A text holds half a character (a lone surrogate); delete it and type it again."
        ) from error


@contextmanager
def translated_system(location: str) -> Iterator[None]:
    """Turns what the system reports inside the block about files into a `RefmanError` about `location`."""
    try:
        yield
    except OSError as error:
        raise _from_system(error, location) from error
