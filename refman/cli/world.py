"""What the command line needs from the program around it; `refman.app` fulfils it."""

from pathlib import Path
from typing import Protocol

from refman.domain.backups import Backup, BackupReason, Differences
from refman.domain.keeping import Rescue
from refman.domain.ports import Clock
from refman.domain.progress import Progress
from refman.domain.settings import Settings
from refman.services.library import Library


class Safety(Protocol):
    """What keeps libraries safe; fulfilled by `app.safety`."""

    def backups(self, location: str) -> list[Backup]:
        """The backups of a library, newest first."""

    def back_up(self, location: str) -> Backup:
        """A backup now, into the folder of backups. Raises: LibraryError, ExportRefused, DiskFull."""

    def back_up_if_due(self, location: str) -> None:
        """A backup when the last one is old enough and something changed. Raises: as `back_up`."""

    def back_up_before(self, location: str, reason: BackupReason) -> None:
        """A backup unless the last one is of the present state. Raises: as `back_up`."""

    def back_up_before_restore(self, location: str) -> None:
        """The same, where it can be done."""

    def write_text(self, location: str, progress: Progress) -> Path:
        """Writes library.json and library.bib; the folder they are in. Raises: as `back_up`, Cancelled."""

    def differences(self, location: str, backup: Path) -> Differences:
        """What restoring `backup` would change. Raises: as `open_library` about either."""

    def check_deep(self, location: str) -> list[str]:
        """Everything that is wrong; empty when sound. Raises: as `open_library`."""

    def remember_check(self, location: str, problems: list[str], *, is_deep: bool) -> None:
        """Keeps the result of a check; while it found the library damaged no backup is made."""

    def rescue(self, damaged: Path, target: Path) -> Rescue:
        """Every readable paper of a damaged library. Raises: ExportRefused, LibraryExists, LibraryDamaged."""

    def rebuild(self, text: Path, location: Path) -> int:
        """A new library of the text of one; how many papers. Raises: UnreadableInput, LibraryExists, DiskFull."""


class World(Protocol):
    """Places, libraries, the time and the window."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def settings(self) -> Settings:
        """The preferences of this person; a file that cannot be read means the defaults."""

    def save_settings(self, settings: Settings) -> None:
        """Stores the preferences. Raises: RefmanError when they cannot be written; then the old ones hold."""

    def location(self, given: str | None) -> str:
        """The library that is meant: `--library`, else REFMAN_LIBRARY, else the default place."""

    def open_library(self, location: str) -> Library:
        """Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy, NotSupportedHere."""

    def create_library(self, location: str) -> None:
        """An empty library, its folders too. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""

    def restore_library(self, backup: Path, location: str) -> str:
        """Puts a backup in place; the path where the present state is kept. Raises: as `open_library`."""

    def safety(self) -> Safety:
        """Backups, deep checks and rescue, by the preferences of this person."""

    def back_up_changes(self) -> None:
        """Backs up the library that was opened last, when something was changed in it and a backup is due.

        Raises: LibraryError, ExportRefused, DiskFull.
        """

    def open_window(self, given: str | None, *, quit_after_start: bool) -> int:
        """Runs the window until it is closed; the exit status."""
