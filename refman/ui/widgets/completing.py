"""The list of proposals under a text field, in the colours of menus."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from refman.ui.theme import ThemeController
from refman.ui.widgets.row_delegate import RowDelegate

_ROW_HEIGHT = 26
_GAP_PX = 2
"""Between the field and its proposals."""


def dress_popup(completer: QCompleter, *, themes: ThemeController) -> QListView:
    """Gives a completer a popup with ground and row height of ours, and returns it."""
    popup = Proposals(completer, themes)
    # After setPopup, which brings a delegate of its own.
    popup.setItemDelegate(_OneLine(themes, popup, design_px=_ROW_HEIGHT))
    return popup


class LastPartCompleter(QCompleter):
    """Completes what stands behind the last comma, and leaves what stands before it."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        field = self.widget()
        before = field.text().rpartition(",")[0] if isinstance(field, QLineEdit) else ""
        name = super().pathFromIndex(index)
        return f"{before}, {name}" if before else name


class Proposals(QListView):
    """Beside its field: Qt would put them over its lower corners. As wide as they are, without a bar to the side."""

    def __init__(self, completer: QCompleter, themes: ThemeController) -> None:
        super().__init__()
        self._completer = completer
        self._themes = themes
        self.setProperty("ground", "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(self)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        field = self._completer.widget()
        if isinstance(field, QWidget):
            self._stand_off(field)

    def _stand_off(self, field: QWidget) -> None:
        """Below or above the field, as Qt chose."""
        gap = self._themes.metrics.px(_GAP_PX)
        top = field.mapToGlobal(QPoint(0, 0)).y()
        bottom = top + field.height()
        if top < self.y() < bottom + gap:
            self.move(self.x(), bottom + gap)
        elif self.y() <= top < self.y() + self.height() + gap:
            self.move(self.x(), top - gap - self.height())


class _OneLine(RowDelegate):
    """What is too long for the popup ends in dots."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())
