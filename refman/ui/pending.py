"""What has been asked of the library and is not done yet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Pending(QObject):
    """Counts the writes and the work under way. While it is busy the steps of the journal are about to change."""

    begun = Signal()
    """A write or work was asked for."""
    asked = Signal()
    """A write was asked for; it is done after those asked for before."""
    written = Signal()
    """Every write has ended, well or not; work may still be under way."""
    settled = Signal()
    """Every write and all work has ended, well or not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._count = 0
        self._writes = 0

    @property
    def is_busy(self) -> bool:
        """True while something that may write is under way."""
        return self._count > 0

    @property
    def is_writing(self) -> bool:
        """True while a write is under way."""
        return self._writes > 0

    def begin(self, *, is_write: bool) -> None:
        """One more is under way."""
        self._count += 1
        self._writes += is_write
        self.begun.emit()
        if is_write:
            self.asked.emit()

    def end(self, *, is_write: bool) -> None:
        """One of them has ended."""
        self._count -= 1
        self._writes -= is_write
        if is_write and not self._writes:
            self.written.emit()
        if not self._count:
            self.settled.emit()

    def failing(self, failed: Callable[[Exception], None], *, is_write: bool) -> Callable[[Exception], None]:
        """`failed`, then `end`."""

        def fail(error: Exception) -> None:
            failed(error)
            self.end(is_write=is_write)

        return fail
