"""How the window ends when it is not the person who closes it: a signal of the system, the end of the session."""

import signal
import socket
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtWidgets import QApplication

from refman.ui.main_window import MainWindow

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_INTERRUPTED = 130


class Ending(QObject):
    """Keeps layout and everything typed, whatever ends the program but SIGKILL. Main thread only.

    Python runs its handlers between two of its own instructions, and the event loop of Qt runs none: the number of a
    signal is written into a socket, which wakes the loop.
    """

    ended = Signal(int)
    """A signal came and the window is closed: the status that the program should end with."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._before: dict[int, Any] = {}
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # Windows knows no SIGHUP.
            if number is not None:
                self._before[number] = signal.signal(number, _leave_it_to_the_socket)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        # Direct: the session waits for what is done in here.
        application.commitDataRequest.connect(self.save, Qt.ConnectionType.DirectConnection)
        application.aboutToQuit.connect(self.end)

    def end(self) -> None:
        """Closes the window at once; an import under way is taken back without asking."""
        self._window.end()

    def save(self, _manager: object = None) -> None:
        """The session may end now, or may not: everything is stored, and the window stays."""
        self._window.store()

    def let_go(self) -> None:
        """Gives the signals back to whoever had them."""
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _wake(self) -> None:
        caught = self._reader.recv(64)
        self.end()
        self.ended.emit(_INTERRUPTED if signal.SIGINT in caught else 0)


def _leave_it_to_the_socket(_number: int, _frame: FrameType | None) -> None:
    """A handler there must be, or Python would not write to the socket."""
