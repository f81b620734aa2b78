"""Keeps Python's cyclic garbage collector on the GUI thread.

Python collects on whichever thread happens to allocate. A worker would then destroy widgets and timers that died in a
cycle, and Qt aborts or misbehaves when a QObject ends on a foreign thread ("Timers cannot be stopped from another
thread"). So automatic collection is off while there are workers, and this object collects by the same thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_BUSY_MS = 100
"""Short while workers allocate, so that each collection has little to walk over."""
_IDLE_MS = 2000


class GuiThreadCollector(QObject):
    """Collects from its making until `stop`. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = False
        gc.disable()
        # What was imported so far lives for ever: full collections need not walk over it.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_IDLE_MS)

    def set_busy(self, is_busy: bool) -> None:
        """Whether workers are at work; full collections wait until they are not."""
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self._timer.start(_BUSY_MS if is_busy else _IDLE_MS)

    def collect(self) -> None:
        """Collects the oldest generation that is due, if one is."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = 0
        while due < 3 and counts[due] > thresholds[due]:
            due += 1
        if due:
            gc.collect(min(due - 1, 1 if self._is_busy else 2))

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
