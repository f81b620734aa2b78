"""A line edit with icons inside, which grow with the font: those of a QLineEdit are always 16 px."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.icon_label import IconLabel

_ICON_PX = 16
_BUTTON_PX = 20


class IconField(QLineEdit):
    """`lead_with` puts an icon in front of the text, `add_deed` buttons behind it; the text leaves room for them.

    The buttons take no focus, so whoever adds one gives its deed a key too.
    """

    def __init__(self, *, icons: Icons, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._themes = themes
        self._buttons: list[QToolButton] = []
        self._lead: IconLabel | None = None
        self._row = QHBoxLayout(self)
        self._row.addStretch()
        themes.changed.connect(self._fit)

    def lead_with(self, name: IconName) -> None:
        """Shows what the field is for; once."""
        self._lead = IconLabel(name, icons=self._icons, themes=self._themes, design_px=_ICON_PX)
        # A click on it is one into the field.
        self._lead.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row.insertWidget(0, self._lead)
        self._fit()

    def add_deed(self, name: IconName, text: str, deed: Callable[[], object]) -> QAction:
        """A button behind those that are there; it is seen while the action is visible."""
        action = QAction(self._icons.icon(name), text, self)
        action.triggered.connect(lambda _=False: deed())
        made = QToolButton()
        made.setDefaultAction(action)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCursor(Qt.CursorShape.ArrowCursor)
        self._buttons.append(made)
        self._row.addWidget(made)
        action.visibleChanged.connect(self._fit)
        self._fit()
        return action

    def add_clear(self, text: str) -> None:
        """A button that empties the field while there is something in it."""
        clear = self.add_deed(IconName.X, text, self.clear)
        clear.setVisible(bool(self.text()))
        self.textChanged.connect(lambda now: clear.setVisible(bool(now)))

    def _fit(self) -> None:
        m = self._themes.metrics
        border = 1
        self._row.setContentsMargins(m.s + border, 0, m.xs, 0)
        self._row.setSpacing(m.xs)
        shown = [made for made in self._buttons if made.defaultAction().isVisible()]
        for made in self._buttons:
            made.setFixedSize(m.icon_size(_BUTTON_PX))
            made.setIconSize(m.icon_size(_ICON_PX))
            made.setVisible(made in shown)
        before = m.icon_size(_ICON_PX).width() + m.s if self._lead else 0
        behind = len(shown) * (m.px(_BUTTON_PX) + m.xs)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(*((behind, 0, before, 0) if is_mirrored else (before, 0, behind, 0)))
