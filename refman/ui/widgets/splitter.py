"""A splitter that is a line of one pixel and yet easy to catch."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

_GRIP_PX = 8


class LineSplitter(QSplitter):
    """Shows a hairline between its panes; the pointer catches it 8 px wide, over the edges of both panes."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _WideHandle(self.orientation(), self)


class _WideHandle(QSplitterHandle):
    """QSplitter lays a handle out with its contents margins around it, and Qt masks it to what lies inside them."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._caught_at = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = (_GRIP_PX - 1) // 2
        after = _GRIP_PX - 1 - before
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setContentsMargins(before, 0, after, 0)
        else:
            self.setContentsMargins(0, before, 0, after)
        self.setMask(self.contentsRect())
        QWidget.resizeEvent(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._caught_at = self._along(event.position().toPoint()) - self._along(self.contentsRect().topLeft())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Not Qt's own: it forgets the margins and lets the line jump by them.
        if event.buttons() & Qt.MouseButton.LeftButton:
            pointer = self.splitter().mapFromGlobal(event.globalPosition().toPoint())
            self.moveSplitter(self._along(pointer) - self._caught_at)

    def _along(self, point: QPoint) -> int:
        return point.x() if self.orientation() is Qt.Orientation.Horizontal else point.y()
