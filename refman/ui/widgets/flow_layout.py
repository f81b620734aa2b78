"""A layout that sets its widgets in lines like words, for chips and small buttons."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then the next line; the height follows from the width. `spacing()` is the gap both ways."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._hanging: QWidget | None = None
        self._hanging_px = 0
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def insertWidget(self, place: int, widget: QWidget) -> None:
        """Adds a widget before the one that stands at `place` now."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def hang(self, widget: QWidget, px: int) -> None:
        """One widget, at the beginning of a line, stands so far left of the others: there are no words at its edge."""
        self._hanging, self._hanging_px = widget, px
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        """Qt calls it whenever an item comes, goes or wants another size."""
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        # Each layout of the window asks many times.
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), is_trial=True)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        """Places the items unless it is only a trial; returns the height they need."""
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        corner, line_height = inner.topLeft(), 0
        for item in self._visible():
            size = self._fitting(item, inner.width())
            if corner.x() > inner.left() and corner.x() + size.width() > inner.left() + inner.width():
                corner, line_height = QPoint(inner.left(), corner.y() + line_height + self.spacing()), 0
            if not is_trial:
                is_hanging = item.widget() is self._hanging and corner.x() == inner.left()
                item.setGeometry(QRect(corner - QPoint(self._hanging_px if is_hanging else 0, 0), size))
            corner += QPoint(size.width() + self.spacing(), 0)
            line_height = max(line_height, size.height())
        return corner.y() + line_height + margins.bottom() - rect.top()

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _fitting(self, item: QLayoutItem, width: int) -> QSize:
        """The size an item wants, but never wider than the line."""
        size = item.sizeHint()
        return QSize(min(size.width(), width), size.height()) if width > 0 else size
