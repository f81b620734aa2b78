"""What panes and dialogs ask of the library: the part of the window's adapter that they know."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from refman.services.library import Library
from refman.services.outcome import Outcome

T = TypeVar("T")


class LibraryDoor(Protocol):
    """Work goes to the lanes, answers come back on the GUI thread; nothing is called once `owner` is destroyed."""

    def read(
        self,
        work: Callable[[Library], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
        slot: str | None = None,
    ) -> None:
        """Asks the library. Of one `slot` only the newest is answered.

        Without `failed` the message bar says why the library cannot be read, and any other failure goes to the log.
        """

    def write(
        self,
        work: Callable[[Library], Outcome],
        done: Callable[[Outcome], None] | None = None,
        *,
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
        is_quiet: bool = False,
    ) -> None:
        """Changes the library and tells every view. The message bar says what was done unless `is_quiet`.

        Without `failed` the message bar says why it was not done.
        """
