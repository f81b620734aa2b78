"""The field over the sidebar that keeps the rows with what is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.icon_field import IconField


class FilterField(IconField):
    """Esc empties it; Down and Enter go on to the rows."""

    gone_on = Signal()

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(icons=icons, themes=themes, parent=parent)
        self.setPlaceholderText(self.tr("Filter tags"))
        self.setAccessibleName(self.tr("Filter tags, searches and authors"))
        self.lead_with(IconName.LIST_FILTER)
        self.add_clear(self.tr("Clear the filter"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
