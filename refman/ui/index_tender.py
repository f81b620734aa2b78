"""Tends the search index when nothing has been written for a moment, so that no edit waits for it."""

from PySide6.QtCore import QObject, QTimer

from refman.services.library import Library
from refman.ui.library import LibraryAdapter
from refman.ui.tasks import Lanes

QUIET_MS = 400


class IndexTender(QObject):
    """GUI thread only. What it cannot do now (another program writes) is done after the next change."""

    def __init__(self, adapter: LibraryAdapter, lanes: Lanes) -> None:
        super().__init__(adapter)
        self._adapter = adapter
        self._lanes = lanes
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._tend)
        adapter.changed.connect(lambda _changes, _source: self._timer.start())
        adapter.closing.connect(self._timer.stop)

    def _tend(self) -> None:
        if self._lanes.is_idle:
            self._adapter.read(Library.tend_index, self._go_on, owner=self, is_long=True)
        else:
            self._timer.start()

    def _go_on(self, has_more: bool) -> None:
        if has_more:
            self._timer.start()
