"""Drags that begin or end in the paper list: papers onto tags, tags onto papers."""

from array import array

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from refman.domain.paper import PaperId
from refman.ui.mime import papers_to_mime
from refman.ui.theme import TextRole, ThemeController, qcolor


def drag_picture(text: str, themes: ThemeController, ratio: float) -> QPixmap:
    """What hangs at the pointer: how many papers, on a raised pill. `ratio` is physical pixels per pixel."""
    theme, metrics = themes.theme, themes.metrics
    height, font = metrics.px(24), metrics.font(TextRole.SECONDARY)
    picture = QPixmap(1, 1)
    painter = QPainter(picture)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * metrics.m
    painter.end()
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pill = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.setPen(qcolor(theme.line))
    painter.setBrush(qcolor(theme.raised))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(qcolor(theme.text))
    painter.setFont(font)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture


def pointer_place(themes: ThemeController) -> QPoint:
    """Where the pointer stands on that picture: left above it, so that the target stays in sight."""
    return QPoint(-themes.metrics.m, -themes.metrics.m)


def drag_of(ids: "array[int]", source: QWidget, *, themes: ThemeController) -> QDrag:
    """A drag of papers, with their number at the pointer."""
    text = source.tr("1 paper") if len(ids) == 1 else source.tr("{} papers").format(f"{len(ids):,}")
    drag = QDrag(source)
    drag.setMimeData(papers_to_mime(ids))
    drag.setPixmap(drag_picture(text, themes, source.devicePixelRatioF()))
    drag.setHotSpot(pointer_place(themes))
    return drag


def targets(dropped_on: PaperId, selected: "array[int]") -> "array[int]":
    """The papers that a drop on one of them means: all selected ones when it is among them."""
    return selected if dropped_on in selected else array("q", [dropped_on])
