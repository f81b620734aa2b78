"""Workers give their values in order, end with the block, and cannot take the memory of the machine."""

import errno
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.domain.errors import UnreadableInput
from refman.workers.pool import SpawnedWorkers


def count(most: int, size: int) -> Iterator[bytes]:
    """Numbers, padded."""
    for number in range(most):
        yield str(number).rjust(size).encode()


def own_process(path: str) -> Iterator[bytes]:
    """The id of the process, then values without end, and a line in a file for each."""
    yield str(os.getpid()).encode()
    for number in range(10**9):
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{number}\n")
        yield b"x" * 100_000


def too_much() -> Iterator[bytes]:
    """More memory than there may be."""
    yield b"before"
    yield bytes(4 << 30)


def broken() -> Iterator[bytes]:
    """A fault of ours."""
    yield b"before"
    os._exit(3)


def refused() -> Iterator[bytes]:
    """What the system says no to."""
    yield b"before"
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def ended_from_outside() -> Iterator[bytes]:
    """As a system does that is short of memory."""
    yield b"before"
    os.kill(os.getpid(), signal.SIGKILL)


def _taken(values: Iterator[bytes | None]) -> list[bytes]:
    return [value for value in values if value is not None]


def test_values_come_in_order_from_another_process() -> None:
    with SpawnedWorkers().stream(count, 30, 100_000) as values:
        assert [int(value) for value in _taken(values)] == list(range(30))


def test_a_worker_that_is_not_wanted_any_more_ends(tmp_path: Path) -> None:
    with SpawnedWorkers().stream(own_process, str(tmp_path / "values")) as values:
        first = next(value for value in values if value is not None)
    pid = int(first)
    assert pid != os.getpid()
    assert pid not in {process.pid for process in multiprocessing.active_children()}
    # It waited for us instead of working ahead.
    lines = (tmp_path / "values").read_text(encoding="utf-8").count("\n") if (tmp_path / "values").exists() else 0
    assert lines < 100


def test_memory_is_bound() -> None:
    with SpawnedWorkers(1 << 30).stream(too_much) as values, pytest.raises(UnreadableInput, match="more memory"):
        _taken(values)


def test_a_worker_that_breaks_is_our_fault() -> None:
    with SpawnedWorkers().stream(broken) as values, pytest.raises(RuntimeError, match="ended before"):
        _taken(values)


def test_a_worker_that_somebody_ended_is_no_fault_of_ours() -> None:
    with SpawnedWorkers().stream(ended_from_outside) as values, pytest.raises(UnreadableInput, match="signal 9"):
        _taken(values)


def test_a_system_that_lets_no_process_begin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refuse)
    before = os.listdir("/proc/self/fd")
    with pytest.raises(UnreadableInput, match="could be started"), SpawnedWorkers().stream(count, 1, 1):
        pass
    assert os.listdir("/proc/self/fd") == before


def test_what_the_system_refuses_a_worker_is_told() -> None:
    with pytest.raises(UnreadableInput, match="Too many open files"), SpawnedWorkers().stream(refused) as values:
        _taken(values)


def test_a_worker_in_which_python_cannot_begin_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with pytest.raises(UnreadableInput) as caught, SpawnedWorkers().stream(count, 3, 10) as values:
        _taken(values)
    assert caught.value.code == "no-process"
