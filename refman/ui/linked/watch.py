"""Watching linked files: signals of the system where they come, a look at size and time where they do not.

The system's watcher loses a file that was replaced by rename, and knows nothing of network folders; so every few
seconds a lane compares what `stat` says, of the sources of their projects too. Nothing is read on the GUI thread.
"""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from refman.domain.frozen import dataclass
from refman.services.library import Library
from refman.services.linking.link_status import LinkStatus
from refman.ui.library import LibraryAdapter

_SETTLE_MS = 300
_LOOK_MS = 3000
_REST = 30


class LinkWatch(QObject):
    """GUI thread only."""

    found = Signal(object)
    """A list of LinkStatus, one for each linked file."""

    def __init__(self, adapter: LibraryAdapter, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._stamps: dict[str, str] = {}
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._poll = QTimer(self)
        self._poll.setInterval(_LOOK_MS)
        self._poll.timeout.connect(self._compare)
        self._watcher.fileChanged.connect(lambda _: self._settle.start())
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        adapter.changed.connect(lambda *_: self._settle.start())
        adapter.closing.connect(self.stop)

    def look(self) -> None:
        """Asks how every linked file stands; `found` follows."""
        self._settle.stop()
        self._adapter.read(read_statuses, self._take, owner=self, slot="links")

    def stop(self) -> None:
        """Watches nothing any more."""
        self._settle.stop()
        self._poll.stop()
        self._watch(())

    def _take(self, statuses: Sequence[LinkStatus]) -> None:
        self._stamps = {one.path: one.stamp for one in statuses}
        self._watch(list(self._stamps))
        if self._stamps:
            self._poll.start()
        else:
            self._poll.stop()
        self.found.emit(list(statuses))

    def _watch(self, paths: Sequence[str]) -> None:
        wanted = {*paths, *(str(Path(path).parent) for path in paths)}
        present = {*self._watcher.files(), *self._watcher.directories()}
        if present - wanted:
            self._watcher.removePaths(sorted(present - wanted))
        if wanted - present:
            # What is not there is not watched; its folder is.
            self._watcher.addPaths(sorted(wanted - present))

    def _compare(self) -> None:
        self._adapter.read(_read_stamps, self._notice, owner=self, slot="link-stamps")

    def _notice(self, found: "_Stamps") -> None:
        # Of a tree with very many files this takes a thirtieth of the time at most.
        self._poll.setInterval(max(_LOOK_MS, round(found.took_s * 1000 * _REST)))
        if found.stamps != self._stamps:
            self.look()


@dataclass(frozen=True, slots=True)
class _Stamps:
    """Of each linked file, and how long it took to look."""

    stamps: dict[str, str]
    took_s: float


def _read_stamps(library: Library) -> _Stamps:
    """Of the files that are linked now: another program may have linked one, or named another project."""
    # Late: loads the formats; the first plan did so already.
    from refman.services.linking.status import stamp_of_link

    began = monotonic()
    projects = [(link.path, link.project) for link in library.linked_files()]
    return _Stamps({path: stamp_of_link(path, project) for path, project in projects}, monotonic() - began)


def read_statuses(library: Library) -> list[LinkStatus]:
    """How every linked file stands. Any thread."""
    links = library.linked_files()
    if not links:
        return []
    # Late: loads the formats, which a library without linked files need not pay for.
    from refman.services.linking.facade import links_of
    from refman.services.linking.status import status_of

    return [status_of(links_of(library).plan(Path(link.path))) for link in links]
