"""The search box of the toolbar: asks while typing, tells mistakes when typing rests, leads to the results."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from refman.domain.query import Misunderstood, Query
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.search_edit import SearchEdit

_MISTAKE_AFTER_MS = 400
"""A field name that is half typed is no mistake yet."""


class SearchBox(SearchEdit):
    """`textChanged` is the search; `show_understood` answers it."""

    left = Signal()
    """Down, Enter, or Esc in an empty box: the focus should go to the results."""

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Search papers"), icons=icons, themes=themes, parent=parent)
        self.setObjectName("searchBox")
        self.setToolTip(self.tr("Search (Ctrl+F)"))
        self._mistakes: tuple[Misunderstood, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_MISTAKE_AFTER_MS)
        self._rest.timeout.connect(self._show_mistakes)
        self.textChanged.connect(self._forget_mistakes)

    def show_understood(self, query: Query) -> None:
        """How the present text was understood."""
        self._mistakes = query.misunderstood
        if self._mistakes:
            self._rest.start()
        else:
            self.show_mistake("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys or (event.key() == Qt.Key.Key_Escape and not self.text()):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _forget_mistakes(self) -> None:
        self._rest.stop()
        self._mistakes = ()

    def _show_mistakes(self) -> None:
        if self._mistakes:
            reason = "\n".join(mistake.reason for mistake in self._mistakes)
            self.show_mistake(reason, [(mistake.start, mistake.end) for mistake in self._mistakes])
