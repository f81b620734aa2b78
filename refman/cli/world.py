"""What the command line needs from the program around it; `refman.app` fulfils it."""

from pathlib import Path
from typing import Protocol

from refman.domain.ports import Clock
from refman.services.library import Library


class World(Protocol):
    """Places, libraries, the time and the window."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def location(self, given: str | None) -> str:
        """The library that is meant: `--library`, else REFMAN_LIBRARY, else the default place."""

    def open_library(self, location: str) -> Library:
        """Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy, NotSupportedHere."""

    def create_library(self, location: str) -> None:
        """An empty library, its folders too. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""

    def restore_library(self, backup: Path, location: str) -> str:
        """Puts a backup in place; the path where the present state is kept. Raises: as `open_library`."""

    def open_window(self, given: str | None, *, quit_after_start: bool) -> int:
        """Runs the window until it is closed; the exit status."""
