"""The middle of the window: the list, or what stands in its place and says what to do next."""

from collections.abc import Callable
from enum import Enum
from typing import cast

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from refman.domain.errors import LibraryDamaged, RefmanError
from refman.domain.frozen import dataclass
from refman.ui.icons import IconName, Icons
from refman.ui.import_flow import can_import
from refman.ui.messages import MessageBar
from refman.ui.mime import take_as_copy
from refman.ui.pages.trouble import text_of, title_of
from refman.ui.theme import ThemeController
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.looks import ButtonKind, Surface, set_look, stand_on

_TROUBLE_PX = 480
"""Wider than the other pages: a path stands in what is said."""


class Page(Enum):
    """What the middle shows."""

    LIST = "list"
    EMPTY = "empty"
    NOTHING_FOUND = "nothing found"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class PageDeeds:
    """What the buttons of the pages do."""

    paste: Callable[[], object]
    import_file: Callable[[], object]
    try_sample: Callable[[], object]
    clear_search: Callable[[], object]
    locate: Callable[[], object]
    restore: Callable[[], object]
    new_library: Callable[[], object]


class _Stack(QStackedWidget):
    """Needs what the page needs that is shown: with larger text the others would take the room of the details."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()


class ListPages(QWidget):
    """List or page, and the message bar under it. Takes drops for all of them."""

    dropped = Signal(object)
    """Something that could be imported was dropped: its QMimeData, valid during the call only."""

    def __init__(
        self, table: QWidget, bar: MessageBar, deeds: PageDeeds, *, themes: ThemeController, icons: Icons
    ) -> None:
        super().__init__()
        stand_on(self, Surface.SURFACE)
        self.setAcceptDrops(True)
        self._themes = themes
        self._icons = icons
        self._stack = _Stack()
        self._first: dict[Page, QWidget] = {Page.LIST: table}
        self._pages: dict[Page, QWidget] = {
            Page.LIST: table,
            Page.EMPTY: self._empty(deeds),
            Page.NOTHING_FOUND: self._nothing_found(deeds),
            Page.TROUBLE: self._trouble(deeds),
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(bar)

    @property
    def page(self) -> Page:
        """What is shown."""
        return next(page for page, widget in self._pages.items() if widget is self._stack.currentWidget())

    def show_list(self) -> None:
        """The list itself."""
        self._show(Page.LIST)

    def show_empty(self) -> None:
        """A library without papers."""
        self._show(Page.EMPTY)

    def show_nothing_found(self, title: str, text: str, *, is_search: bool, can_clear: bool) -> None:
        """A list without papers in a library that has some: after a search, or in a place of the sidebar."""
        self._found_page.say(title, text)
        self._found_page.show_icon(IconName.SEARCH if is_search else IconName.LIST_FILTER)
        self._clear.setText(self.tr("Clear search") if is_search else self.tr("Show all papers"))
        self._clear.setVisible(can_clear)
        self._show(Page.NOTHING_FOUND)

    def show_trouble(self, error: RefmanError, location: str) -> None:
        """No library is open, and why."""
        self._trouble_page.say(title_of(error), text_of(error, location))
        is_damaged = isinstance(error, LibraryDamaged)
        for way, is_main in ((self._locate, not is_damaged), (self._restore, is_damaged)):
            set_look(way, "kind", (ButtonKind.PRIMARY if is_main else ButtonKind.NORMAL).value)
        self._first[Page.TROUBLE] = self._restore if is_damaged else self._locate
        self._show(Page.TROUBLE)

    def _show(self, page: Page) -> None:
        """Shows a page; the focus that was in another one goes to its list or main button."""
        focused: QWidget | None = self.window().focusWidget()
        had_focus = focused is None or self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(self._pages[page])
        # Whoever sends the keyboard to the list means what stands in its place.
        stands_in = None if page is Page.LIST else self._first[page]
        # Qt's stubs leave out that None takes it back.
        self._pages[Page.LIST].setFocusProxy(cast(QWidget, stands_in))
        if had_focus:
            self._first[page].setFocus()

    def _empty(self, deeds: PageDeeds) -> EmptyState:
        page = EmptyState(
            self.tr("Welcome to refman"),
            self.tr("Your library is empty. Bring in what you have; everything stays in one file that you own."),
            icon=IconName.LIBRARY,
            icons=self._icons,
            themes=self._themes,
        )
        paste = page.add_button(self.tr("Paste an author page (Ctrl+V)"), deeds.paste, kind=ButtonKind.PRIMARY)
        self._first[Page.EMPTY] = paste
        page.add_button(self.tr("Import a .bib file"), deeds.import_file)
        page.add_button(self.tr("Try the sample library"), deeds.try_sample)
        return page

    def _nothing_found(self, deeds: PageDeeds) -> EmptyState:
        page = EmptyState("", icon=IconName.SEARCH, icons=self._icons, themes=self._themes)
        self._found_page = page
        self._clear = self._first[Page.NOTHING_FOUND] = page.add_button(self.tr("Clear search"), deeds.clear_search)
        return page

    def _trouble(self, deeds: PageDeeds) -> EmptyState:
        page = EmptyState("", icon=IconName.DATABASE, icons=self._icons, themes=self._themes, width_px=_TROUBLE_PX)
        self._trouble_page = page
        self._locate = page.add_button(self.tr("Locate…"), deeds.locate, kind=ButtonKind.PRIMARY)
        self._restore = page.add_button(self.tr("Restore a backup…"), deeds.restore)
        self._first[Page.TROUBLE] = self._locate
        page.add_button(self.tr("New library…"), deeds.new_library)
        return page

    # Drops -------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept(event, event.mimeData())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept(event, event.mimeData())

    def dropEvent(self, event: QDropEvent) -> None:
        if can_import(event.mimeData()):
            take_as_copy(event)
            self.dropped.emit(event.mimeData())

    def _accept(self, event: QDragMoveEvent, mime: QMimeData) -> None:
        if can_import(mime):
            take_as_copy(event)
        else:
            event.ignore()
