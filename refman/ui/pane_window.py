"""A pane in a window of its own, on a second screen for instance."""

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from refman.ui.widgets.looks import Surface, stand_on
from refman.ui.widgets.tab_walk import go_on


class PaneWindow(QWidget):
    """The window of a pane that was torn off. The keys of the main window work in it, too."""

    closed = Signal()

    def __init__(self, pane: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        stand_on(self, Surface.SURFACE)
        # Keys belong to the active window, which is this one while it is worked in.
        self.addActions(parent.actions())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(pane)

    def focusNextPrevChild(self, next: bool) -> bool:
        return go_on(self, forwards=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class TornOff(QObject):
    """Takes a pane out of the main window and lets it go again."""

    closed = Signal()
    """The person closed the window: the pane is wanted where it was before."""

    def __init__(self, pane: QWidget, title: str, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane = pane
        self._title = title
        self._owner = parent
        self._window: PaneWindow | None = None
        self._kept = QByteArray()

    @property
    def is_out(self) -> bool:
        """Whether the pane has a window of its own now."""
        return self._window is not None

    def geometry(self, kept: QByteArray) -> QByteArray:
        """Place and size of the window as it is or was; `kept` when there was none yet."""
        if self._window is not None:
            return self._window.saveGeometry()
        return kept if self._kept.isEmpty() else self._kept

    def tear_off(self, geometry: QByteArray, *, size: QSize) -> None:
        """Gives the pane a window; where none was kept it has this size."""
        if self._window is not None:
            return
        self._window = PaneWindow(self._pane, self._owner.window())
        self._window.setWindowTitle(self._title)
        self._window.closed.connect(self.closed)
        if not self._window.restoreGeometry(geometry):
            self._window.resize(size)
        self._window.show()

    def come_back(self) -> None:
        """Ends the window; whoever calls puts the pane into the main window first."""
        if self._window is not None:
            window, self._window = self._window, None
            self._kept = window.saveGeometry()
            window.closed.disconnect()
            window.hide()
            window.deleteLater()

    def hide(self) -> None:
        """Takes the window from the screen; where it was is kept."""
        if self._window is not None:
            self._window.hide()

    def raise_up(self) -> None:
        """Brings the window to the front, for typing."""
        if self._window is not None:
            self._window.raise_()
            self._window.activateWindow()
