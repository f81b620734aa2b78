"""One line of the preferences: the control, what it is for, and the way back to the default."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from refman.domain.errors import InvalidValue
from refman.domain.setting import Setting, SettingKind, SettingValue
from refman.ui.dialogs.setting_controls import control_for, translated
from refman.ui.icons import IconName, Icons
from refman.ui.live_settings import LiveValues, Values
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import label, set_look

Example = Callable[[str], str]
"""What a text would do, to be shown under it. Raises: InvalidValue when it cannot be used."""

_ICON = 14
_RING_PX = 2


class SettingRow(QWidget):
    """Keeps its control and the setting in step. `caption`, if any, and `reset` are laid out by the form."""

    def __init__(
        self,
        setting: Setting,
        live: LiveValues,
        *,
        themes: ThemeController,
        icons: Icons,
        example: Example | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._live = live
        self._example = example
        self._control = control_for(setting, self._choose, metrics=themes.metrics)
        self._note = label(role=TextRole.SECONDARY, wrap=True)
        if setting.kind is SettingKind.BOOL:
            # Under the words of the box.
            self._note.setContentsMargins(themes.metrics.xl + _RING_PX, 0, 0, 0)
        self.caption = self._caption()
        self.reset = self._reset_button(icons, themes)
        self.setFocusProxy(self._control.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(themes.metrics.xs)
        column.addWidget(self._control.editor, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._note)
        self._column = column
        self._show(live.values)
        live.changed.connect(self._show)

    def add_below(self, widget: QWidget) -> None:
        """Puts a button that helps to fill the control under it."""
        self._column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft)

    def _caption(self) -> QLabel | None:
        """A check box says itself what it is for."""
        if self._setting.kind is SettingKind.BOOL:
            return None
        caption = label(translated(self._setting.label))
        caption.setBuddy(self._control.editor)
        caption.setMinimumHeight(self._control.editor.sizeHint().height())
        return caption

    def _reset_button(self, icons: Icons, themes: ThemeController) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(IconName.ROTATE_CCW))
        button.setIconSize(themes.metrics.icon_size(_ICON))
        button.setToolTip(self.tr("Back to the default"))
        button.setAccessibleName(self.tr("Back to the default: {0}").format(translated(self._setting.label)))
        button.clicked.connect(lambda: self._live.reset(self._setting.name))
        return button

    def _choose(self, value: SettingValue) -> None:
        try:
            if self._example is not None:
                self._example(str(value))
            self._live.change(self._setting.name, value)
        except InvalidValue as error:
            self._explain(error.message, is_error=True)
        else:
            # Also where nothing changed: what was wrong before is right again.
            self._show(self._live.values)

    def _show(self, settings: Values) -> None:
        value = settings.value(self._setting.name)
        self._control.show(value)
        self.reset.setEnabled(value != self._setting.default)
        self._explain(self._note_for(value))

    def _note_for(self, value: SettingValue) -> str:
        try:
            note = self._example(str(value)) if self._example is not None else ""
        except InvalidValue as error:
            note = error.message
        return "\n".join(line for line in (note, translated(self._setting.help)) if line)

    def _explain(self, text: str, *, is_error: bool = False) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        set_look(self._note, "role", (TextRole.ERROR if is_error else TextRole.SECONDARY).value)
        set_look(self._control.editor, "invalid", is_error)
