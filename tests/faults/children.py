"""Children of the harness: forked before any library is open, so that one costs milliseconds and no start of Python."""

import ctypes
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic

_LIBC = ctypes.CDLL(None)
_SET_TRACER, _ANY = 0x59616D61, ctypes.c_ulong(-1)

Acknowledge = Callable[[str], None]
"""Writes a line to the pipe; what was written is what the program has promised."""


@dataclass(slots=True)
class Child:
    """A running child and what it acknowledged so far."""

    pid: int
    pipe: int
    start: int
    log: Path
    _rest: bytes = b""
    lines: list[str] = field(default_factory=list)
    status: int | None = None

    def go(self) -> None:
        """Lets it begin."""
        os.write(self.start, b"g")
        os.close(self.start)
        self.start = -1

    def is_traced_soon(self, seconds: float, is_over: Callable[[], bool]) -> bool:
        """Waits for a tracer (proc(5): TracerPid); False when `is_over` says that it gave up."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            if "TracerPid:\t0" not in Path(f"/proc/{self.pid}/status").read_text():
                return True
            if is_over():
                return False
            select.select([], [], [], 0.002)
        return False

    def read(self, seconds: float) -> bool:
        """Reads what was acknowledged until something came or the time is over; False at the end of the pipe."""
        if self.status is not None:
            return False
        ready, _, _ = select.select([self.pipe], [], [], max(seconds, 0))
        if not ready:
            return True
        data = os.read(self.pipe, 65536)
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.lines += [line.decode() for line in whole]
        return bool(data)

    def read_until(self, count: int, seconds: float) -> bool:
        """Waits for so many acknowledgements; False when it ended or the time was over before."""
        deadline = monotonic() + seconds
        while len(self.lines) < count:
            if not self.read(deadline - monotonic()) or monotonic() >= deadline:
                return len(self.lines) >= count
        return True

    def run_for(self, seconds: float) -> None:
        """Reads for so long; afterwards it still runs, or `status` says how it ended."""
        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0:
            if not self.read(left):
                self._reap()
                return

    def wait(self, seconds: float) -> bool:
        """Reads until it ends; kills it and says False when it does not."""
        deadline = monotonic() + seconds
        while self.read(deadline - monotonic()):
            if monotonic() >= deadline:
                self.kill()
                return False
        self._reap()
        return True

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal, to nobody where it has ended already; after SIGKILL what was still acknowledged is read."""
        if self.status is not None:
            # Its number may belong to another process by now.
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        if number == signal.SIGKILL:
            while self.read(10):
                pass
            self._reap()

    def _reap(self) -> None:
        if self.status is None:
            _, raw = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(raw)
            os.close(self.pipe)
            if self.start >= 0:
                os.close(self.start)

    @property
    def said(self) -> str:
        """Its standard output and error."""
        return self.log.read_text("utf-8", "replace")


def spawn(work: Callable[[Acknowledge], None], log: Path) -> Child:
    """Forks; the child waits for `go`, works, and ends with 0, or with 70 and a traceback in its log."""
    read_end, write_end = os.pipe()
    start_read, start_write = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        os.close(start_write)
        _run(work, log, write_end, start_read)
    os.close(write_end)
    os.close(start_read)
    return Child(pid, read_end, start_write, log)


def _acknowledge(pipe: int, line: str) -> None:
    # Another call than those that are made to fail.
    os.writev(pipe, [f"{line}\n".encode()])


def _run(work: Callable[[Acknowledge], None], log: Path, pipe: int, start: int) -> None:
    status = 70
    try:
        # Inside: an error that went on would be taken for one of the parent, whose work the child would then do.
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for stream in (1, 2):
            os.dup2(descriptor, stream)
        # Yama lets only ancestors trace a process that has not said this (prctl(2): PR_SET_PTRACER); strace is none.
        _LIBC.prctl(_SET_TRACER, _ANY, 0, 0, 0)
        if os.read(start, 1) == b"g":
            work(partial(_acknowledge, pipe))
            status = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
        raise
    finally:
        os._exit(status)
