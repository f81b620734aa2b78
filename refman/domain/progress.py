"""How long work tells how far it is and learns that it should stop."""

from typing import Protocol

from refman.domain.errors import Cancelled


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


def stop_if_cancelled(progress: Progress) -> None:
    """Raises: Cancelled when the person asked to stop."""
    if progress.is_cancelled:
        raise Cancelled("cancelled", "The work was stopped and everything it had done was taken back.")
