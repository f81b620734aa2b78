"""The field over the sidebar that keeps the rows with what is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from refman.ui.icons import IconName, Icons


class FilterField(QLineEdit):
    """Esc empties it; Down and Enter go on to the rows."""

    gone_on = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Filter tags"))
        self.setAccessibleName(self.tr("Filter tags, searches and authors"))
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon(IconName.LIST_FILTER), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
