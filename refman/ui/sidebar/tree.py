"""The list of the sidebar: what clicks, keys and drags on its rows mean."""

from array import array

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from refman.ui.filter_state import Place
from refman.ui.icons import Icons
from refman.ui.mime import PAPERS, TAGS, papers_of_mime, tags_of_mime, tags_to_mime
from refman.ui.sidebar.delegate import SidebarDelegate
from refman.ui.sidebar.model import Index, SidebarModel, moved_under
from refman.ui.sidebar.resting import RestingRows
from refman.ui.sidebar.rows import Row, RowKind, Section
from refman.ui.table.dragging import drag_picture, pointer_place
from refman.ui.theme import ThemeController

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SCROLL_EDGE_PX = 20
SPRING_MS = 600
"""How long a drag rests over a shut row until that opens."""


class SidebarTree(QTreeView):
    """Says what the person wants; the pane does it."""

    chosen = Signal(object, object)
    """A click or Enter on a Row with these Qt.KeyboardModifier."""
    papers_dropped = Signal(object, object)
    """Papers (`array` of ids) on a Row."""
    tag_moved = Signal(str, str)
    """A tag was dropped: its name and the name it shall have."""
    deletion_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    """The menu of a Row at a place of the screen."""
    left = Signal()
    """Esc: the list of papers wants the focus."""

    def __init__(
        self, model: SidebarModel, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self.rows = model
        self._pressed: Row | None = None
        self._press_at = QPoint()
        self._resting_over = ""
        self._spring = QTimer(self)
        self._spring.setSingleShot(True)
        self._spring.setInterval(SPRING_MS)
        self._spring.timeout.connect(self._spring_open)
        self.setAccessibleName(self.tr("Library, searches, tags and authors"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setSelectionMode(QTreeView.SelectionMode.NoSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setProperty("kind", "sidebar")
        self.setModel(model)
        self._resting = RestingRows(self, model)
        self.painter_of_rows = SidebarDelegate(themes, icons, model=model, view=self)
        self.setItemDelegate(self.painter_of_rows)

    def row_at(self, place: QPoint) -> Row | None:
        """The row at a place of the viewport."""
        return self.rows.row_of(self.indexAt(place))

    @property
    def current_row(self) -> Row | None:
        """The row that the keyboard is at."""
        return self.rows.row_of(self.currentIndex())

    def rename_current(self) -> None:
        """F2: edits the name in place where there is one to edit."""
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Nothing: rows paint their own arrows."""

    # Mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.row_at(place)
        self._pressed, self._press_at = None, place
        if row is None or row.kind is RowKind.HINT:
            return
        self.selectionModel().setCurrentIndex(self.rows.index_of(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if row.kind is RowKind.SECTION or self._is_on_chevron(place, row):
            self._toggle(row)
        else:
            self._pressed = row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        is_drag = bool(event.buttons() & Qt.MouseButton.LeftButton) and self._pressed is not None
        if not is_drag:
            self._hover(self.row_at(place))
        elif (place - self._press_at).manhattanLength() >= QApplication.startDragDistance():
            row, self._pressed = self._pressed, None
            if row and row.kind is RowKind.TAG:
                self._drag(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        row = self.row_at(event.position().toPoint())
        if pressed and row and pressed.key == row.key:
            self.chosen.emit(row, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens and closes a row; the first click of the two has filtered by it."""
        row = self.row_at(event.position().toPoint())
        if row and row.children:
            self._toggle(row)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _is_on_chevron(self, place: QPoint, row: Row) -> bool:
        rect = self.visualRect(self.rows.index_of(row))
        return bool(row.children) and self.painter_of_rows.chevron(rect, row).adjusted(-4, -4, 2, 4).contains(place)

    def _toggle(self, row: Row) -> None:
        index = self.rows.index_of(row)
        self.setExpanded(index, not self.isExpanded(index))

    def _hover(self, row: Row | None) -> None:
        key = row.key if row else ""
        if key != self.painter_of_rows.hovered:
            self.painter_of_rows.hovered = key
            self.viewport().update()

    def _drag(self, row: Row) -> None:
        drag = QDrag(self)
        drag.setMimeData(tags_to_mime([row.name]))
        drag.setPixmap(drag_picture(row.text, self._themes, self.devicePixelRatioF()))
        drag.setHotSpot(pointer_place(self._themes))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    # Keyboard ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QTreeView.State.EditingState:
            # Enter in the editor comes here too, after the editor had it.
            super().keyPressEvent(event)
            return
        self._take_key(event, self.current_row)

    def _take_key(self, event: QKeyEvent, row: Row | None) -> None:
        key = event.key()
        is_choice = key in (*_ENTER, Qt.Key.Key_Space)
        if row and is_choice and row.kind is RowKind.SECTION:
            self._toggle(row)
        elif row and is_choice:
            self.chosen.emit(row, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        elif row and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deletion_asked.emit(row)
        elif key == Qt.Key.Key_F2:
            self.rename_current()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            self._menu_or_more(event, row)

    def _menu_or_more(self, event: QKeyEvent, row: Row | None) -> None:
        is_menu = event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        )
        if row and is_menu:
            rect = self.visualRect(self.currentIndex())
            self.menu_asked.emit(row, self.viewport().mapToGlobal(rect.center()))
        else:
            super().keyPressEvent(event)

    def moveCursor(self, cursorAction: QTreeView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        there = self._resting.aside(cursorAction)
        if not there.isValid():
            there = self._resting.after(super().moveCursor(cursorAction, modifiers), cursorAction)
        # First, so that the row itself is in sight whatever its heading takes.
        self.scrollTo(self._resting.heading_over(there))
        return there

    def keyboardSearch(self, search: str) -> None:
        super().keyboardSearch(search)
        there = self._resting.after(self.currentIndex(), QTreeView.CursorAction.MoveDown)
        if there != self.currentIndex():
            self.setCurrentIndex(there)

    # Drops -------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasFormat(PAPERS) or mime.hasFormat(TAGS):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self._target(event)
        self._light(row)
        self._rest_over(self.row_at(event.position().toPoint()))
        self._scroll_near_edge(event.position().toPoint())
        if row:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(None)
        self._rest_over(None)

    def dropEvent(self, event: QDropEvent) -> None:
        row = self._target(event)
        self._light(None)
        self._rest_over(None)
        if row is None:
            event.ignore()
            return
        event.acceptProposedAction()
        papers: array[int] = papers_of_mime(event.mimeData())
        if papers:
            self.papers_dropped.emit(papers, row)
        for name in tags_of_mime(event.mimeData()):
            moved = moved_under(name, row.name if row.kind is RowKind.TAG else "")
            if moved:
                self.tag_moved.emit(name, moved)

    def _target(self, event: QDropEvent) -> Row | None:
        """The row that could take what is dragged."""
        row = self.row_at(event.position().toPoint())
        if row is None:
            return None
        if event.mimeData().hasFormat(PAPERS):
            return row if row.kind is RowKind.TAG or row.name == Place.TRASH else None
        names = tags_of_mime(event.mimeData())
        is_top = row.kind is RowKind.SECTION and row.name == Section.TAGS
        if not is_top and row.kind is not RowKind.TAG:
            return None
        above = "" if is_top else row.name
        return row if any(moved_under(name, above) for name in names) else None

    def _light(self, row: Row | None) -> None:
        key = row.key if row else ""
        if key != self.painter_of_rows.target:
            self.painter_of_rows.target = key
            self.viewport().update()

    def _rest_over(self, row: Row | None) -> None:
        """A drag that rests over a shut row opens it."""
        is_shut = row is not None and bool(row.children) and not self.isExpanded(self.rows.index_of(row))
        key = row.key if row and is_shut else ""
        if key != self._resting_over:
            self._resting_over = key
            if key:
                self._spring.start()
            else:
                self._spring.stop()

    def _spring_open(self) -> None:
        index = self.rows.find(self._resting_over)
        self._resting_over = ""
        if index.isValid():
            self.expand(index)

    def _scroll_near_edge(self, place: QPoint) -> None:
        bar = self.verticalScrollBar()
        if place.y() < _SCROLL_EDGE_PX:
            bar.setValue(bar.value() - bar.singleStep())
        elif place.y() > self.viewport().height() - _SCROLL_EDGE_PX:
            bar.setValue(bar.value() + bar.singleStep())
