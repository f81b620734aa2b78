"""Notices what other programs write: the library's version is compared each second."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.changes import Changes
from refman.services.library import Library

POLL_MS = 1000
"""How often the window looks; what others wrote shows within twice that."""

_News = tuple[int, Changes]
Ask = Callable[[Callable[[Library], _News], Callable[[_News], None]], None]
"""Runs the first argument on a lane and calls the second with its answer, of several questions the newest only."""


class ChangeWatch(QObject):
    """Knows which version of the library the views show. GUI thread only."""

    found = Signal(object)
    """The `Changes` of others, never empty."""

    def __init__(self, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._seen = 0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, version: int) -> None:
        """The views show this version from now on."""
        self._seen = version
        self._timer.start()

    def stop(self) -> None:
        """No library is open."""
        self._timer.stop()

    def look(self) -> None:
        """Asks now; `found` follows when there is something."""
        seen = self._seen

        def read(library: Library) -> _News:
            version = library.version()
            return version, (library.changes_since(seen) if version != seen else Changes())

        self._ask(read, self._take)

    def pass_own_write(self, before: int, after: int) -> None:
        """A write of this window, told already, lies between these versions.

        The version counts commits: one more than before means that nobody else wrote in between.
        """
        if before == self._seen and after == before + 1:
            self._seen = after

    def _take(self, news: _News) -> None:
        version, changes = news
        if version == self._seen:
            return
        self._seen = version
        if not changes.is_empty:
            self.found.emit(changes)
