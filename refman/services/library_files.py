"""Which files belong to a library, found by device and inode so that no link leads around it."""

import os
from pathlib import Path

LIBRARY_SUFFIX = ".refman"
NEW_FILE = ".new-"
"""How the name of a file begins that is being copied beside a library."""
_COMPANIONS = ("", "-wal", "-shm", "-journal", ".lock")


def attachment_folder(library: Path) -> Path:
    """The folder beside a library that holds its copied files."""
    return library.with_name(f"{library.stem}.attachments")


def backup_folder(library: Path) -> Path:
    """The folder beside a library that holds its backups."""
    return library.with_name(f"{library.stem}.backups")


def stored_file(library: Path, name: str) -> Path | None:
    """The copied file of that name, None where the name leads out of the folder or to what is no regular file.

    Names come from the library, which may come from anybody.
    """
    folder = os.path.realpath(attachment_folder(library))
    real = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath((folder, real)) != folder or (os.path.exists(real) and not os.path.isfile(real)):
        return None
    return attachment_folder(library) / name


def shown_name(path: str) -> str:
    """A file name as text that can be stored and printed; bytes that are no UTF-8 become escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def belongs_to_library(path: Path, library: str) -> bool:
    """True for the library file and what SQLite and the write lock keep beside it, also through links."""
    return any(_is_same_file(path, Path(library + ending)) for ending in _COMPANIONS)


def is_library_name(path: Path) -> bool:
    """True when the name, links followed, is that of some library file; such a file is for SQLite alone."""
    real = os.path.realpath(path)
    return real.endswith(tuple(LIBRARY_SUFFIX + ending for ending in _COMPANIONS))


def _is_same_file(path: Path, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        # One of them is not there (yet); then only the names can tell.
        return os.path.realpath(path) == os.path.realpath(other)
