"""What a pane shows when it has nothing to show: one line of why, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import ButtonKind, button, label

_ICON = 32
_WIDTH = 360
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """Icon, title, a quiet sentence and buttons, in the middle of the pane."""

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        icon: IconName,
        icons: Icons,
        themes: ThemeController,
        parent: QWidget | None = None,
        width_px: int = _WIDTH,
    ) -> None:
        super().__init__(parent)
        self._width_px = width_px
        self._themes = themes
        self._title = label(role=TextRole.TITLE, wrap=True, parent=self)
        self._text = label(role=TextRole.SECONDARY, wrap=True, parent=self)
        self._buttons = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        self._picture = IconLabel(icon, icons=icons, themes=themes, design_px=_ICON)
        self._column.addWidget(self._picture, alignment=_MIDDLE)
        for text_label in (self._title, self._text):
            text_label.setAlignment(_MIDDLE)
            self._column.addWidget(text_label, alignment=_MIDDLE)
        self._column.addLayout(self._buttons)
        self._column.addStretch(3)
        self.say(title, text)
        self._resize()
        themes.changed.connect(self._resize)

    def say(self, title: str, text: str = "") -> None:
        """Changes what is said, for a state that names what was searched."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._fit_text()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def show_icon(self, icon: IconName) -> None:
        """Another picture over what is said."""
        self._picture.show_icon(icon)

    def add_button(self, text: str, do: Callable[[], object], *, kind: ButtonKind = ButtonKind.NORMAL) -> QPushButton:
        """Adds a thing to do next, below those before it."""
        made = button(text, kind, parent=self)
        made.clicked.connect(lambda: do())
        self._buttons.addWidget(made, alignment=_MIDDLE)
        return made

    def _resize(self) -> None:
        m = self._themes.metrics
        self._column.setContentsMargins(m.xl, m.xl, m.xl, m.xl)
        self._column.setSpacing(m.s)
        self._buttons.setContentsMargins(0, m.s, 0, 0)
        self._buttons.setSpacing(m.s)
        self._fit_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The stylesheet, which says how large the title is, is put on after the window is built.
        if event.type() is QEvent.Type.StyleChange:
            self._fit_text()

    def _fit_text(self) -> None:
        """A wrapped label in the middle of a layout is not asked for its height, so it is given one."""
        width = self._themes.metrics.px(self._width_px)
        for text_label in (self._title, self._text):
            text_label.ensurePolished()
            text_label.setFixedSize(width, max(0, text_label.heightForWidth(width)))
