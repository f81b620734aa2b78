"""The toolbar: new, import, export, copy citation, and the search box."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from refman.ui.menus import Actions
from refman.ui.search_box import SearchBox
from refman.ui.theme import ThemeController

_LEFT = (("paper.new", "file.import"), ("file.export", "cite.copy"))
_RIGHT = ("view.detail",)
_SEARCH_PX = 320
_SEARCH_MOST_PX = 560


class ToolBar(QToolBar):
    """One row of 40 px. The search box stands right of the middle and grows with the window."""

    def __init__(
        self, actions: Actions, search: SearchBox, *, themes: ThemeController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toolBar")
        self.setAccessibleName(self.tr("Tools"))
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._themes = themes
        self._search = search
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addAction(actions.action("view.sidebar"))
        for group in _LEFT:
            self.addSeparator()
            for command_id in group:
                self.addAction(actions.action(command_id))
        self.addWidget(self._gap)
        self.addWidget(search)
        for command_id in _RIGHT:
            self.addAction(actions.action(command_id))
        for button in self.findChildren(QToolButton):
            # By keyboard too; Qt leaves toolbars out of the way of Tab.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        metrics = self._themes.metrics
        self.setIconSize(metrics.icon_size())
        self._search.setMinimumWidth(metrics.px(_SEARCH_PX))
        self._search.setMaximumWidth(metrics.px(_SEARCH_MOST_PX))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHorizontalStretch(2)
        self._search.setSizePolicy(policy)
