"""The bytes of files, pipes, devices and standard input: what never ends is refused, not waited for."""

import os
import select
import stat
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from refman.domain.errors import UnreadableInput
from refman.domain.progress import NoProgress, Progress, stop_if_cancelled
from refman.formats import detect
from refman.formats.decoding import PEEK, decode, is_wide, refuse_binary

MOST_BYTES = 512 << 20
"""What is read whole must fit into memory; only a regular .bib may be larger, for it is read in parts."""
WRITER_WAIT_S = 5.0
"""How long a pipe that nobody has open for writing, or a device that is silent, may stay so."""
_BLOCK = 1 << 20
_BEGINNING = 4 << 20
_LOOK_EVERY_S = 0.1


def bytes_of_file(path: Path, name: str, *, progress: Progress | None = None) -> bytes:
    """All of a file, a pipe or a device; a pipe that somebody has open for writing is waited for, until cancelled.

    Raises: UnreadableInput for what is no text, too large, endless or silent; OSError; Cancelled.
    """
    # Opening a pipe would wait for its writer; whether there is one is found out by reading.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        watcher = progress or NoProgress()
        return bytes_of_stream(_Patient(descriptor, name, watcher).read, name, known_size=os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def bytes_of_stream(read: Callable[[int], bytes], name: str, *, known_size: int = 0) -> bytes:
    """What `read` gives up to its end; given up at the first sign that it is no text.

    Raises: UnreadableInput for what is no text, or too large (`known_size` in bytes tells it early).
    """
    content = bytearray()
    checked = 0
    while block := read(_BLOCK):
        content += block
        if not checked and len(content) < PEEK:
            continue
        _refuse_no_text(content, checked, name)
        checked = len(content)
        if checked > MOST_BYTES or (known_size > MOST_BYTES and checked >= _BEGINNING):
            raise _too_large(bytes(content[:_BEGINNING]), name)
    return bytes(content)


def _refuse_no_text(content: bytearray, checked: int, name: str) -> None:
    """Looks at what was read since `checked`. Raises: UnreadableInput."""
    if is_wide(bytes(content[:PEEK])):
        return
    if not checked:
        refuse_binary(bytes(content), name)
    elif content.find(0, checked) >= 0:
        refuse_binary(b"\0", name)


def _too_large(beginning: bytes, name: str) -> UnreadableInput:
    """The error about a text without end in sight; one whose format nobody can tell says that instead."""
    try:
        detect(decode(beginning, name).text, name)
    except UnreadableInput as error:
        return error
    most = f"{MOST_BYTES >> 20} MB"
    return UnreadableInput(
        "too-large",
        f"{name} gives more than {most}, which is too much to read at once; save it as a .bib file and import that, "
        "or divide it.",
        name,
        most,
    )


class _Patient:
    """Reads a descriptor that does not block: waits for a writer that is there, not for one that may never come."""

    def __init__(self, descriptor: int, name: str, progress: Progress) -> None:
        self._descriptor = descriptor
        self._name = name
        self._progress = progress
        self._has_read = False
        self._is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
        self._waits = os.isatty(descriptor)
        """Somebody is there: a person at a terminal, or a program that has the other end of the pipe."""
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)

    def read(self, size: int) -> bytes:
        """Bytes, none at the end. Raises: UnreadableInput when nobody writes; OSError; Cancelled."""
        deadline = monotonic() + WRITER_WAIT_S
        while True:
            stop_if_cancelled(self._progress)
            block = self._try(size)
            if block:
                self._has_read = True
                return block
            if block is not None and (self._has_read or self._has_ended()):
                return b""
            if block is None and self._is_pipe:
                # The writer is there and thinks.
                self._waits = True
            if not self._waits and monotonic() > deadline:
                raise self._silent()
            self._poll.poll(_LOOK_EVERY_S * 1000)

    def _try(self, size: int) -> bytes | None:
        """What is there now; nothing at the end or without a writer, None while a writer is silent."""
        try:
            return os.read(self._descriptor, size)
        except BlockingIOError:
            return None

    def _has_ended(self) -> bool:
        """A pipe without a writer ends only when it had one, which the system remembers."""
        if not self._is_pipe:
            return True
        return any(event & select.POLLHUP for _, event in self._poll.poll(0))

    def _silent(self) -> UnreadableInput:
        seconds = f"{WRITER_WAIT_S:.0f}"
        return UnreadableInput(
            "silent-input",
            f"Nobody writes to {self._name}: nothing came in {seconds} seconds. Start what writes to it first, "
            "or name a file.",
            self._name,
            seconds,
        )
