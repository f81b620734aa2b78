"""One control for each kind of setting, all used alike by the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from refman.domain.setting import Setting, SettingKind, SettingValue
from refman.ui.theme import Metrics, TextRole

_NUMBER_WIDTH = 96
_CHOICE_WIDTH = 200
_TEXT_WIDTH = 320

Choose = Callable[[SettingValue], None]
"""Called with what the person chose, whether or not the setting can hold it."""


@dataclass(frozen=True, slots=True)
class SettingControl:
    """`show` shows a value without choosing it."""

    editor: QWidget
    show: Callable[[SettingValue], None]


def control_for(setting: Setting, choose: Choose, *, metrics: Metrics) -> SettingControl:
    """The control of a setting, with its accessible name."""
    control = _BUILDERS[setting.kind](setting, choose, metrics)
    control.editor.setObjectName(setting.name)
    control.editor.setAccessibleName(translated(setting.label))
    control.editor.setAccessibleDescription(translated(setting.help))
    return control


def translated(text: str) -> str:
    """A text of a declaration in the language of the window."""
    return QCoreApplication.translate("Setting", text) if text else ""


class _Choice(QComboBox):
    """Leaves the wheel to the page: scrolling past a control must not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Number(QSpinBox):
    """Leaves the wheel to the page as well."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _choice(setting: Setting, choose: Choose, metrics: Metrics) -> SettingControl:
    box = _Choice()
    box.setFixedWidth(metrics.px(_CHOICE_WIDTH))
    for choice in setting.choices:
        box.addItem(translated(choice.label), choice.value)
    values = [choice.value for choice in setting.choices]
    box.activated.connect(lambda row: choose(values[row]))
    return SettingControl(box, lambda value: box.setCurrentIndex(values.index(str(value))))


def _switch(setting: Setting, choose: Choose, _metrics: Metrics) -> SettingControl:
    box = QCheckBox(translated(setting.label))
    box.clicked.connect(choose)
    return SettingControl(box, lambda value: box.setChecked(bool(value)))


def _number(setting: Setting, choose: Choose, metrics: Metrics) -> SettingControl:
    box = _Number()
    box.setRange(setting.minimum, setting.maximum)
    box.setSingleStep(setting.step)
    box.setSuffix(translated(setting.unit))
    box.setFixedWidth(metrics.px(_NUMBER_WIDTH))
    # Qt begins the text of a styled spin box at its very edge, whatever the stylesheet says.
    box.lineEdit().setTextMargins(metrics.s - 1, 0, 0, 0)
    # 200 typed digit by digit is not 2 and then 20.
    box.setKeyboardTracking(False)
    box.valueChanged.connect(choose)

    def show(value: SettingValue) -> None:
        box.blockSignals(True)
        box.setValue(int(value))
        box.blockSignals(False)

    return SettingControl(box, show)


def _text(_setting: Setting, choose: Choose, metrics: Metrics) -> SettingControl:
    line = QLineEdit()
    line.setFixedWidth(metrics.px(_TEXT_WIDTH))
    line.setFont(metrics.font(TextRole.MONO))
    line.textEdited.connect(choose)

    def show(value: SettingValue) -> None:
        # While somebody types the text is theirs, spaces at its end included.
        if not line.hasFocus() or line.text().strip() != value:
            line.setText(str(value))

    return SettingControl(line, show)


_BUILDERS: Mapping[SettingKind, Callable[[Setting, Choose, Metrics], SettingControl]] = {
    SettingKind.CHOICE: _choice,
    SettingKind.BOOL: _switch,
    SettingKind.NUMBER: _number,
    SettingKind.TEXT: _text,
}
