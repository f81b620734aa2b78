"""Progress on standard error, for a person at a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from refman.cli.output import is_terminal
from refman.domain.progress import Pace

_PAUSE_S = 0.2


class TerminalProgress:
    """Rewrites one line a few times a second; says nothing to a file or a pipe. Ctrl+C is how a person cancels."""

    is_cancelled = False

    def __init__(self) -> None:
        self._is_shown = is_terminal(sys.stderr)
        self._next = monotonic() + _PAUSE_S
        self._has_line = False
        self._pace = Pace()

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Shows how far the work is."""
        now = monotonic()
        if not self._is_shown or now < self._next:
            return
        self._next = now + _PAUSE_S
        self._pace.note(done, total, now)
        self._has_line = True
        of = f" of {total:,}" if total else ""
        print(f"\r\033[K{text} {done:,}{of}{_pace_text(self._pace)}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Takes the line away."""
        if self._has_line:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def shown_progress() -> Iterator[TerminalProgress]:
    """Progress that is gone when the work has ended, however it did."""
    progress = TerminalProgress()
    try:
        yield progress
    finally:
        progress.end()


def _pace_text(pace: Pace) -> str:
    """`, 3,100 a second, 1:05 left`."""
    speed = f", {pace.a_second:,.0f} a second" if pace.a_second >= 1 else ""
    if pace.seconds_left is None:
        return speed
    minutes, seconds = divmod(pace.seconds_left, 60)
    return f"{speed}, {minutes}:{seconds:02} left"
