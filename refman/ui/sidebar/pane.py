"""The sidebar: filter field, the list of sections, and a rail of icons when it is folded."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from refman.domain.changes import Changes
from refman.domain.folding import fold
from refman.domain.listing import Listing, TagInfo
from refman.ui.door import LibraryDoor
from refman.ui.filter_state import FilterState
from refman.ui.icons import Icons
from refman.ui.sidebar.choosing import after_rename, filtered_by
from refman.ui.sidebar.deeds import SidebarDeeds
from refman.ui.sidebar.filter_field import FilterField
from refman.ui.sidebar.kept import KeptRows
from refman.ui.sidebar.menus import SidebarMenus
from refman.ui.sidebar.model import SidebarModel
from refman.ui.sidebar.questions import Questions
from refman.ui.sidebar.rail import FoldedRail
from refman.ui.sidebar.reading import SidebarReading
from refman.ui.sidebar.rows import LinkRow, Row, RowKind, SidebarContent, TagOrder, build
from refman.ui.sidebar.tree import SidebarTree
from refman.ui.sidebar.wording import wording_of
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import Surface, stand_on

_MANY_TAGS = 200


class TagSidebar(QWidget):
    """The left pane. Call `refresh` when the library changed and `show_listing` when other papers are listed."""

    filter_changed = Signal(object)
    """The list shall be filtered by this FilterState."""
    search_chosen = Signal(str)
    """The search box shall hold this text."""
    link_chosen = Signal(str)
    """The linked file of this path shall be looked at."""
    unfold_asked = Signal()
    left = Signal()
    """Esc: the focus should go to the list."""
    refused = Signal(str)
    """A typed name cannot be one; a sentence for the message bar."""

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tagSidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        stand_on(self, Surface.WINDOW)
        self._library = library
        self.themes = self._themes = themes
        self._icons = icons
        self._content = SidebarContent()
        self._tags_shown: Sequence[TagInfo] | None = None
        """The tags that have rows, None while other rows are being made or some are left out."""
        self._reading = SidebarReading(library, self.show_content, self)
        self._kept = KeptRows()
        self._is_rebuilding = False
        self.is_writable = True
        self.model = SidebarModel(self)
        self.tree = SidebarTree(self.model, themes, icons=icons)
        self.filter_field = FilterField(themes, icons)
        self.rail = FoldedRail(themes, icons)
        self.deeds = SidebarDeeds(library, self)
        self.menus = SidebarMenus(self.deeds, themes, icons=icons, parent=self)
        self._questions = Questions(self.deeds, themes, parent=self)
        self._lay_out()
        self._connect()
        self._rebuild()

    def _lay_out(self) -> None:
        open_page = self._open_page = QWidget()
        layout = QVBoxLayout(open_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QHBoxLayout()
        self._apply_sizes()
        self._top.addWidget(self.filter_field)
        layout.addLayout(self._top)
        layout.addWidget(self.tree, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(open_page)
        self._pages.addWidget(self.rail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusProxy(self.tree)

    def _apply_sizes(self) -> None:
        metrics = self._themes.metrics
        self._top.setContentsMargins(metrics.m, metrics.s, metrics.m, 0)

    def _connect(self) -> None:
        self.filter_field.textChanged.connect(self._rebuild)
        self.filter_field.gone_on.connect(self._go_to_first)
        self.tree.chosen.connect(self._choose)
        self.tree.papers_dropped.connect(self._drop_papers)
        self.tree.tag_moved.connect(self.deeds.move_tag)
        self.tree.deletion_asked.connect(self.deeds.delete)
        self.tree.menu_asked.connect(self._show_menu)
        self.tree.left.connect(self.left)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu_at)
        self.tree.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.tree.collapsed.connect(lambda index: self._remember(index, is_open=False))
        self.model.renamed.connect(self.deeds.rename)
        self.deeds.renaming.connect(self._kept.follow)
        self.deeds.tag_renamed.connect(self._follow_rename)
        self.deeds.refused.connect(self.refused)
        menus, questions = self.menus, self._questions
        menus.rename_asked.connect(self.tree.rename_current)
        menus.tag_asked.connect(questions.ask_for_tag)
        menus.move_asked.connect(lambda name: questions.ask_for_move(name, self._content.tags))
        menus.merge_asked.connect(lambda name: questions.ask_for_merge(name, self._content.tags))
        menus.captures_asked.connect(lambda name: questions.show_captures(name, self._content.profiles))
        self.menus.order_chosen.connect(self.set_order)
        self.rail.place_chosen.connect(lambda place: self._apply(FilterState(place)))
        self.rail.unfold_asked.connect(self.unfold_asked)
        self._themes.changed.connect(self._apply_sizes)
        self._themes.changed.connect(self._rebuild)

    # What is shown -----------------------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None = None) -> None:
        """Reads everything anew; `changes` that touch nothing of it are passed over."""
        if changes is not None and changes.is_empty:
            return
        self._reading.read_all()

    def show_listing(self, listing: Listing) -> None:
        """The papers now listed: tags count those."""
        self._reading.count_in(listing)

    def set_filter(self, state: FilterState) -> None:
        """Marks what the list is filtered by, without asking for it."""
        self.model.filter_state = state
        self.rail.set_place(state.place, is_filtered=bool(state.tags or state.without or state.author))
        self.tree.viewport().update()

    def clear_filter(self) -> None:
        """Every paper again."""
        self._apply(FilterState())

    def set_search(self, text: str) -> None:
        """What the search box holds, to mark the saved search that it is."""
        for row in self.model.set_search(text):
            self.tree.update(self.model.index_of(row))

    @property
    def filter_state(self) -> FilterState:
        """What the list is filtered by."""
        return self.model.filter_state

    @property
    def order(self) -> TagOrder:
        """How the tags are ordered: as the person chose, else by name until there are many."""
        return self._kept.order or (TagOrder.COUNT if self._has_many else TagOrder.NAME)

    def set_order(self, order: TagOrder) -> None:
        """Orders the tags."""
        self._kept.order = order
        self._rebuild()

    def set_folded(self, is_folded: bool) -> None:
        """44 px of icons, or the whole."""
        self._pages.setCurrentWidget(self.rail if is_folded else self._open_page)
        width = self._themes.metrics.px(44)
        self.setMinimumWidth(width if is_folded else self._themes.metrics.px(160))
        self.setMaximumWidth(width if is_folded else 16777215)
        self.setFocusProxy(self.rail if is_folded else self.tree)

    @property
    def is_folded(self) -> bool:
        """True while only icons are shown."""
        return self._pages.currentWidget() is self.rail

    def state(self) -> str:
        """What is open and how tags are ordered, to be kept for the next start."""
        return self._kept.text()

    def restore_state(self, state: str) -> None:
        """Takes up what `state` gave."""
        self._kept.take(state)
        self.model.forget()
        self._rebuild()

    def show_content(self, content: SidebarContent) -> None:
        """Shows what was read; what is open and where the keyboard is stays."""
        is_recount = content.tags is self._tags_shown
        self._content = replace(content, links=self._content.links)
        if is_recount:
            # Only numbers: making and comparing thousands of rows takes longer than a letter may.
            self.model.recount(content, order=self.order)
        else:
            self._rebuild()

    def show_links(self, links: Sequence[LinkRow]) -> None:
        """The linked files, above everything else; no heading without one."""
        if list(links) != list(self._content.links):
            self._content = replace(self._content, links=tuple(links))
            self._rebuild()

    @property
    def _has_many(self) -> bool:
        return len(self._content.tags) >= _MANY_TAGS

    def _rebuild(self) -> None:
        content, order, wanted = self._content, self.order, self.filter_field.text().strip()
        wording = wording_of(self.tr)
        self._tags_shown = None

        def make(_: object = None) -> list[Row]:
            return build(content, wording, order=order, wanted=wanted)

        def show(rows: list[Row]) -> None:
            self._show_rows(rows)
            self._tags_shown = None if wanted else content.tags

        if self._has_many:
            # Thousands of rows cost more than a frame: they are made on a lane.
            self._library.read(make, show, owner=self, slot="sidebar.rows")
        else:
            show(make())

    def _show_rows(self, rows: list[Row]) -> None:
        current = self.tree.current_row
        self._is_rebuilding = True
        if self.model.set_rows(rows):
            if self.filter_field.text().strip():
                # Every match is seen.
                self.tree.expandAll()
            else:
                self._kept.open_rows(self.tree, are_all_open=not self._has_many)
        self._is_rebuilding = False
        if (index := self._kept.index_of(current, self.model, is_narrowed=bool(self.filter_field.text()))).isValid():
            flag = self.tree.selectionModel().SelectionFlag.NoUpdate
            self.tree.selectionModel().setCurrentIndex(index, flag)
        self.tree.viewport().update()

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        row = None if self._is_rebuilding else self.model.row_of(index)
        if row and not self.filter_field.text().strip():
            self._kept.remember(row.key, is_open=is_open)

    # What the person does ----------------------------------------------------------------------------------------

    def _choose(self, row: Row, keys: Qt.KeyboardModifier) -> None:
        if row.kind is RowKind.SEARCH:
            self.search_chosen.emit("" if row.query == self.model.search else row.query)
        elif row.kind is RowKind.LINK:
            self.link_chosen.emit(row.name)
        else:
            self._apply(filtered_by(self.filter_state, row, keys))

    def _apply(self, state: FilterState) -> None:
        if state != self.filter_state:
            self.set_filter(state)
            self.filter_changed.emit(state)

    def _follow_rename(self, old: str, new: str) -> None:
        self._apply(after_rename(self.filter_state, old, new))

    def _drop_papers(self, ids: "array[int]", row: Row) -> None:
        if row.kind is RowKind.TAG:
            self.deeds.tag_papers(ids, row.name)
        else:
            self.deeds.trash_papers(ids)

    def _go_to_first(self) -> None:
        """Enter or Down in the filter field: to the first row that matches."""
        index = self.model.first_match(fold(self.filter_field.text().strip()))
        if index.isValid():
            self.tree.setCurrentIndex(index)
        self.tree.setFocus()

    def go_to_chosen(self) -> None:
        """The focus to the rows, and there to one that the list is filtered by; within the rows it stays."""
        current = self.tree.current_row
        is_at_one = current is not None and self.model.is_applied(current)
        if not self.tree.hasFocus() and not is_at_one and (index := self.model.first_applied()).isValid():
            self.tree.setCurrentIndex(index)
        self.setFocus()

    def _show_menu_at(self, place: QPoint) -> None:
        if row := self.tree.row_at(place):
            self._show_menu(row, self.tree.viewport().mapToGlobal(place))

    def _show_menu(self, row: Row, place: QPoint) -> None:
        menu = self.menus.menu(row, order=self.order, is_writable=self.is_writable)
        if menu:
            menu.popup(place)
