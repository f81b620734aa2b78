"""Words with links among them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QWidget

_STEPS = {Qt.FocusReason.TabFocusReason: True, Qt.FocusReason.BacktabFocusReason: False}


class LinkLabel(QLabel):
    """Tab goes from link to link and on, both ways.

    Qt's own label first has the focus on none of them, where nothing shows it, and Shift+Tab never leaves its first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        forwards = _STEPS.get(event.reason())
        if forwards is not None:
            # Whatever link it was left at: it begins with the first one, or with the last.
            self.setText(self.text())
            super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _STEPS:
            self.setText(self.text())

    def focusNextPrevChild(self, next: bool) -> bool:
        before = self.selectionStart()
        has_moved = super().focusNextPrevChild(next)
        if has_moved and self.hasFocus() and self.selectionStart() == before:
            return QWidget.focusNextPrevChild(self, next)
        return has_moved
