"""Waits in a running window until the paper list shows what was asked for."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from refman.domain.query import EVERYTHING, Query
from refman.ui.main_window import MainWindow

_PATIENCE_MS = 20_000


class PaintedList(QObject):
    """Tells when the list was painted after it was shown anew: the moment a person sees the answer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._loop = QEventLoop()
        self._is_listed = False
        self._painted = 0.0
        window.context.feed.listed.connect(self._listed)
        window.context.feed.understood.connect(self._understood)
        window.context.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the first paint after a new list."""
        if self._is_listed and event.type() == QEvent.Type.Paint:
            self._is_listed = False
            # The paint itself comes after this filter; a queued call comes after the paint.
            QTimer.singleShot(0, self._done)
        return False

    def seconds_after(self, deed: Callable[[], object]) -> float:
        """Seconds from the deed to the painted list, or to the answer that nothing of the search was understood.

        Raises: TimeoutError when neither comes.
        """
        self._is_listed = False
        self._painted = 0.0
        start = perf_counter()
        deed()
        self._wait(deed)
        return self._painted - start

    def _wait(self, deed: Callable[[], object]) -> None:
        patience = QTimer(self)
        patience.setSingleShot(True)
        patience.timeout.connect(self._loop.quit)
        patience.start(_PATIENCE_MS)
        if not self._painted:
            self._loop.exec()
        patience.stop()
        patience.deleteLater()
        if not self._painted:
            raise TimeoutError(f"the list was not painted after {deed}")

    def _listed(self) -> None:
        if self._window.context.feed.count:
            self._is_listed = True
        else:
            # A page says that nothing was found; the list is not painted.
            QTimer.singleShot(0, self._done)

    def _understood(self, query: Query) -> None:
        if query.misunderstood and query.root == EVERYTHING:
            self._done()

    def _done(self) -> None:
        self._painted = perf_counter()
        self._loop.quit()
