"""The library as the window sees it: work goes to the lanes, answers and changes come back as signals.

Every method of `services.library.Library` is reached through `read`, `write` and `work`; the adapter stays the same
object when another library is opened.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from refman.domain.errors import Cancelled, LibraryError, RefmanError
from refman.domain.frozen import dataclass
from refman.domain.ports import Clock
from refman.domain.progress import Progress
from refman.domain.settings import Settings
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.cancelling import ProgressReport, Ticket, log_failure
from refman.ui.change_watch import ChangeWatch
from refman.ui.consent import agreed, or_ask
from refman.ui.library_opening import LibraryFiles, OpenedLibrary, create_at, open_at, open_or_create, restore_at
from refman.ui.pending import Pending
from refman.ui.tasks import Lanes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Written:
    """What a write gave, with the library's version around it."""

    outcome: Outcome
    before: int
    after: int


class LibraryAdapter(QObject):
    """GUI thread only. Fulfils `door.LibraryDoor`. Without an open library nothing is asked and nothing answered."""

    opened = Signal()
    """A library is open now; whatever was shown belongs to another one."""
    not_opened = Signal(str, object)
    """Location and RefmanError; the library that was open before still is."""
    closing = Signal()
    """Last chance to submit what was typed: the library will be closed after it."""
    changed = Signal(object, object)
    """`Changes`, and the QObject that made them (None for another program)."""
    told = Signal(object)
    """An Outcome that the message bar shows."""
    refused = Signal(object)
    """The RefmanError of something that was not done."""
    asked = Signal(object, object)  # A NotAgreed, and what does the write again once the person has agreed.

    def __init__(self, lanes: Lanes, files: LibraryFiles, settings: Settings) -> None:
        super().__init__()
        self._lanes = lanes
        self._files = files
        self._settings = settings
        self._library: Library | None = None
        self._is_over = False
        self.pending = Pending(self)
        """What was asked for and is not done yet."""
        # Quiet: it asks every second, and whatever the person does next tells why the library cannot be read.
        self._watch = ChangeWatch(
            lambda ask, take: self.read(ask, take, owner=self, slot="changes", failed=log_failure), self
        )
        self._watch.found.connect(lambda changes: self.changed.emit(changes, None))
        lanes.unseen_failure.connect(self.refused)

    @property
    def is_open(self) -> bool:
        """True once a library was opened."""
        return self._library is not None

    @property
    def is_writable(self) -> bool:
        """False without a library and for one that can only be read."""
        return self._library is not None and self._library.is_writable

    @property
    def location(self) -> str:
        """Where the open library is, "" without one."""
        return self._library.location if self._library is not None else ""

    @property
    def name(self) -> str:
        """The name of the open library, "" without one."""
        return self._library.name if self._library is not None else ""

    @property
    def clock(self) -> Clock:
        """The time, for what a person is asked (the day of a capture)."""
        return self._files.clock

    def open(self, location: str, *, or_create: bool = False) -> None:
        """Opens another library, with `or_create` makes it where there is none; `opened` or `not_opened` follows."""
        self._open(open_or_create if or_create else open_at, location)

    def create(self, location: str) -> None:
        """Makes an empty library and opens it; `opened` or `not_opened` follows."""
        self._open(create_at, location)

    def restore(self, backup: Path, location: str, done: Callable[[str], None]) -> None:
        """Puts a backup in the place of a library and opens it; `done` gets where the state before is kept.

        The library is closed for it when it is the open one.
        """
        was_open = self.is_open and self.location == location
        if was_open:
            self._leave()

        def take(opened: OpenedLibrary) -> None:
            self._take(opened)
            done(opened.kept)

        def fail(error: Exception) -> None:
            self._refuse(error)
            if was_open:
                # Nothing was put in its place: it is opened again.
                self.open(location)

        self._lanes.submit_write(
            lambda _: restore_at(self._files, backup, location=location, settings=self._settings),
            take,
            failed=fail,
            owner=self,
        )

    def apply_settings(self, settings: Settings) -> None:
        """Preferences that hold from now on."""
        self._settings = settings
        if self._library is not None:
            self._library.settings = settings

    def close(self) -> None:
        """The end: lets the panes save, then closes the library after the writes that are under way."""
        self._is_over = True
        self._leave()

    def _leave(self) -> None:
        """Closes the library that is open, as before another one."""
        self._watch.stop()
        if self._library is None:
            return
        self.closing.emit()
        self._drop(self._library)
        self._library = None

    def _open(self, way: Callable[..., OpenedLibrary], location: str) -> None:
        # On the lane of the writes: what was written to the library before is in it.
        self._lanes.submit_write(
            lambda _: way(self._files, location, settings=self._settings),
            self._take,
            failed=partial(self._refuse_to_open, location),
            owner=self,
        )

    def _take(self, opened: OpenedLibrary) -> None:
        if self._is_over:
            # The window was closed while the library was being opened; its lanes are, too.
            opened.library.close()
            return
        self._leave()
        self._library = opened.library
        self._watch.begin(opened.version)
        self.opened.emit()

    def _drop(self, library: Library) -> None:
        library.interrupt_reads()
        self._lanes.submit_write(lambda _: library.close(), lambda _: None, failed=log_failure, owner=self)

    def _refuse_to_open(self, location: str, error: Exception) -> None:
        if isinstance(error, RefmanError) and not self._is_over:
            self.not_opened.emit(location, error)

    def read(
        self,
        work: Callable[[Library], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
        slot: str | None = None,
        is_long: bool = False,
    ) -> None:
        """See `door.LibraryDoor`."""
        library = self._library
        if library is None:
            return

        def answer(result: T) -> None:
            # What an earlier library said means nothing to this one.
            if library is self._library:
                done(result)

        def refuse(error: Exception) -> None:
            # What was cancelled has a newer one in its slot, or belongs to a library that is no longer open.
            if not isinstance(error, Cancelled):
                (failed or self._not_read)(error)

        self._lanes.submit_read(
            lambda _: work(library),
            answer,
            failed=refuse,
            owner=owner,
            slot=slot,
            interrupt=library.interrupt_reads if slot is not None else None,
            is_long=is_long,
        )

    def write(
        self,
        work: Callable[[Library], Outcome],
        done: Callable[[Outcome], None] | None = None,
        *,
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
        is_quiet: bool = False,
    ) -> None:
        """See `door.LibraryDoor`."""
        library = self._library
        if library is None:
            return

        def write(_: Progress) -> _Written:
            with library.undisturbed():
                before = library.version()
                return _Written(work(library), before, library.version())

        def finish(written: _Written) -> None:
            self._settle(library, written, source=owner)
            if not is_quiet:
                self.told.emit(written.outcome)
            if done is not None:
                done(written.outcome)
            self.pending.end(is_write=True)

        # Owned by the adapter: what was written is told to every view also when the pane that wrote it is gone.
        again = partial(self.write, agreed(work), done, owner=owner, failed=failed, is_quiet=is_quiet)
        fail = self.pending.failing(or_ask(failed or self._refuse, self.asked.emit, again), is_write=True)
        self._lanes.submit_write(write, finish, failed=fail, owner=self)
        self.pending.begin(is_write=True)

    def work(
        self,
        work: Callable[[Library, Progress], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[ProgressReport], None] | None = None,
    ) -> Ticket | None:
        """Long work, or work whose result is not an Outcome; it may write. What it wrote is told to every view.

        It does not hold up the writes of others: a bulk operation is many transactions, and the store lets others in
        between. The ticket stops it; None without a library.
        """
        library = self._library
        if library is None:
            return None

        def run(token: Progress) -> T:
            with library.undisturbed():
                return work(library, token)

        def finish(result: T) -> None:
            self.look_for_changes()
            done(result)
            self.pending.end(is_write=False)

        self.pending.begin(is_write=False)
        fail = self.pending.failing(failed or self._refuse, is_write=False)
        return self._lanes.submit_read(run, finish, failed=fail, owner=self, progress=progress, is_long=True)

    def _not_read(self, error: Exception) -> None:
        log_failure(error)
        # What is shown is old then, or is not there at all.
        if isinstance(error, LibraryError):
            self.refused.emit(error)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, RefmanError) and not isinstance(error, Cancelled):
            self.refused.emit(error)

    def look_for_changes(self) -> None:
        """Asks what others wrote since the last look; `changed` follows when there is something."""
        self._watch.look()

    def _settle(self, library: Library, written: _Written, *, source: QObject) -> None:
        if library is not self._library:
            return
        self._watch.pass_own_write(written.before, written.after)
        if not written.outcome.is_nothing:
            self.changed.emit(written.outcome.changes, source)
