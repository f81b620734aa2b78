"""The list of proposals under a text field, in the looks of the other lists."""

from PySide6.QtWidgets import QCompleter, QListView

from refman.ui.theme import ThemeController
from refman.ui.widgets.row_delegate import RowDelegate

_ROW_HEIGHT = 26


def dress_popup(completer: QCompleter, *, themes: ThemeController) -> QListView:
    """Gives a completer a popup with ground and row height of ours, and returns it."""
    popup = QListView()
    popup.setProperty("ground", "popup")
    completer.setPopup(popup)
    # After setPopup, which brings a delegate of its own.
    popup.setItemDelegate(RowDelegate(themes, popup, design_px=_ROW_HEIGHT))
    return popup
