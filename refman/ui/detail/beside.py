"""The fourth pane: one tab of the details stands beside them, so that both are read at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from refman.ui.theme import TextRole
from refman.ui.widgets.looks import Surface, label, stand_on


class TabBeside(QWidget):
    """Takes the tab itself and not a copy: a note has one editor, wherever it stands.

    The window title of a tab is the text on it. `tabs` is asked when the first tab comes here.
    """

    def __init__(self, tabs: Callable[[], QTabWidget]) -> None:
        super().__init__()
        self.setObjectName("besidePane")
        self.setAccessibleName(self.tr("Beside the details"))
        stand_on(self, Surface.SURFACE)
        self._tabs = tabs
        self._order: list[QWidget | None] = []
        self._tab: QWidget | None = None
        self._is_idle = True
        self._hint = label(self.tr("Select one paper."), TextRole.SECONDARY)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._hint, 1)
        self.hide()

    @property
    def tab(self) -> QWidget | None:
        """The tab that stands here."""
        return self._tab

    def show_tab(self, tab: QWidget | None) -> None:
        """Takes a tab out of the details and gives the one before back; None only gives back."""
        if tab is not self._tab:
            self._give_back()
            self._tab = tab
            if tab is not None:
                tabs = self._tabs()
                self._order = self._order or [tabs.widget(place) for place in range(tabs.count())]
                tabs.removeTab(tabs.indexOf(tab))
                self._column.addWidget(tab, 1)
                self.setFocusProxy(tab)
        self.setVisible(tab is not None)
        self._show_or_hint()

    def set_idle(self, is_idle: bool) -> None:
        """Whether there is no paper, or more than one, so that the tab has nothing to show."""
        self._is_idle = is_idle
        self._show_or_hint()

    def _show_or_hint(self) -> None:
        self._hint.setVisible(self._is_idle)
        if self._tab is not None:
            self._tab.setVisible(not self._is_idle)

    def _give_back(self) -> None:
        tab, self._tab = self._tab, None
        if tab is not None:
            self._tabs().insertTab(self._order.index(tab), tab, tab.windowTitle())
