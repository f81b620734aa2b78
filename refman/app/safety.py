"""What keeps libraries safe, put together for both front ends: backups, texts, checks, restore, rescue."""

from pathlib import Path

from refman.domain.backups import Backup, BackupReason, Differences
from refman.domain.errors import RefmanError
from refman.domain.keeping import Rescue
from refman.domain.ports import Clock
from refman.domain.progress import NoProgress, Progress
from refman.services.backing_up import Backups
from refman.storage.keeper import SqliteKeeper


class FileSafety:
    """Fulfils `cli.world.Safety` for library files. Any thread."""

    def __init__(self, clock: Clock, *, second: str = "") -> None:
        self._keeper = SqliteKeeper(clock)
        self._clock = clock
        self._second = second

    def of(self, location: str) -> Backups:
        """The backups of one library."""
        return Backups(self._keeper, self._clock, location, self._second)

    def backups(self, location: str) -> list[Backup]:
        """The backups of a library, newest first."""
        return self.of(location).all()

    def back_up(self, location: str) -> Backup:
        """A backup now, into the folder of backups. Raises: LibraryError, ExportRefused, DiskFull."""
        return self.of(location).back_up(BackupReason.ASKED)

    def back_up_if_due(self, location: str) -> None:
        """A backup when the last one is old enough and something changed. Raises: as `back_up`."""
        backups = self.of(location)
        if backups.is_due():
            backups.back_up(BackupReason.TIMED)

    def back_up_before(self, location: str, reason: BackupReason) -> None:
        """A backup unless the last one is of the present state. Raises: as `back_up`."""
        self.of(location).back_up_before(reason)

    def back_up_before_restore(self, location: str) -> None:
        """The same, where it can be done: it is often a damaged library that is replaced, which is kept beside."""
        try:
            self.back_up_before(location, BackupReason.RESTORE)
        except RefmanError:
            return

    def write_text(self, location: str, progress: Progress) -> Path:
        """Writes library.json and library.bib; the folder they are in. Raises: as `back_up`, Cancelled."""
        backups = self.of(location)
        backups.write_text(progress)
        return backups.folder

    def differences(self, location: str, backup: Path, progress: Progress | None = None) -> Differences:
        """What restoring `backup` would change. Raises: as `open_library` about either."""
        # Late: a backup need not pay for it.
        from refman.services import restoring

        return restoring.differences(self._keeper, location, str(backup), progress=progress or NoProgress())

    def check_deep(self, location: str, progress: Progress | None = None) -> list[str]:
        """Everything that is wrong; empty when sound. Raises: as `open_library`, Cancelled."""
        # Late: a backup need not pay for it.
        from refman.services import deep_check

        return deep_check.check_deep(self._keeper, location, progress=progress or NoProgress())

    def remember_check(self, location: str, problems: list[str], *, is_deep: bool) -> None:
        """Keeps the result of a check where it can; while it found the library damaged no backup is made."""
        backups = self.of(location)
        if not (problems or is_deep or backups.folder.exists()):
            return
        try:
            backups.remember_check(problems, is_deep=is_deep)
        except RefmanError:
            # A library on a read-only disk is checked all the same.
            return

    def rescue(self, damaged: Path, target: Path) -> Rescue:
        """Every readable paper of a damaged library. Raises: ExportRefused, LibraryExists, LibraryDamaged."""
        # Late: a backup need not pay for it.
        from refman.services import rescuing

        return rescuing.rescue(self._keeper, damaged, target)

    def rebuild(self, text: Path, location: Path) -> int:
        """A new library of the text of one; how many papers. Raises: UnreadableInput, LibraryExists, DiskFull."""
        # Late: a backup need not pay for it.
        from refman.services import rescuing

        return rescuing.rebuild(self._keeper, text, location)
