"""How long the GUI thread is kept from its event loop, and by what."""

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from types import FrameType

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

_BEAT_MS = 4
_ARMED_MS = 40


class Watchdog:
    """A heart that beats every 4 ms in the event loop; the longest gap is the longest block.

    A block over 40 ms also leaves the stack of the GUI thread in `where`, so that the culprit is seen and not guessed.
    A signal stops the GUI thread at what it does and lets it read its own stack. Another thread must not: the timer of
    `faulthandler` walks stacks that change under it, and what is held as a frame takes its widgets and painters along,
    to end on the wrong thread. Both took the process with them now and then.
    """

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self.where = ""
        self._last = 0.0
        self._stack = ""
        self._before = signal.signal(signal.SIGALRM, self._read_stack)
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
        signal.setitimer(signal.ITIMER_REAL, 0)

    def end(self) -> None:
        """Stop, and leave the signal to whoever had it."""
        self.stop()
        signal.signal(signal.SIGALRM, self._before)

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
        self._last = perf_counter()
        self._arm()

    def _arm(self) -> None:
        self._stack = ""
        signal.setitimer(signal.ITIMER_REAL, _ARMED_MS / 1000)

    def _read_stack(self, _number: int, frame: FrameType | None) -> None:
        # Places without their lines of code: those would be read from files, on the GUI thread.
        calls = [(one.f_code, line) for one, line in traceback.walk_stack(frame)]
        self._stack = "\n".join(f"{code.co_filename}:{line} {code.co_name}" for code, line in calls)


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    """Measures the event loop of this test from `start()` on.

    Assert on `watchdog.longest_ms` and show `watchdog.where`; timed assertions belong in
    `tests/bench`, where the machine is named.
    """
    dog = Watchdog()
    yield dog
    dog.end()
