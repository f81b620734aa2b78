"""Reading what may be hostile within limits (docs/decisions/0096).

The window has a process with limits read what is not small. A command is a process of its own, and reads under limits.
"""

import resource
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from types import FrameType
from typing import Any

from refman.domain.errors import UnreadableInput
from refman.domain.ports import Workers
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats.base import ImportResult
from refman.services.import_plan import ImportInput, ImportOptions, Reading, Refusal
from refman.services.in_process import InProcess, MakeWorkers
from refman.services.part_codec import from_bytes, to_bytes
from refman.services.reading import check_options, read_inputs
from refman.services.reading_codec import decode_result, encode_result

APART_FROM = 64 << 10
"""Characters. What is smaller is read at once: a process costs 0.3 s, and so little is read in less whatever it is."""
MOST_SECONDS = 60.0
"""Of processor time in a command, of time in the window."""
MOST_BYTES = 1536 << 20
"""By how much a command may grow while it reads; as much as a worker process may take."""


def read_guarded(
    make_workers: MakeWorkers, inputs: Sequence[ImportInput], options: ImportOptions, *, progress: Progress
) -> tuple[Reading, ...]:
    """As `reading.read_inputs`; what is not small is read by a process with limits, and refused beyond them.

    Raises: InvalidValue for a format or tag that cannot be, Cancelled.
    """
    checked = replace(options, tags=check_options(options))
    readings: list[Reading] = []
    for place, one in enumerate(inputs):
        stop_if_cancelled(progress)
        progress.report(place, len(inputs), one.name)
        workers = make_workers() if len(one.text) >= APART_FROM else InProcess()
        # Without processes there are no limits.
        is_apart = not isinstance(workers, InProcess)
        readings += [_apart(workers, one, checked, progress)] if is_apart else read_inputs([one], options)
    return tuple(readings)


def _apart(workers: Workers, one: ImportInput, options: ImportOptions, progress: Progress) -> Reading:
    """Raises: Cancelled."""
    deadline = monotonic() + MOST_SECONDS
    try:
        with workers.stream(read_apart, one, options) as values:
            for value in values:
                stop_if_cancelled(progress)
                if value is not None:
                    return _reading(one, from_bytes(value))
                if monotonic() > deadline:
                    raise too_much_time(one.name)
    except UnreadableInput as error:
        return _refused(one, error)
    raise RuntimeError("a worker process gave nothing")


def read_apart(one: ImportInput, options: ImportOptions) -> Iterator[bytes]:
    """What the process does: its one value is all that was found in the text."""
    [reading] = read_inputs([one], options)
    refusal = reading.refusal
    told = None if refusal is None else [refusal.file, refusal.code, refusal.message, refusal.arguments]
    yield to_bytes([reading.format, encode_result(reading.result), told])


def _reading(one: ImportInput, values: Sequence[Any]) -> Reading:
    format_name, result, told = values
    refusal = None
    if told is not None:
        file, code, message, arguments = told
        refusal = Refusal(file, code, message, tuple(arguments))
    return Reading(one.name, format_name, one.text, decode_result(result), refusal)


def _refused(one: ImportInput, error: UnreadableInput) -> Reading:
    return Reading(one.name, "", "", ImportResult(), Refusal(one.name, error.code, error.message, error.arguments))


def read_within_limits(inputs: Sequence[ImportInput], options: ImportOptions) -> tuple[Reading, ...]:
    """As `reading.read_inputs`, each input within the limits of `reading_limits`; beyond them it is refused."""
    readings: list[Reading] = []
    for one in inputs:
        try:
            with reading_limits(one.name):
                readings += read_inputs([one], options)
        except UnreadableInput as error:
            readings.append(_refused(one, error))
    return tuple(readings)


def too_much_time(name: str) -> UnreadableInput:
    """The refusal of what takes too long."""
    return UnreadableInput(
        "too-much-time",
        f"{name} takes more than {MOST_SECONDS:.0f} seconds to read; split it into smaller files.",
        name,
        f"{MOST_SECONDS:.0f}",
    )


@contextmanager
def reading_limits(name: str) -> Iterator[None]:
    """Inside, this process may use so much time and grow so much; for the main thread of a command, else nothing.

    Raises: UnreadableInput beyond them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)
    alarm = signal.signal(signal.SIGPROF, _give_up)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_most_bytes(memory), memory[1]))
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        yield
    except MemoryError:
        # Without the error: its frames hold what used the memory up.
        raise UnreadableInput(
            "too-much-memory", f"{name} needs more memory than reading may take; split it into smaller files.", name
        ) from None
    except _TooLongError:
        raise too_much_time(name) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, alarm)
        resource.setrlimit(resource.RLIMIT_AS, memory)


class _TooLongError(BaseException):
    """No Exception: nothing that reads may take it for a fault of its input."""


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _TooLongError


def _most_bytes(before: tuple[int, int]) -> int:
    """What is mapped now and as much as may come; never more than was allowed before."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            mapped = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        # A system without it: room for a program beside what is read.
        mapped = MOST_BYTES
    wanted = mapped + MOST_BYTES
    allowed = [limit for limit in before if limit != resource.RLIM_INFINITY]
    return min([wanted, *allowed])
