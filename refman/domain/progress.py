"""How long work tells how far it is and learns that it should stop."""

from typing import Protocol

from refman.domain.errors import Cancelled

_TELLING_S = 2.0


class Progress(Protocol):
    """Called from the thread that works; must be cheap."""

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """`done` of `total` units (None = unknown) of what `text` says are finished."""

    @property
    def is_cancelled(self) -> bool:
        """True once the person wants the work to stop."""


class NoProgress:
    """Nobody watches and nobody cancels."""

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Does nothing."""

    @property
    def is_cancelled(self) -> bool:
        """Never."""
        return False


class Pace:
    """How fast work goes and how long it will take, from its reports; the first seconds tell nothing."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None
        self.a_second = 0.0
        """Units a second; 0 while nobody can tell."""
        self.seconds_left: int | None = None
        """None while nobody can tell."""

    def note(self, done: int, total: int | None, now: float) -> None:
        """Takes a report; `now` are seconds of a clock that only goes on. Work that begins anew is timed anew."""
        if self._begun is None or done < self._begun[1] or done == 0:
            self._begun = (now, done)
            self.a_second, self.seconds_left = 0.0, None
        seconds = now - self._begun[0]
        if seconds < _TELLING_S or done == self._begun[1]:
            return
        self.a_second = (done - self._begun[1]) / seconds
        self.seconds_left = None if total is None else round(max(0, total - done) / self.a_second)


def stop_if_cancelled(progress: Progress) -> None:
    """Raises: Cancelled when the person asked to stop."""
    if progress.is_cancelled:
        raise Cancelled("cancelled", "The work was stopped and everything it had done was taken back.")
