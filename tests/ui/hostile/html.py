"""Walks over everything below a widget and finds what Qt would take for HTML."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)

_MOST_ROWS = 300
_TIP_ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


def html_in(root: QWidget) -> list[str]:
    """Labels, tips, cells and documents that would interpret what strangers wrote; a sentence for each."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        found += [f"{_name(widget)}: {what}" for what in _problems(widget)]
    return found


def tips_over(view: QAbstractItemView) -> list[str]:
    """What the tips over its first cells say, as a pointer that rests there gets them."""
    said = []
    area = view.viewport().rect()
    for y in range(8, min(area.height(), 120), 24):
        for x in range(20, area.width(), 60):
            place = QPoint(x, y)
            event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
            QApplication.sendEvent(view.viewport(), event)
            said.append(QToolTip.text())
    return [tip for tip in dict.fromkeys(said) if tip]


def is_text(tip: str) -> bool:
    """Whether a tip shows letters: it looks like no HTML, or all but what stands around it is escaped."""
    return not Qt.mightBeRichText(tip) or "<" not in tip.removeprefix("<qt>").removesuffix("</qt>")


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}".strip()


def _problems(widget: QWidget) -> Iterator[str]:
    if widget.metaObject().className() == "QTipLabel":
        # The tip that is shown; what is put into it is looked at where it comes from.
        return
    for tip in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
        if not is_text(tip):
            yield f"tip {tip[:80]}"
    if isinstance(widget, QLabel) and _interprets(widget):
        yield f"label {widget.text()[:80]}"
    if isinstance(widget, QTextEdit):
        yield from _of_document(widget)
    if isinstance(widget, QTabBar):
        yield from (f"tab {place}" for place in range(widget.count()) if not is_text(widget.tabToolTip(place)))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model())


def _interprets(label: QLabel) -> bool:
    """A line of links of our own may be rich text, if it has no pictures and its links are only told."""
    if label.textFormat() is Qt.TextFormat.PlainText:
        return False
    if label.textFormat() is not Qt.TextFormat.RichText:
        return Qt.mightBeRichText(label.text())
    document = QTextDocument()
    document.setHtml(label.text())
    formats = [one.toCharFormat() for one in document.allFormats() if one.isCharFormat()]
    return label.openExternalLinks() or any(one.isImageFormat() for one in formats)


def _of_document(editor: QTextEdit) -> Iterator[str]:
    """Qt reads the file that a picture names even where `loadResource` gives nothing, so there must be none."""
    block = editor.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            look = place.fragment().charFormat()
            if look.isImageFormat():
                yield f"picture {look.toImageFormat().name()}"
            place += 1
        block = block.next()
    if isinstance(editor, QTextBrowser) and (editor.openLinks() or editor.openExternalLinks()):
        yield "opens links"


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    for section in range(_columns(model, QModelIndex())):
        tip = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if isinstance(tip, str) and not is_text(tip):
            yield f"heading {tip[:80]}"
    for index in _indexes(model, QModelIndex()):
        for role in _TIP_ROLES:
            tip = index.data(role)
            if isinstance(tip, str) and not is_text(tip):
                yield f"cell {tip[:80]}"


def _indexes(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        for column in range(_columns(model, parent)):
            index = model.index(row, column, parent)
            yield index
            if column == 0 and not isinstance(model, QAbstractListModel):
                yield from _indexes(model, index)


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """A list does not say how many columns it has."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
