"""Keeps Python's cyclic garbage collector on the GUI thread.

Python collects on whichever thread happens to allocate. A worker would then destroy widgets and timers that died in a
cycle, and Qt aborts or misbehaves when a QObject ends on a foreign thread ("Timers cannot be stopped from another
thread"). So automatic collection is off while there are workers, and this object collects by the same thresholds.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_BUSY_MS = 50
"""Short while workers allocate, so that each collection has little to walk over: 0.4 s for a million objects."""
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
        """Whether workers are at work; but for what is new, collections wait until they are not."""
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self._timer.start(_BUSY_MS if is_busy else _IDLE_MS)

    def collect(self) -> None:
        """Collects the oldest generation that is due, if one is; of a busy program the youngest.

        What work still holds after its first collection it mostly holds to its end, and lets go without a collection:
        a file of 12,000 entries is a million objects, and walking over them held the window for 250 ms each second.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = 0
        while due < 3 and counts[due] > thresholds[due]:
            due += 1
        if due:
            gc.collect(0 if self._is_busy else due - 1)

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
