"""A place for a widget that is made when somebody first sees it or asks for it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

Part = TypeVar("Part", bound=QWidget)


class Late(QWidget, Generic[Part]):
    """Fills itself with what `make` makes, once. Whoever asks for `part` makes it, too."""

    def __init__(self, make: Callable[[], Part]) -> None:
        super().__init__()
        self._make = make
        self._part: Part | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def part(self) -> Part:
        """The widget inside; made now if it was not yet."""
        return self._filled()

    @property
    def made(self) -> Part | None:
        """The widget inside, None while nobody needed it."""
        return self._part

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fill()

    def fill(self) -> None:
        """Makes the widget if it was not yet."""
        self._filled()

    def _filled(self) -> Part:
        if self._part is None:
            self._part = self._make()
            self._take(self._part)
        return self._part

    def _take(self, part: QWidget) -> None:
        self._column.addWidget(part)
        # Not with the next turn of the event loop, which is when a layout does it: nothing may be seen empty.
        part.show()
        self._order_tabs(part)
        self.setFocusProxy(part)

    def _order_tabs(self, part: QWidget) -> None:
        """Tab comes here when it comes to this place, and not behind everything that was made before."""
        stops: list[QWidget] = []
        widget: QWidget | None = part
        while widget is not None and (widget is part or part.isAncestorOf(widget)):
            if _is_stop(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        # Qt puts nothing behind a widget that Tab does not stop at, as this one is.
        before: QWidget | None = self.previousInFocusChain()
        while before is not None and before is not self and not _is_stop(before):
            before = before.previousInFocusChain()
        for stop in stops:
            if before is not None and before is not self:
                QWidget.setTabOrder(before, stop)
            before = stop


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
