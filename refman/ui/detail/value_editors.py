"""The controls that hold a value: a line, a text that grows, a choice, people.

Each says `finished` when the person is done with it (Enter, Tab, focus elsewhere) and `given_up` on Esc; what that
means is the affair of `FieldBox`.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSizePolicy, QTextEdit, QWidget

from refman.ui.mime import files_of
from refman.ui.theme import Metrics
from refman.ui.widgets.tips import plain_tip

INPLACE_INSET_PX = 6
"""How far the text of a `TextEditor` or of "Add tag" stands inside its edge: what stands over it is set in by it."""

_LINE_INSET_PX = 8
"""How far the text of a `LineEditor` stands inside its border of 1 px."""

_RING_PX = 2
"""The border of a text that is edited in place; it does not grow."""


def beside_text(metrics: Metrics) -> QSize:
    """An icon of 16 px that stands off the text of its button: it is drawn in the middle of a wider place."""
    return QSize(metrics.px(24), metrics.px(16))


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ValueEditor(Protocol):
    """What a `FieldBox` needs of the control inside it."""

    @property
    def finished(self) -> SignalInstance:
        """The value should be saved."""

    @property
    def given_up(self) -> SignalInstance:
        """The value should be what it was."""

    def value(self) -> str:
        """The typed text."""

    def set_value(self, value: str) -> None:
        """Shows another value; nothing is undone into the old one."""

    def set_writable(self, is_writable: bool) -> None:
        """Whether the person can change it."""


class LineEditor(QLineEdit):
    """One line."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        self.editingFinished.connect(self.finished)

    def value(self) -> str:
        return self.text()

    def set_value(self, value: str) -> None:
        self.setText(value)
        self.setCursorPosition(0)

    def set_writable(self, is_writable: bool) -> None:
        self.setReadOnly(not is_writable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            self.deselect()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for what stands around: its name is not typed."""
        if files_of(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.deselect()
        self.setCursorPosition(0)


class TextEditor(QTextEdit):
    """Plain text that is as high as what it holds. `line_height` is in percent; Enter ends it when it is `one_line`."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, *, line_height: int = 100, one_line: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line_height = line_height
        self._one_line = one_line
        self._most_lines = 0
        self._is_cut = False
        self._bar = QTimer(self, singleShot=True, interval=0)
        self._bar.timeout.connect(self._show_bar)
        self.setProperty("kind", "inplace")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.set_in(Metrics())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def set_in(self, metrics: Metrics, *, as_line: bool = False) -> None:
        """Lets the text stand `INPLACE_INSET_PX` inside the edge, at the size that the font has now.

        With `as_line` it begins where that of a `LineEditor` does, which stands above and below it.
        """
        self.document().setDocumentMargin(metrics.px(INPLACE_INSET_PX) - _RING_PX)
        beyond = metrics.px(_LINE_INSET_PX) + 1 - metrics.px(INPLACE_INSET_PX) if as_line else 0
        self.setViewportMargins(beyond, 0, beyond, 0)

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        self.setPlainText(value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        height_type = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        spacing.setLineHeight(self._line_height, height_type.value)
        cursor.mergeBlockFormat(spacing)
        # Spacing is no step that Ctrl+Z could take back.
        self.document().clearUndoRedoStacks()
        self._grow()

    def set_writable(self, is_writable: bool) -> None:
        self.setReadOnly(not is_writable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_end = event.key() in _ENTER and (
            self._one_line or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif is_end:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is for what stands around: its name is not typed."""
        if files_of(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def limit(self, lines: int) -> None:
        """Shows so many lines at most, and lets the others be scrolled to; 0 for all."""
        if lines != self._most_lines:
            self._most_lines = lines
            self._grow()

    def _show_bar(self) -> None:
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if self._is_cut else policies.ScrollBarAlwaysOff)

    def _grow(self) -> None:
        margins, whole = self.contentsMargins(), round(self.document().size().height())
        line = self.fontMetrics().lineSpacing() * self._line_height // 100
        most = round(self.document().documentMargin()) + self._most_lines * line
        is_cut = self._most_lines > 0 and most < whole
        if is_cut != self._is_cut:
            self._is_cut = is_cut
            # Later: this may be said in the middle of a layout, which a scroll bar would begin anew.
            self._bar.start()
        height = (most if is_cut else whole) + margins.top() + margins.bottom() + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)


class ChoiceEditor(QComboBox):
    """One of several values with labels; a value that is not among them is added as it stands."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        for value, label in choices:
            self.addItem(label, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda _: self.finished.emit())

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        place = self.findData(value)
        if place < 0:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def set_writable(self, is_writable: bool) -> None:
        self.setEnabled(is_writable)

    def wheelEvent(self, event: QEvent) -> None:
        """Nothing: scrolling past it must not change a paper."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


class PeopleEditor(QPushButton):
    """Shows names; a click asks for them one per row."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "value")
        self.setAutoDefault(False)
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        self._value = value
        self._elide()

    def set_writable(self, is_writable: bool) -> None:
        self.setEnabled(is_writable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(20, self.contentsRect().width() - 20)
        shown = self.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(plain_tip(self._value) if shown != self._value else "")
