"""What a file is, found out through SQLite and without changing a byte of it or beside it."""

import os
import sqlite3
from contextlib import closing

from refman.domain.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryTooNew,
    NotALibrary,
    NotSupportedHere,
)
from refman.domain.frozen import dataclass
from refman.storage.failures import not_a_library, translated
from refman.storage.files import has_content
from refman.storage.schema import APPLICATION_ID, REVISION, SCHEMA_VERSION, SEARCH_DDL
from refman.storage.sqlite import connect_reader, corrupt
from refman.storage.tables import metadata

_FOREIGN = (
    "SELECT type, name FROM sqlite_master "
    "WHERE type = 'trigger' OR (type = 'view' AND name NOT LIKE '%!_content' ESCAPE '!') LIMIT 1"
)

_VIEW = "".join(SEARCH_DDL[0].split())
"""The one view of this schema; another one could give the search index anything, or never end."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a library says of itself; `revision` is "" when it cannot be told from the main file alone."""

    schema_version: int
    revision: str


def check_is_path(location: str) -> None:
    """Raises: NotSupportedHere for an address."""
    if "://" in location:
        raise NotSupportedHere(
            "no-team-libraries",
            f"{location} is the address of a database; this version of refman opens library files only.",
            location,
        )


def check_location(location: str) -> None:
    """Raises: NotSupportedHere for an address, LibraryMissing, NotALibrary."""
    check_is_path(location)
    if not os.path.exists(location):
        raise LibraryMissing(
            "library-missing",
            f"There is no library at {location}; check the name, or make one with: refman init.",
            location,
        )
    if not os.path.isfile(location) or os.stat(location).st_size == 0:
        raise not_a_library(location)


def read_header(location: str) -> Header:
    """The numbers of a library file, which must exist.

    Reads the main file only, as if it could not change: nothing appears beside it. A crash while its log was being
    taken in leaves it torn, and only together with the log does it say what it is. Raises: NotALibrary,
    LibraryTooNew, LibraryDamaged.
    """
    try:
        return _read_header(location, is_immutable=True)
    except (LibraryDamaged, NotALibrary):
        if not has_content(location + "-wal"):
            raise
    return _read_header(location, is_immutable=False)


def _read_header(location: str, *, is_immutable: bool) -> Header:
    with translated(location), closing(connect_reader(location, is_immutable=is_immutable)) as connection:
        header = header_of(connection)
    return check_header(location, header)


def is_other_database(location: str) -> bool:
    """True for a database in good order that another program made."""
    try:
        with translated(location), closing(connect_reader(location, is_immutable=True)) as connection:
            is_filled = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
            return is_filled and header_of(connection) is None
    except LibraryError:
        return False


def header_of(connection: sqlite3.Connection) -> Header | None:
    """The numbers as an open connection sees them; None for a database of another program."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return None
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        return Header(version, "")
    _check_schema(connection, is_present=version == SCHEMA_VERSION)
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None:
        raise corrupt("it does not say which revision it has")
    return Header(version, revision[0])


def _check_schema(connection: sqlite3.Connection, *, is_present: bool) -> None:
    """Triggers and views that refman did not make could change or show anything. Raises: sqlite3.DatabaseError."""
    foreign = connection.execute(_FOREIGN).fetchone()
    if foreign is not None:
        raise corrupt(f"it holds the {foreign[0]} {foreign[1]}, which refman did not make")
    views = (
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall() if is_present else ()
    )
    for name, text in views:
        if "".join(str(text).split()) != _VIEW:
            raise corrupt(f"its view {name} is not the one that refman made")
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = sorted({*metadata.tables, "alembic_version"} - names) if is_present else []
    if missing:
        raise corrupt(f"it has no {missing[0]}")


def check_header(location: str, header: Header | None) -> Header:
    """The header of a library that can be opened. Raises: NotALibrary, LibraryTooNew."""
    if header is None:
        raise not_a_library(location)
    if header.schema_version > SCHEMA_VERSION:
        raise _too_new(location, str(header.schema_version), str(SCHEMA_VERSION))
    # The number of today with a revision that is not of today: no migration of ours leads from it.
    if header.schema_version == SCHEMA_VERSION and header.revision != REVISION:
        raise _too_new(location, header.revision, REVISION)
    return header


def _too_new(location: str, schema: str, known: str) -> LibraryTooNew:
    return LibraryTooNew(
        "library-too-new",
        f"{location} was written by a newer refman (schema {schema}, this one knows {known}); nothing was changed. "
        "Install the newest refman to open it.",
        location,
        schema,
        known,
    )
