"""Words with links among them."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen, QTextBlock, QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from refman.ui.theme import ThemeController, qcolor
from refman.ui.widgets.text_places import extent_of, qt_length

_STEPS = {Qt.FocusReason.TabFocusReason: True, Qt.FocusReason.BacktabFocusReason: False}
_RADIUS_PX = 4


class LinkLabel(QLabel):
    """Tab goes from link to link and on, both ways, with the ring of other controls round the one it is at.

    Every character needs a colour in the text: what has none is not seen.

    Qt's own label first has the focus on none of them, where nothing shows it, and Shift+Tab never leaves its first.
    """

    link_reached = Signal(QRect)
    """Tab came to a link: its place in the label."""

    def __init__(self, themes: ThemeController) -> None:
        super().__init__()
        self._themes = themes
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hide_dots()

    def _hide_dots(self) -> None:
        """Qt's style paints dots round the link in this colour, and only a style of its own could paint others."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.transparent)
        self.setForegroundRole(QPalette.ColorRole.Text)
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        places = list(self._link_places()) if self.hasFocus() else []
        if not places:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(self._themes.theme.accent), 2))
        radius = self._themes.metrics.px(_RADIUS_PX)
        for place in places:
            painter.drawRoundedRect(place, radius, radius)
        painter.end()

    def _link_places(self) -> Iterator[QRectF]:
        """Where the link is that the keyboard is at, line by line: it is what Qt has selected of the text."""
        document, start = self.findChild(QTextDocument), self.selectionStart()
        if document is None or start < 0:
            return
        left, top = self._origin(document)
        end = start + qt_length(self.selectedText())
        block = document.findBlock(start)
        while block.isValid() and block.position() < end:
            origin = document.documentLayout().blockBoundingRect(block).topLeft() + QPointF(left, top)
            for place in _places_in(block, start, end):
                yield self._inside(place.translated(origin))
            block = block.next()

    def _origin(self, document: QTextDocument) -> tuple[float, float]:
        """Where Qt begins to paint the text: in the middle of the height, from the top where it is higher."""
        room = self.contentsRect()
        return room.left(), room.top() + max((room.height() - document.size().height()) / 2, 0)

    def _inside(self, place: QRectF) -> QRectF:
        """A ring round a place, as much of it as the label has room for."""
        return place.adjusted(-2, 0, 2, 0).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        forwards = _STEPS.get(event.reason())
        if forwards is not None:
            # Whatever link it was left at: it begins with the first one, or with the last.
            self.setText(self.text())
            super().focusNextPrevChild(forwards)
            self._tell_place()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _STEPS:
            self.setText(self.text())

    def focusNextPrevChild(self, next: bool) -> bool:
        before = self.selectionStart()
        has_moved = super().focusNextPrevChild(next)
        # The ring reaches beyond what Qt paints anew.
        self.update()
        if has_moved and self.hasFocus() and self.selectionStart() == before:
            return QWidget.focusNextPrevChild(self, next)
        self._tell_place()
        return has_moved

    def link_place(self) -> QRect:
        """Where the link begins that the keyboard is at; empty when it is at none."""
        return next(self._link_places(), QRectF()).toAlignedRect()

    def _tell_place(self) -> None:
        if self.selectionStart() >= 0:
            self.link_reached.emit(self.link_place())


def _places_in(block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
    """The parts of its lines that the characters from `start` to `end` take, in the block's own measures."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(line.textStart(), start - block.position())
        last = min(line.textStart() + line.textLength(), end - block.position())
        if first >= last:
            continue
        left, right = extent_of(line, first, last)
        yield QRectF(left, line.y(), right - left, line.height())
