"""Makes backups while the window is open: asks each minute whether one is due, on a reading lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.errors import Cancelled, LibraryBusy, RefmanError
from refman.domain.progress import Progress
from refman.ui.library import LibraryAdapter
from refman.ui.tasks import Lanes

if TYPE_CHECKING:
    # For types only: a start makes no backup.
    from refman.domain.backups import Backup
    from refman.services.backing_up import Backups

T = TypeVar("T")

LOOK_MS = 60_000
"""How often the window asks; whether a backup is due is another matter (`services.backing_up`)."""


class BackupTimer(QObject):
    """GUI thread only. `keep` gives the backups of the library at a location; it is called on a lane."""

    failed = Signal(object)
    """The RefmanError of a backup that could not be made; each sentence is told once in a session."""

    def __init__(self, adapter: LibraryAdapter, lanes: Lanes, keep: "Callable[[str], Backups]") -> None:
        super().__init__(adapter)
        self._adapter = adapter
        self._lanes = lanes
        self._keep = keep
        self._is_busy = False
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        adapter.opened.connect(self._timer.start)

    def of(self, location: str) -> "Backups":
        """The backups of a library; to be called on a lane."""
        return self._keep(location)

    def look(self) -> None:
        """Makes a backup and the texts where they are due, and looks through the library once a week."""
        if self._is_busy or not self._adapter.is_open:
            return
        self._is_busy = True
        location = self._adapter.location

        def work(progress: Progress) -> None:
            # Late: a start makes no backup.
            from refman.services.weekly_check import check_if_due

            backups = self._keep(location)
            backups.back_up_if_due(progress)
            check_if_due(backups, progress)

        self._lanes.submit_read(work, lambda _: self._end(), failed=self._fail, owner=self, is_long=True)

    def ask(
        self,
        work: "Callable[[Backups, Progress], T]",
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None],
        owner: QObject,
    ) -> None:
        """Runs `work` with the backups of the open library on a lane; nothing happens without a library."""
        if not self._adapter.is_open:
            return
        location = self._adapter.location
        self._lanes.submit_read(lambda progress: work(self._keep(location), progress), done, failed=failed, owner=owner)

    def list_of(
        self,
        location: str,
        done: "Callable[[list[Backup]], None]",
        *,
        failed: Callable[[Exception], None],
        owner: QObject,
    ) -> None:
        """The backups of a library, newest first, also of one that cannot be opened."""
        self._lanes.submit_read(lambda _: self._keep(location).all(), done, failed=failed, owner=owner)

    def finish(self, location: str) -> None:
        """The window closes: a last backup of the library, after everything that is being written."""
        self._timer.stop()
        if not location:
            return
        self._lanes.submit_write(
            lambda _: self._keep(location).back_up_at_the_end(), lambda _: None, failed=lambda _: None, owner=self
        )

    def _end(self) -> None:
        self._is_busy = False

    def _fail(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, RefmanError) or isinstance(error, Cancelled | LibraryBusy):
            return
        if error.message not in self._told:
            self._told.add(error.message)
            self.failed.emit(error)
