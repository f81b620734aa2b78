"""What was typed into a dialog that is open counts as typed, too, when the system ends the program over it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    # For types only: a window without dialogs needs none of it.
    from refman.ui.detail.unsaved import UnsavedText


@runtime_checkable
class HoldsTyped(Protocol):
    """A dialog that is typed into and stores nothing before it is agreed to."""

    def typed(self) -> "Iterator[UnsavedText]":
        """What a person put into it that is stored nowhere; nothing while nothing was changed."""


def typed_in_dialogs(window: QWidget) -> "Iterator[UnsavedText]":
    """What stands in the dialogs that are open over the window and its parts. Cost: a walk over all widgets."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() and isinstance(dialog, HoldsTyped):
            yield from dialog.typed()
