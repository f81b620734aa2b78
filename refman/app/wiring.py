"""Joins the layers: the one place that knows storage, services, settings and the folders of the system."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from refman.app.places import library_location, places
from refman.app.settings_file import SettingsFile
from refman.cli.world import Safety
from refman.domain.backups import BackupReason
from refman.domain.ports import Clock, StoreOpener, Workers
from refman.domain.settings import Settings
from refman.services import library as facade
from refman.services.library import Library
from refman.storage.opener import SqliteOpener


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present moment in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def today(self) -> date:
        """The present day where the person is."""
        return date.today()


class Wiring:
    """What both front ends need; fulfils `cli.world.World` but for the window."""

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self.opener: StoreOpener = SqliteOpener(self.clock)
        self._opened: Library | None = None

    def location(self, given: str | None) -> str:
        """The library that is meant: `--library`, else REFMAN_LIBRARY, else the default place."""
        return library_location(given, os.environ)

    def settings_file(self) -> SettingsFile:
        """The preferences of this person."""
        return SettingsFile(places().settings)

    def settings(self) -> Settings:
        """The preferences as they are stored; a file that cannot be read means the defaults."""
        return self.settings_file().load()[0]

    def save_settings(self, settings: Settings) -> None:
        """Stores the preferences, and what a newer refman wrote beside them. Raises: SettingsUnwritable."""
        file = self.settings_file()
        file.load()
        file.save(settings)

    def open_library(self, location: str, *, settings: Settings | None = None) -> Library:
        """Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy, NotSupportedHere."""
        library = facade.open_library(self.opener, location, clock=self.clock, settings=settings or self.settings())
        library.protect = lambda: self.safety().back_up_before(library.location, BackupReason.REMOVAL)
        library.workers = _workers
        self._opened = library
        return library

    def back_up_changes(self) -> None:
        """Backs up the library that was opened last, when something was changed in it and a backup is due.

        Raises: LibraryError, ExportRefused, DiskFull.
        """
        library = self._opened
        if library is not None and not library.store.last_changes().is_empty:
            self.safety().back_up_if_due(library.location)

    def create_library(self, location: str) -> None:
        """An empty library, its folders too. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""
        facade.create_library(self.opener, location)

    def safety(self) -> Safety:
        """Backups, deep checks and rescue, by the preferences of this person."""
        # Late: most commands need none of it.
        from refman.app.safety import FileSafety

        return FileSafety(self.clock, second=self.settings().second_backup_folder)

    def restore_library(self, backup: Path, location: str) -> str:
        """Puts a backup in place; the path where the present state is kept. Raises: as `open_library`."""
        self.safety().back_up_before_restore(location)
        return facade.restore_library(self.opener, backup, location=location)


def _workers() -> Workers:
    """Processes for reading large files."""
    # Late: loads multiprocessing, which only a large import needs.
    from refman.workers.pool import SpawnedWorkers

    return SpawnedWorkers()
