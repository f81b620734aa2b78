"""The context menus of the sidebar."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from refman.ui.icons import IconName, Icons
from refman.ui.sidebar.deeds import SidebarDeeds
from refman.ui.sidebar.rows import Row, RowKind, Section
from refman.ui.sidebar.rows import TagOrder as Order
from refman.ui.theme import ThemeController


class SidebarMenus(QObject):
    """Makes a menu for a row; what it does goes to the deeds, what needs the tree to the pane."""

    rename_asked = Signal()
    tag_asked = Signal(str)
    """A new tag under this one is wanted, "" for the top."""
    move_asked = Signal(str)
    merge_asked = Signal(str)
    captures_asked = Signal(str)
    order_chosen = Signal(object)

    def __init__(self, deeds: SidebarDeeds, themes: ThemeController, *, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._themes = themes
        self._icons = icons
        self._pane = parent

    def menu(self, row: Row, *, order: Order, is_writable: bool) -> QMenu | None:
        """The menu of a row, None when it has none."""
        menu = QMenu(self._pane)
        # The grid of colours and the row belong to this one showing.
        menu.aboutToHide.connect(menu.deleteLater)
        fill = {
            RowKind.TAG: self._fill_tag,
            RowKind.SEARCH: self._fill_search,
            RowKind.AUTHOR: self._fill_author,
        }.get(row.kind)
        if fill:
            fill(menu, row)
        elif row.name == Section.TAGS or row.kind is RowKind.HINT:
            self._fill_tags(menu, order)
        if not is_writable and row.kind is not RowKind.AUTHOR:
            for action in menu.actions():
                action.setEnabled(False)
        return menu if menu.actions() else None

    def _fill_tag(self, menu: QMenu, row: Row) -> None:
        # Late: a start need not pay for it.
        from refman.ui.sidebar.colour_grid import ColourGrid

        name = row.name
        new = menu.addAction(self._icons.icon(IconName.PLUS), self.tr("New tag under this…"))
        new.triggered.connect(lambda: self.tag_asked.emit(name))
        rename = menu.addAction(self._icons.icon(IconName.PENCIL), self.tr("Rename") + "\tF2")
        rename.triggered.connect(self.rename_asked)
        move = menu.addAction(self._icons.icon(IconName.ARROW_RIGHT), self.tr("Move…"))
        move.triggered.connect(lambda: self.move_asked.emit(name))
        merge = menu.addAction(self._icons.icon(IconName.MERGE), self.tr("Merge into…"))
        merge.triggered.connect(lambda: self.merge_asked.emit(name))
        menu.addSeparator()
        colour = menu.addMenu(self._icons.icon(IconName.PALETTE), self.tr("Colour"))
        grid = ColourGrid(self._themes, row.colour, menu=colour)
        chooser = QWidgetAction(colour)
        chooser.setDefaultWidget(grid)
        colour.addAction(chooser)
        grid.picked.connect(lambda number: self._deeds.set_colour(name, number))
        grid.picked.connect(menu.close)
        self._fill_numbers(menu.addMenu(self._icons.icon(IconName.HASH), self.tr("Number key")), row)
        menu.addSeparator()
        delete = menu.addAction(self._icons.icon(IconName.TRASH_2), self.tr("Delete tag") + "\tDel")
        delete.triggered.connect(lambda: self._deeds.delete(row))

    def _fill_numbers(self, menu: QMenu, row: Row) -> None:
        group = QActionGroup(menu)
        for number in range(10):
            action = menu.addAction(str(number) if number else self.tr("None"))
            action.setCheckable(True)
            action.setChecked(row.number == number)
            group.addAction(action)
            action.triggered.connect(lambda _=False, key=number: self._deeds.set_number(row.name, key))

    def _fill_search(self, menu: QMenu, row: Row) -> None:
        rename = menu.addAction(self._icons.icon(IconName.PENCIL), self.tr("Rename") + "\tF2")
        rename.triggered.connect(self.rename_asked)
        delete = menu.addAction(self._icons.icon(IconName.TRASH_2), self.tr("Delete saved search") + "\tDel")
        delete.triggered.connect(lambda: self._deeds.delete(row))

    def _fill_author(self, menu: QMenu, row: Row) -> None:
        name = row.name
        show = menu.addAction(self._icons.icon(IconName.HISTORY), self.tr("Numbers over time…"))
        show.triggered.connect(lambda: self.captures_asked.emit(name))

    def _fill_tags(self, menu: QMenu, order: Order) -> None:
        new = menu.addAction(self._icons.icon(IconName.PLUS), self.tr("New tag…"))
        new.triggered.connect(lambda: self.tag_asked.emit(""))
        menu.addSeparator()
        group = QActionGroup(menu)
        labels = {Order.NAME: self.tr("By name"), Order.COUNT: self.tr("Most frequent first")}
        for choice, label in labels.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(choice is order)
            group.addAction(action)
            action.triggered.connect(lambda _=False, chosen=choice: self.order_chosen.emit(chosen))
