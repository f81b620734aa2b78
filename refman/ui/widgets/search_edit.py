"""The search line: clear, save this search, and the reason of a mistake under it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.announce import announce
from refman.ui.widgets.icon_field import IconField
from refman.ui.widgets.looks import label, stand_out

_LEAST_WIDTH = 240


class SearchEdit(IconField):
    """A line edit for queries. Esc clears it; `save_requested` carries the text to be saved as a search."""

    save_requested = Signal(str)

    def __init__(
        self,
        placeholder: str,
        *,
        icons: Icons,
        themes: ThemeController,
        can_save: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icons=icons, themes=themes, parent=parent)
        self._reason: QLabel | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.lead_with(IconName.SEARCH)
        self._save = self.add_deed(
            IconName.FUNNEL, self.tr("Save this search"), lambda: self.save_requested.emit(self.text())
        )
        self.add_clear(self.tr("Clear the search"))
        self._can_save = can_save
        self.textChanged.connect(self._on_text)
        self._on_text("")
        self._resize()
        themes.changed.connect(self._resize)

    def show_mistake(self, reason: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        """Shows under the line why the query was not wholly understood.

        Args:
            reason: empty takes it away again.
            spans: the parts that were not understood, as (start, end) in characters of `text()`; underlined.
        """
        self._underline(spans)
        self.setAccessibleDescription(reason)
        if reason:
            announce(self, reason)
            self._show_reason(reason)
        elif self._reason is not None:
            self._reason.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_reason()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_reason()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._reason is not None:
            self._reason.hide()

    def _on_text(self, text: str) -> None:
        self._save.setVisible(bool(text) and self._can_save)
        self.show_mistake("")

    def _underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Input methods may format the text of a line edit, so the format travels as one of their events."""
        wavy = QTextCharFormat()
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wavy.setUnderlineColor(qcolor(self._themes.theme.danger))
        text_format = QInputMethodEvent.AttributeType.TextFormat
        attributes = [
            QInputMethodEvent.Attribute(text_format, start - self.cursorPosition(), end - start, wavy)
            for start, end in spans
        ]
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def _show_reason(self, reason: str) -> None:
        if self._reason is None:
            # A child of the window and not of the layout: rows must not jump while one types.
            self._reason = label(role=TextRole.ERROR, wrap=True, parent=self.window())
            stand_out(self._reason, "searchReason")
            self._resize()
        self._reason.setText(reason)
        self._reason.setVisible(self.isVisible())
        self._place_reason()

    def _place_reason(self) -> None:
        if self._reason is not None and self._reason.isVisible():
            self._reason.setFixedWidth(self.width())
            self._reason.adjustSize()
            self._reason.move(self.mapTo(self.window(), QPoint(0, self.height() + self._themes.metrics.xs)))
            self._reason.raise_()

    def _resize(self) -> None:
        m = self._themes.metrics
        self.setMinimumWidth(m.px(_LEAST_WIDTH))
        if self._reason is not None:
            self._reason.setMargin(m.s)
