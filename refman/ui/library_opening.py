"""Making, opening and restoring libraries, as work for a lane."""

from pathlib import Path
from typing import Protocol

from refman.domain.errors import LibraryMissing
from refman.domain.frozen import dataclass
from refman.domain.ports import Clock
from refman.domain.settings import Settings
from refman.services.library import Library


class LibraryFiles(Protocol):
    """Makes, opens and restores libraries; fulfilled by app. Called on a lane."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def open_library(self, location: str, *, settings: Settings) -> Library:
        """Raises: LibraryError of every kind, NotSupportedHere."""

    def create_library(self, location: str) -> None:
        """Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""

    def restore_library(self, backup: Path, location: str) -> str:
        """The path where the state before is kept. Raises: as `open_library`."""


@dataclass(frozen=True, slots=True)
class OpenedLibrary:
    """A library just opened, the version it had then, and where the state before a restore is kept ("" for none)."""

    library: Library
    version: int
    kept: str = ""


def open_at(files: LibraryFiles, location: str, *, settings: Settings) -> OpenedLibrary:
    """Raises: LibraryError of every kind, NotSupportedHere."""
    library = files.open_library(location, settings=settings)
    return OpenedLibrary(library, library.version())


def open_or_create(files: LibraryFiles, location: str, *, settings: Settings) -> OpenedLibrary:
    """Opens; where there is nothing, makes an empty library first. Raises: as `open_at`."""
    try:
        return open_at(files, location, settings=settings)
    except LibraryMissing:
        return create_at(files, location, settings=settings)


def create_at(files: LibraryFiles, location: str, *, settings: Settings) -> OpenedLibrary:
    """Makes an empty library and opens it. Raises: as `LibraryFiles.create_library`."""
    files.create_library(location)
    return open_at(files, location, settings=settings)


def restore_at(files: LibraryFiles, backup: Path, *, location: str, settings: Settings) -> OpenedLibrary:
    """Puts a backup in the place of a library that nobody has open, and opens it. Raises: as `open_at`."""
    kept = files.restore_library(backup, location)
    opened = open_at(files, location, settings=settings)
    return OpenedLibrary(opened.library, opened.version, kept)
