"""The message bar: what was done or went wrong, under the list, with one thing to do about it."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget
from shiboken6 import Shiboken

from refman.domain.frozen import dataclass
from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import button, stand_out
from refman.ui.widgets.text_block import TextBlock

_ICON = 16
_MOST_LINES = 6
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class MessageKind(StrEnum):
    """How a message is meant. Warnings and errors stay until they are closed."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


_ICONS = {
    MessageKind.INFO: (IconName.INFO, Tint.NORMAL),
    MessageKind.SUCCESS: (IconName.CIRCLE_CHECK, Tint.SUCCESS),
    MessageKind.WARNING: (IconName.TRIANGLE_ALERT, Tint.WARNING),
    MessageKind.ERROR: (IconName.CIRCLE_ALERT, Tint.DANGER),
}
_STAYING = frozenset({MessageKind.WARNING, MessageKind.ERROR})


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button of a message, named by its verb (`Undo`, `Show`)."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Message:
    """What the bar says: plain text of any length."""

    text: str
    kind: MessageKind = MessageKind.INFO
    actions: tuple[MessageAction, ...] = ()


class MessageBar(QWidget):
    """Shows one message at a time; a newer one takes the place of the older.

    Part of the layout: it takes its height only while it is shown, so it never covers a row. It goes after
    `stay_ms`, but not while the pointer or the focus is in it. A focus that is in it when it goes, as after a click
    on `Undo`, returns to where it was before.
    """

    def __init__(self, *, icons: Icons, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stay_ms = 8000
        self._message: Message | None = None
        self._came_from: QWidget | None = None
        self._themes = themes
        self.setAccessibleName(self.tr("Message"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        stand_out(self, "messageBar")
        self._icon = IconLabel(IconName.INFO, icons=icons, themes=themes, design_px=_ICON)
        self._text = TextBlock(most_lines=_MOST_LINES, parent=self)
        self._text.setAccessibleName(self.tr("Message"))
        self._buttons: list[QPushButton] = []
        self._close = self._close_button(icons)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, alignment=_MIDDLE)
        self._row.addWidget(self._text, 1, alignment=_MIDDLE)
        self._row.addWidget(self._close, alignment=_MIDDLE)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self._resize()
        themes.changed.connect(self._resize)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Shows it and has it read out."""
        self._message = message
        self._icon.show_icon(*_ICONS[message.kind])
        self._show_buttons(message.actions)
        self.show()
        self._text.show_text(message.text)
        announce(self, message.text, is_urgent=message.kind is MessageKind.ERROR)
        self._stay_or_go()

    def dismiss(self) -> None:
        """Takes the message away."""
        self._message = None
        self._give_focus_back()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stay_or_go()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._stay_or_go()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._stay_or_go()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._holds(old) != self._holds(new):
            self._came_from = old if self._holds(new) else self._came_from
            self._stay_or_go()

    def _give_focus_back(self) -> None:
        """Qt would pass it to whatever comes next in the window: the first button of the tool bar."""
        before = self._came_from
        if self._holds(QApplication.focusWidget()) and before and Shiboken.isValid(before) and before.isVisible():
            before.setFocus()

    def _stay_or_go(self) -> None:
        """Lets the time run from its beginning, unless somebody is reading or using the message."""
        is_in_use = self.underMouse() or self._holds(QApplication.focusWidget())
        if self._message is None or self._message.kind in _STAYING or is_in_use:
            self._timer.stop()
        else:
            self._timer.start(self.stay_ms)

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and self.isAncestorOf(widget)

    def _close_button(self, icons: Icons) -> QToolButton:
        close = QToolButton(self)
        close.setIcon(icons.icon(IconName.X))
        close.setToolTip(self.tr("Close the message"))
        close.setAccessibleName(self.tr("Close the message"))
        close.clicked.connect(self.dismiss)
        return close

    def _show_buttons(self, actions: tuple[MessageAction, ...]) -> None:
        if self._buttons:
            self._give_focus_back()
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(action) for action in actions]
        for place, made in enumerate(self._buttons):
            self._row.insertWidget(2 + place, made, alignment=_MIDDLE)
            made.show()

    def _button(self, action: MessageAction) -> QPushButton:
        made = button(action.text, parent=self)
        made.clicked.connect(lambda: self._use(action))
        return made

    def _use(self, action: MessageAction) -> None:
        # Gone first: what is done may show a message of its own.
        self.dismiss()
        action.do()

    def _resize(self) -> None:
        m = self._themes.metrics
        self._row.setContentsMargins(m.m, m.xs, m.s, m.xs)
        self._row.setSpacing(m.s)
        self._close.setIconSize(m.icon_size(_ICON))
