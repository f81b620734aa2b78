"""The lock file of a library: held around each write with its checkpoint, so that programs take turns.

`flock` on a file of its own, never on the library: POSIX would drop SQLite's locks (howtocorrupt.html section 2.2).
The file holds pid and host of whoever has the lock. `flock` knows no queue, so whoever waits leaves a mark in the file,
and whoever frees the lock then waits until it was taken before asking again.
"""

import fcntl
import os
import socket
import threading
from collections.abc import Callable
from time import monotonic

from refman.storage.failures import busy

_POLL_S = 0.002
_PAUSE_S = 0.1
"""How long the lock stays free at most for those who wait; they look every 2 ms, and the first one ends it."""
_PATIENCE_S = 600.0
"""How long a bulk operation waits for its next turn: giving up would take back all it did."""
_MARK_AT = 512
"""Where the mark stands: behind any pid and host."""


def lock_path(location: str) -> str:
    """Beside the real file, so that all names of a library lead to one lock."""
    return os.path.realpath(location) + ".lock"


class WriteLock:
    """Exclusive between processes, stores and threads. Not reentrant."""

    def __init__(self, location: str, *, wait_s: float) -> None:
        self._location = location
        self._wait_s = wait_s
        self._threads = threading.Lock()
        self._waiting: set[int] = set()
        self._owner = 0
        self._descriptor = -1
        self._free_until = 0.0
        self._never = threading.Event()

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
        self._wait_for_threads(patience)
        try:
            self._acquire_file(deadline)
        except BaseException:
            self._threads.release()
            raise
        self._owner = threading.get_ident()

    def _wait_for_threads(self, patience: float) -> None:
        if self._threads.acquire(blocking=False):
            return
        thread = threading.get_ident()
        self._waiting.add(thread)
        try:
            if not self._threads.acquire(timeout=patience):
                raise busy(self._location, "another task of this program")
        finally:
            self._waiting.discard(thread)

    def _acquire_file(self, deadline: float) -> None:
        if self._descriptor < 0:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            self._descriptor = os.open(lock_path(self._location), flags, 0o600)
        self._stay_away(self._is_marked)
        while not self._try_file():
            if monotonic() >= deadline:
                raise busy(self._location, self._holder())
            os.pwrite(self._descriptor, b"w", _MARK_AT)
            self._never.wait(_POLL_S)
        try:
            os.truncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
        except OSError:
            # What is refused here must not go on to keep others out.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            raise

    def _try_file(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _holder(self) -> str:
        line, _, _ = os.pread(self._descriptor, _MARK_AT, 0).partition(b"\n")
        pid, _, host = line.decode(errors="replace").partition(" ")
        return f"process {pid} on {host}" if host else ""

    def _is_marked(self) -> bool:
        """True while another program waits."""
        return os.fstat(self._descriptor).st_size > _MARK_AT

    @property
    def is_awaited(self) -> bool:
        """True while another thread or program waits for it."""
        return bool(self._waiting) or self._is_marked()

    def _stay_away(self, is_wanted: Callable[[], bool]) -> None:
        """Leaves the lock to those who waited when it was freed, until one of them has it."""
        while monotonic() < self._free_until and is_wanted():
            self._never.wait(_POLL_S)

    def release(self) -> None:
        """Frees it; by the thread that holds it."""
        self._owner = 0
        if self.is_awaited:
            self._free_until = monotonic() + _PAUSE_S
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._threads.release()

    def give_way(self) -> None:
        """Frees it so long that whoever waits gets a turn, then takes it again. Raises: as `acquire`."""
        self.release()
        self._stay_away(lambda: self.is_awaited)
        self.acquire(_PATIENCE_S)

    def close(self) -> None:
        """Gives the file descriptor back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
