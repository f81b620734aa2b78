"""A thread or an active QTimer that outlives its test fails it."""

import sys
import threading
from collections.abc import Iterator

import pytest

_PATIENCE_S = 2.0
"""How long a thread that was told to stop may take."""


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    threads = set(threading.enumerate())
    timers = _active_timers()
    yield
    new = [thread for thread in threading.enumerate() if thread not in threads]
    for thread in new:
        thread.join(_PATIENCE_S)
    alive = [repr(thread) for thread in new if thread.is_alive()]
    left = [*alive, *(_active_timers() - timers)]
    if left or not _pool_is_idle():
        pytest.fail(f"left running after the test: {left or 'tasks in QThreadPool'}", pytrace=False)


def _active_timers() -> set[str]:
    """The running timers that Python made; Qt's own (a blinking cursor) are not ours to stop."""
    if "PySide6.QtCore" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import Shiboken

    # deleteLater() of closed widgets takes effect only now: no event loop runs between tests.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        f"{thing!r} {thing.objectName()} child of {thing.parent()!r}"
        for thing in Shiboken.getAllValidWrappers()
        if isinstance(thing, QTimer) and thing.isActive()
    }


def _pool_is_idle() -> bool:
    if "PySide6.QtCore" not in sys.modules:
        return True
    from PySide6.QtCore import QThreadPool

    return QThreadPool.globalInstance().waitForDone(int(_PATIENCE_S * 1000))
