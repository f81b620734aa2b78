"""No SQL, no file, no network on the GUI thread once a window is shown."""

import os
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from refman.domain.resources import RESOURCES
from tests.guards.stack import refman_frames

_FORBIDDEN = {"open", "sqlite3.connect", "socket.connect", "socket.getaddrinfo"}
_GUI_ROOMS = ("ui/", "app/")


class GuiThreadGuard:
    """What the GUI thread did that only a task may do."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._shown = False

    def on_audit(self, name: str, args: tuple[object, ...]) -> None:
        """Called for every audit event of the process, on the thread that caused it."""
        if name in _FORBIDDEN and self._is_gui_work() and not _is_resource(args[0]):
            self.seen.append(f"{name} {args[0]!r} by {_culprit()}")

    def on_sql(self, *args: object) -> None:
        """Listener of SQLAlchemy's `before_cursor_execute`; the third argument is the statement."""
        if self._is_gui_work():
            self.seen.append(f"SQL {args[2]} by {_culprit()}")

    def _is_gui_work(self) -> bool:
        return threading.current_thread() is threading.main_thread() and bool(_culprit()) and self._is_window_shown()

    def _is_window_shown(self) -> bool:
        self._shown = self._shown or any(w.isVisible() for w in QApplication.topLevelWidgets())
        return self._shown


def _culprit() -> str:
    """The innermost frame in a room of the window; empty when a test calls a service itself."""
    frames = refman_frames(sys._getframe(1))
    return next((frame for frame in frames if frame.startswith(_GUI_ROOMS)), "")


def _is_resource(path: object) -> bool:
    return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(RESOURCES))


_active: list[GuiThreadGuard] = []


def _audit(name: str, args: tuple[object, ...]) -> None:
    if _active:
        _active[-1].on_audit(name, args)


# Hooks cannot be removed, so there is one for the whole session.
sys.addaudithook(_audit)


@pytest.fixture
def gui_thread_guard() -> Iterator[GuiThreadGuard]:
    """Fails the test when the window reads or writes anything on the GUI thread after it is shown.

    Ask for it before the fixture that makes the window. Files that refman ships may be read.
    """
    # Late: tests without a window need no SQLAlchemy.
    from sqlalchemy import Engine, event

    guard = GuiThreadGuard()
    _active.append(guard)
    event.listen(Engine, "before_cursor_execute", guard.on_sql)
    yield guard
    event.remove(Engine, "before_cursor_execute", guard.on_sql)
    _active.remove(guard)
    if guard.seen:
        pytest.fail("done on the GUI thread:\n" + "\n".join(guard.seen), pytrace=False)
