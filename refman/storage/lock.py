"""The lock file of a library: held around each write with its checkpoint, so that programs take turns.

`flock` on a file of its own, never on the library: POSIX would drop SQLite's locks (howtocorrupt.html section 2.2).
"""

import fcntl
import os
import socket
import threading
from time import monotonic

from refman.storage.failures import busy

_POLL_S = 0.005
_PAUSE_S = 3 * _POLL_S
_PATIENCE_S = 600.0
"""How long a bulk operation waits for its next turn: giving up would take back all it did."""


def lock_path(location: str) -> str:
    """Beside the real file, so that all names of a library lead to one lock."""
    return os.path.realpath(location) + ".lock"


class WriteLock:
    """Exclusive between processes, stores and threads. Not reentrant."""

    def __init__(self, location: str, *, wait_s: float) -> None:
        self._location = location
        self._wait_s = wait_s
        self._threads = threading.Lock()
        self._owner = 0
        self._descriptor = -1
        self._waiter = threading.Event()

    @property
    def is_mine(self) -> bool:
        """True in the thread that holds it."""
        return self._owner == threading.get_ident()

    def acquire(self, wait_s: float | None = None) -> None:
        """Raises: LibraryBusy naming the holder when it is not free in time, OSError when no lock file can be made."""
        if self.is_mine:
            raise RuntimeError("a write began inside another write of the same thread")
        patience = self._wait_s if wait_s is None else wait_s
        deadline = monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            raise busy(self._location, "another task of this program")
        try:
            self._acquire_file(deadline)
        except BaseException:
            self._threads.release()
            raise
        self._owner = threading.get_ident()

    def _acquire_file(self, deadline: float) -> None:
        if self._descriptor < 0:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            self._descriptor = os.open(lock_path(self._location), flags, 0o600)
        while not self._try_file():
            if monotonic() >= deadline:
                raise busy(self._location, self._holder())
            self._waiter.wait(_POLL_S)
        os.truncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)

    def _try_file(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _holder(self) -> str:
        pid, _, host = os.pread(self._descriptor, 300, 0).decode(errors="replace").strip().partition(" ")
        return f"process {pid} on {host}" if pid else ""

    def release(self) -> None:
        """Frees it; by the thread that holds it."""
        self._owner = 0
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._threads.release()

    def pause(self) -> None:
        """Frees it so long that whoever waits gets a turn, then takes it again. Raises: as `acquire`."""
        self.release()
        self._waiter.wait(_PAUSE_S)
        self.acquire(_PATIENCE_S)

    def close(self) -> None:
        """Gives the file descriptor back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
