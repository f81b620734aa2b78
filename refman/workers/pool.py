"""Generator functions in processes of their own, spawned (never forked: the parent has threads and databases).

The child gets its arguments from us and gives bytes back, never objects: nothing that it read becomes code here.
It ends when its parent closes the pipe or goes away, at the latest with its next value.
"""

import fcntl
import gc
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from refman.domain.errors import UnreadableInput

MEMORY_BYTES = 1536 << 20
"""Address space of a worker; the largest .bib entry that is read needs a third of it."""

_WAIT_S = 0.05
_BEGUN, _VALUE, _DONE, _NO_MEMORY, _REFUSED = b"b", b"v", b"d", b"m", b"r"
_PATIENCE_S = 5.0
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU)
_OBJECTS_BETWEEN_LOOKS = 50_000
_PIPE_BYTES = 1 << 20
"""Room for a value on its way; a system may give less."""


class SpawnedWorkers:
    """`domain.ports.Workers`; works in the built program too, which calls `freeze_support`."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes

    @contextmanager
    def stream(self, task: Callable[..., Iterator[bytes]], *arguments: object) -> Iterator[Iterator[bytes | None]]:
        """What the task gives, in order; None each time there was nothing for 50 ms. Raises: as the port says."""
        context = multiprocessing.get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        with suppress(OSError):
            fcntl.fcntl(sending.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        process = context.Process(
            target=_work, args=(sending, self._memory_bytes, task, arguments), name="refman-worker", daemon=True
        )
        with sending, ExitStack() as unused:
            unused.callback(receiving.close)
            _start(process)
            unused.pop_all()
        try:
            yield _values(receiving, process)
        finally:
            receiving.close()
            # One that is done is gone by itself; one that is not wanted any more has nothing to lose.
            process.terminate()
            process.join(_PATIENCE_S)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


def _start(process: SpawnProcess) -> None:
    """Raises: UnreadableInput when the system lets no other program begin."""
    try:
        process.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInput(
            "no-process",
            f"No process could be started to read the file: {reason}. Close other programs and try again.",
            reason,
        ) from error


def _values(receiving: Connection, process: SpawnProcess) -> Iterator[bytes | None]:
    has_begun = False
    while True:
        if not receiving.poll(_WAIT_S):
            yield None
            continue
        try:
            message = receiving.recv_bytes()
        except EOFError:
            raise _ended(process, has_begun=has_begun) from None
        if message[:1] == _BEGUN:
            has_begun = True
            continue
        if message[:1] == _DONE:
            return
        if message[:1] == _NO_MEMORY:
            raise UnreadableInput(
                "too-much-memory", "The file needs more memory than reading may take; split it into smaller ones."
            )
        if message[:1] == _REFUSED:
            reason = message[1:].decode()
            raise UnreadableInput(
                "system-refuses",
                f"The file cannot be read: {reason}. Close other programs and try again.",
                reason,
            )
        yield message[1:]


def _ended(process: SpawnProcess, *, has_begun: bool) -> Exception:
    """Why there is no more; what ends a process from outside (its memory is wanted elsewhere) is no fault of ours.

    Nor is it when Python itself could not begin in it: then there are no descriptors, no memory or no right to read.
    """
    process.join(_PATIENCE_S)
    code = process.exitcode
    if not has_begun and (code is None or code > 0):
        reason = "it ended before it began"
        return UnreadableInput(
            "no-process",
            f"No process could be started to read the file: {reason}. Close other programs and try again.",
            reason,
        )
    if code is None or -code not in _FROM_OUTSIDE:
        return RuntimeError("a worker process ended before its work was done")
    number = str(-code)
    return UnreadableInput(
        "reader-ended",
        f"The process that reads the file was ended from outside (signal {number}), for example because memory ran "
        "short; nothing was imported. Close other programs and try again.",
        number,
    )


def _work(
    sending: Connection, memory_bytes: int, task: Callable[..., Iterator[bytes]], arguments: tuple[object, ...]
) -> None:
    """The life of a worker."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # The person's other programs come first, and so does the writer of this one.
    os.nice(5)
    # What is read from a file has no cycles: looking for some after every 700 objects takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    # Ctrl+C at a terminal goes to all; the parent decides what becomes of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A parent that went away or does not want any more is no fault.
    with suppress(BrokenPipeError):
        try:
            sending.send_bytes(_BEGUN)
            for value in task(*arguments):
                sending.send_bytes(_VALUE + value)
            sending.send_bytes(_DONE)
        except MemoryError:
            sending.send_bytes(_NO_MEMORY)
        except BrokenPipeError:
            raise
        except OSError as error:
            sending.send_bytes(_REFUSED + (error.strerror or str(error)).encode("utf-8", "replace"))
