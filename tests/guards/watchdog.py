"""How long the GUI thread is kept from its event loop, and by what."""

import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

_BEAT_MS = 4
_ARMED_MS = 40


class Watchdog:
    """A heart that beats every 4 ms in the event loop; the longest gap is the longest block.

    A block over 40 ms also leaves the stack of the GUI thread in `where`, read while the block lasts, so that the
    culprit is seen and not guessed. A thread reads it, as Python code does: the timer of `faulthandler` walks the
    stacks of threads that are at work, without the interpreter's lock, and now and then took the process with it.
    """

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self.where = ""
        self._last = 0.0
        self._stack = ""
        self._has_beaten = threading.Event()
        self._is_over = False
        self._reader = ThreadPoolExecutor(1)
        self._reader.submit(self._read_stacks, threading.get_ident())
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to watch; what came before does not count."""
        self._stack = ""
        self._last = perf_counter()
        self._has_beaten.set()
        self._timer.start()

    def stop(self) -> None:
        """Count the gap that lasts until now, then rest."""
        self._beat()
        self._timer.stop()

    def end(self) -> None:
        """Stop, and end the thread that reads stacks."""
        self.stop()
        self._is_over = True
        self._has_beaten.set()
        self._reader.shutdown()

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
            self.where = self._stack
        self._stack = ""
        self._last = perf_counter()
        self._has_beaten.set()

    def _read_stacks(self, gui_thread: int) -> None:
        while not self._is_over:
            if not self._has_beaten.wait(_ARMED_MS / 1000):
                self._stack = "".join(traceback.format_stack(sys._current_frames()[gui_thread]))
                self._has_beaten.wait()
            self._has_beaten.clear()


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    """Measures the event loop of this test from `start()` on.

    Assert on `watchdog.longest_ms` and show `watchdog.where`; timed assertions belong in
    `tests/bench`, where the machine is named.
    """
    dog = Watchdog()
    yield dog
    dog.end()
