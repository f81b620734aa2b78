"""A thread or an active QTimer that outlives its test fails it; dead windows are collected."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

_PATIENCE_S = 2.0
"""How long a thread that was told to stop may take."""
_DEAD_WRAPPERS = 1000
"""So many more Qt objects than after the last collection: about two main windows."""

_lasting = 0
"""Qt objects that outlived the last collection."""


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
    _collect_windows()


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


def _collect_windows() -> None:
    """Collects what died in cycles, once it is much.

    Python does not do it by itself: while there are lanes its collector is off (ADR 0060), and what was frozen
    meanwhile does not count as young. Windows of earlier tests would stay, and each new style sheet or colour scheme
    would be put on them too: late tests took five times as long as early ones.
    """
    global _lasting
    if "PySide6.QtCore" not in sys.modules:
        return
    from shiboken6 import Shiboken

    if len(Shiboken.getAllValidWrappers()) > _lasting + _DEAD_WRAPPERS:
        gc.collect()
        _lasting = len(Shiboken.getAllValidWrappers())
