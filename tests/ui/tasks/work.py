"""Work for the lanes, and what hears of its end."""

import threading
from collections.abc import Callable
from typing import TypeVar

from pytestqt.qtbot import QtBot

from refman.domain.progress import stop_if_cancelled
from refman.ui.cancelling import CancelToken
from refman.ui.tasks import Lanes

T = TypeVar("T")

PATIENCE_MS = 60_000


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[str] = []

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(threading.current_thread().name)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.append(threading.current_thread().name)


class Gate:
    """Work that says when it began and ends when it is let go, or when it is cancelled."""

    def __init__(self, result: object = None) -> None:
        self.began = threading.Event()
        self.go = threading.Event()
        self._result = result

    def __call__(self, token: CancelToken) -> object:
        self.began.set()
        while not self.go.wait(0.001):
            stop_if_cancelled(token)
        return self._result


def settle(qtbot: QtBot, lanes: Lanes) -> None:
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=PATIENCE_MS)


def thread_name(_token: CancelToken) -> str:
    return threading.current_thread().name


def giving(value: object) -> Callable[[CancelToken], object]:
    return lambda _token: value


def raising(error: Exception) -> Callable[[CancelToken], object]:
    def work(_token: CancelToken) -> object:
        raise error

    return work


def set_and_give(event: threading.Event, value: T, _token: CancelToken) -> T:
    event.set()
    return value
