"""Backups of a library: when one is due, where they are, which are taken away."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from refman.domain.backups import (
    Backup,
    BackupReason,
    backup_name,
    cap_for,
    interval_for,
    kept,
    parse_backup_name,
)
from refman.domain.errors import LibraryBusy, LibraryDamaged, LibraryMissing, RefmanError
from refman.domain.keeping import Keeper
from refman.domain.ports import Clock
from refman.domain.progress import NoProgress, Progress
from refman.services.disk import remove_if_there
from refman.services.library_files import backup_folder
from refman.services.private_files import cannot_write, make_private_folder
from refman.services.safety_net import write_texts
from refman.services.safety_record import SafetyRecord, read_record, time_of, write_record

_LEFT_OVER = ".new-"
_QUICK_SECONDS = 3.0
"""What may be waited for when the window closes."""
_SLOW_DISK = 30_000_000
"""Bytes a second that are copied and checked at least; 85 million were, beside other work, of a library of 590 MB."""


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of the library at `location`; `second` is a folder for a second copy of each, "" for none.

    Any thread and any number of programs: a lock file in the folder lets one write at a time.
    """

    keeper: Keeper
    clock: Clock
    location: str
    second: str = ""

    @property
    def folder(self) -> Path:
        """Where the backups are."""
        return backup_folder(Path(os.path.realpath(self.location)))

    @property
    def second_folder(self) -> Path | None:
        """Where the second copies are: a folder for each library, also for those of one name."""
        if not self.second:
            return None
        real = os.path.realpath(self.location)
        where = hashlib.sha256(os.fsencode(real)).hexdigest()[:6]
        return Path(self.second).expanduser() / f"{Path(real).stem}-{where}.backups"

    def all(self) -> list[Backup]:
        """The backups in the folder, newest first."""
        return _backups_in(self.folder)

    def record(self) -> SafetyRecord:
        """What is remembered of backups and checks."""
        return read_record(self.folder)

    def is_due(self) -> bool:
        """True when something changed since the last backup and that was long enough ago. Raises: LibraryError."""
        record = self.record()
        if record.is_unsound or not _is_past(record.backed_up, record.copy_seconds, self.clock.now()):
            return False
        return self.has_changed(record)

    def has_changed(self, record: SafetyRecord | None = None) -> bool:
        """True when the last backup is not of the present state. Raises: LibraryError."""
        known = record or self.record()
        return self.keeper.mark(self.location) != known.mark or (bool(known.mark) and not self.all())

    def is_text_due(self) -> bool:
        """True when `library.json` and `library.bib` are of an earlier state and may be written again."""
        record = self.record()
        if record.is_unsound or not _is_past(record.text_written, record.text_seconds, self.clock.now()):
            return False
        return self.keeper.mark(self.location) != record.text_mark

    def back_up_if_due(self, progress: Progress | None = None) -> Backup | None:
        """What runs every few minutes: a backup and the texts, where they are due. Raises: as `back_up`."""
        made = self.back_up(BackupReason.TIMED) if self.is_due() else None
        if self.is_text_due():
            self.write_text(progress or NoProgress())
        return made

    def back_up_at_the_end(self) -> Backup | None:
        """What runs when the window closes; a large library, which would hold it up, waits for the next time."""
        record = self.record()
        # A library that was never copied here may be larger than all that were.
        seconds = record.copy_seconds or self._size() / _SLOW_DISK
        if record.is_unsound or seconds > _QUICK_SECONDS or not self.has_changed(record):
            return None
        return self.back_up(BackupReason.QUIT)

    def back_up_before(self, reason: BackupReason) -> Backup | None:
        """A backup of the present state, or None when the last one is that. Raises: as `back_up`."""
        record = self.record()
        if record.is_unsound or not self.has_changed(record):
            return None
        return self.back_up(reason)

    def back_up(self, reason: BackupReason) -> Backup:
        """Makes a backup now and takes those away that are no longer kept.

        Raises: LibraryDamaged (and remembers it: from then on no good backup is replaced), DiskFull, ExportRefused,
        LibraryBusy when another program is making one.
        """
        self._make_folder()
        with _turn(self.folder):
            started = monotonic()
            mark, backup = self._marked_copy(reason)
            record = replace(
                self.record(),
                mark=mark,
                backed_up=self.clock.now().isoformat(),
                copy_seconds=round(monotonic() - started, 3),
                second_problem=self._copy_to_second(backup),
            )
            write_record(self.folder, record)
            if not record.is_unsound:
                _thin(self.folder, self._size())
        return backup

    def _marked_copy(self, reason: BackupReason) -> tuple[str, Backup]:
        """The mark comes first: what is written meanwhile makes another backup due."""
        try:
            return self.keeper.mark(self.location), self._copy(reason)
        except LibraryDamaged as error:
            self.remember_check([error.message], is_deep=False)
            raise

    def _copy(self, reason: BackupReason) -> Backup:
        present = self.all()
        now = self.clock.now()
        path = self.folder / backup_name(present[0].number + 1 if present else 1, now, reason)
        try:
            self.keeper.copy(self.location, str(path))
        finally:
            _remove_left_overs(self.folder)
        return _backup_of(path) or Backup(1, now, reason.value, str(path), 0)

    def _copy_to_second(self, backup: Backup) -> str:
        """Why the second copy could not be made, "" when it was; the first one counts in any case."""
        folder = self.second_folder
        if folder is None:
            return ""
        try:
            make_private_folder(folder)
            self.keeper.copy(self.location, str(folder / Path(backup.path).name))
            _remove_left_overs(folder)
            _thin(folder, self._size())
        except RefmanError as error:
            return error.message
        return ""

    def write_text(self, progress: Progress) -> None:
        """Writes `library.json` and `library.bib`. Raises: DiskFull, ExportRefused, Cancelled, LibraryBusy."""
        self._make_folder()
        with _turn(self.folder):
            mark = self.keeper.mark(self.location)
            started = monotonic()
            write_texts(self.keeper, self.location, self.folder, progress=progress)
            record = replace(
                self.record(),
                text_mark=mark,
                text_written=self.clock.now().isoformat(),
                text_seconds=round(monotonic() - started, 3),
            )
            write_record(self.folder, record)

    def remember_check(self, problems: list[str], *, is_deep: bool) -> None:
        """Keeps the result of a check. Raises: DiskFull, ExportRefused."""
        self._make_folder()
        checked = self.clock.now().isoformat()
        write_record(self.folder, replace(self.record(), checked=checked, was_deep=is_deep, problems=tuple(problems)))

    def _make_folder(self) -> None:
        """Never where the library is gone: its drive may come back to this place. Raises: LibraryMissing, DiskFull."""
        self._size()
        make_private_folder(self.folder)

    def _size(self) -> int:
        """Raises: LibraryMissing."""
        try:
            return os.stat(self.location).st_size
        except OSError as error:
            said = f"{self.location} is no longer there; put it back."
            raise LibraryMissing("library-missing", said, self.location) from error


def _is_past(when: str, seconds: float, now: datetime) -> bool:
    last = time_of(when)
    # A time in the future is that of a clock that was wrong.
    return last is None or now < last or now - last >= interval_for(seconds)


def _backups_in(folder: Path) -> list[Backup]:
    try:
        paths = [folder / name for name in os.listdir(folder)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise cannot_write(folder, error) from error
    found = [backup for path in paths if (backup := _backup_of(path)) is not None]
    return sorted(found, key=lambda one: (one.number, one.path), reverse=True)


def _backup_of(path: Path) -> Backup | None:
    parsed = parse_backup_name(path.name)
    if parsed is None:
        return None
    number, when, reason = parsed
    # Taken away by another program meanwhile.
    with suppress(FileNotFoundError):
        return Backup(number, when, reason, str(path), os.stat(path).st_size)
    return None


def _thin(folder: Path, library_bytes: int) -> None:
    present = _backups_in(folder)
    staying = {one.path for one in kept(present, most_bytes=cap_for(library_bytes))}
    for one in present:
        if one.path not in staying:
            remove_if_there(one.path)


def _remove_left_overs(folder: Path) -> None:
    """What a backup leaves that was killed; whoever has the turn is the only one that writes here.

    Never raises: why a backup failed must be told, and what stays now goes with the next one.
    """
    with suppress(OSError):
        for name in os.listdir(folder):
            if _LEFT_OVER in name or name.endswith(".tmp"):
                remove_if_there(str(folder / name))


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Raises: LibraryBusy when another program makes a backup just now."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise LibraryBusy(
            "backup-busy", f"Another program is making a backup in {folder}; try again when it is done.", str(folder)
        ) from error
    finally:
        os.close(descriptor)
