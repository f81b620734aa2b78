"""The folded sidebar: 44 px of icons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from refman.ui.filter_state import Place
from refman.ui.icons import IconName, Icons
from refman.ui.theme import ThemeController


class FoldedRail(QWidget):
    """The places as icons, and the way back to the whole sidebar."""

    place_chosen = Signal(object)
    unfold_asked = Signal()

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icons = icons
        self._buttons: dict[Place, QToolButton] = {}
        metrics = themes.metrics
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(metrics.xs, metrics.s, metrics.xs, metrics.s)
        self._column.setSpacing(metrics.xs)
        places = (
            (Place.ALL, IconName.LIBRARY, self.tr("All papers")),
            (Place.UNTAGGED, IconName.TAGS, self.tr("Untagged")),
            (Place.TRASH, IconName.TRASH_2, self.tr("Trash")),
        )
        for place, icon, name in places:
            made = self._button(icon, name)
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, chosen=place: self.place_chosen.emit(chosen))
            self._buttons[place] = made
        tags = self._button(IconName.TAG, self.tr("Show tags"))
        tags.clicked.connect(lambda _=False: self.unfold_asked.emit())
        self._column.addStretch()
        unfold = self._button(IconName.PANEL_LEFT, self.tr("Show the sidebar (Ctrl+B)"))
        unfold.clicked.connect(lambda _=False: self.unfold_asked.emit())
        self.setFocusProxy(self._buttons[Place.ALL])
        themes.changed.connect(self._apply_sizes)

    def set_place(self, place: Place, *, is_filtered: bool) -> None:
        """Marks the place that is listed."""
        for one, made in self._buttons.items():
            made.setChecked(one is place and not is_filtered)

    def _button(self, icon: IconName, name: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(self._icons.icon(icon))
        made.setIconSize(self._themes.metrics.icon_size())
        made.setToolTip(name)
        made.setAccessibleName(name)
        side = self._themes.metrics.px(36)
        made.setFixedSize(side, self._themes.metrics.px(32))
        self._column.addWidget(made)
        return made

    def _apply_sizes(self) -> None:
        metrics = self._themes.metrics
        for made in self.findChildren(QToolButton):
            made.setIconSize(metrics.icon_size())
            made.setFixedSize(metrics.px(36), metrics.px(32))
