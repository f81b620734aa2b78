"""How long the GUI thread is kept from its event loop, and by what."""

import faulthandler
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TextIO

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

_BEAT_MS = 4
_ARMED_MS = 40


class Watchdog:
    """A heart that beats every 4 ms in the event loop; the longest gap is the longest block.

    A block over 40 ms also leaves the stacks of all threads in `where`, written by a timer of the
    interpreter while the block lasts, so that the culprit is seen and not guessed.
    """

    def __init__(self, stacks: TextIO) -> None:
        self._stacks = stacks
        self.longest_ms = 0.0
        self.where = ""
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to watch; what came before does not count."""
        self._last = perf_counter()
        self._arm()
        self._timer.start()

    def stop(self) -> None:
        """Count the gap that lasts until now, then rest."""
        self._beat()
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave out what the test itself does on this thread (start a program, read a file)."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _beat(self) -> None:
        gap_ms = (perf_counter() - self._last) * 1000 - _BEAT_MS
        if self._timer.isActive() and gap_ms > self.longest_ms:
            self.longest_ms = gap_ms
            self.where = self._read_stacks()
        self._stacks.seek(0)
        self._stacks.truncate()
        self._last = perf_counter()
        self._arm()

    def _arm(self) -> None:
        faulthandler.dump_traceback_later(_ARMED_MS / 1000, file=self._stacks)

    def _read_stacks(self) -> str:
        self._stacks.seek(0)
        return self._stacks.read()


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    """Measures the event loop of this test from `start()` on.

    Assert on `watchdog.longest_ms` and show `watchdog.where`; timed assertions belong in
    `tests/bench`, where the machine is named.
    """
    with tempfile.TemporaryFile("w+") as stacks:
        dog = Watchdog(stacks)
        yield dog
        dog.stop()
