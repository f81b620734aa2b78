"""Names for the variants that the stylesheet knows, so that no pane spells a property by hand."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from refman.ui.theme import TextRole


class ButtonKind(StrEnum):
    """How much a button asks for attention. One PRIMARY or DANGER in a dialog."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"
    FLAT = "flat"


class Surface(StrEnum):
    """The background a pane stands on."""

    WINDOW = "window"
    SURFACE = "surface"


def label(
    text: str = "", role: TextRole = TextRole.BODY, *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label of plain text; what looks like markup in a title is shown as it is."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role.value)
    made.setWordWrap(wrap)
    made.setText(text)
    return made


class _Button(QPushButton):
    """Enter presses the button that has the focus, and not another one that is the default of its dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, kind: ButtonKind = ButtonKind.NORMAL, *, parent: QWidget | None = None) -> QPushButton:
    """A button named by its verb. It is no default button unless the dialog says so."""
    made = _Button(text, parent)
    made.setProperty("kind", kind.value)
    made.setAutoDefault(False)
    return made


def stand_on(widget: QWidget, surface: Surface) -> None:
    """Gives a plain widget its background.

    From the palette and not from the stylesheet: a rule about any QWidget is looked at for every widget there is, each
    time the theme changes.
    """
    widget.setBackgroundRole(QPalette.ColorRole.Window if surface is Surface.WINDOW else QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)


def stand_out(widget: QWidget, name: str) -> None:
    """Names a widget that lies above the rest; the stylesheet lists these names."""
    widget.setObjectName(name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the stylesheet asks for (`role`, `kind`, `invalid`, `framed`) and shows it at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
