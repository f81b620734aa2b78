"""The menus of the window that change: recent libraries, columns, order, and those of a right click."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from refman.domain.listing import Sort, SortField
from refman.ui.commands.context import CommandContext
from refman.ui.commands.file import OPEN_RECENT
from refman.ui.commands.view import COLUMNS, SORT
from refman.ui.menus import Actions, RoundedMenu
from refman.ui.table.columns import COLUMNS as ALL_COLUMNS
from refman.ui.table.header import further_sort, single_sort
from refman.ui.widgets.tips import plain_tip

SortOf = Callable[[SortField], tuple[Sort, ...]]

_PAPER = (
    ("paper.open", "paper.file", "paper.link", "paper.edit"),
    ("cite.copy", "cite.copy_keys", "cite.copy_bibtex", "file.export"),
    ("tags.edit", "paper.make_keys", "links.rename_key"),
    ("paper.trash",),
)
_TRASHED = (
    ("paper.restore", "paper.delete_for_good"),
    ("paper.trash_things", "paper.empty_trash"),
    ("cite.copy", "cite.copy_bibtex"),
)


class WindowMenus:
    """Fills menus when they are about to be shown."""

    def __init__(self, context: CommandContext, actions: Actions) -> None:
        self._context = context
        self._actions = actions
        self._made: dict[str, list[QAction]] = {}
        # What Ctrl+click on a header does, for the keyboard.
        self._then = RoundedMenu(context.window.tr("&Then by"), context.window)
        sort = actions.menu(SORT)
        sort.insertMenu(sort.actions()[0], self._then)
        for name, fill in ((OPEN_RECENT, self._fill_recent), (COLUMNS, self._fill_columns), (SORT, self._fill_sort)):
            actions.menu(name).aboutToShow.connect(fill)

    def show_paper_menu(self, place: QPoint) -> None:
        """The menu of the selected papers, at a place of the screen."""
        menu = RoundedMenu("", self._context.window)
        menu.setObjectName("paperMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        is_trash = self._actions.action("paper.restore").isEnabled()
        for group in _TRASHED if is_trash else _PAPER:
            for command_id in group:
                menu.addAction(self._actions.action(command_id))
            menu.addSeparator()
        menu.popup(place)

    def _fill_recent(self) -> None:
        others = [location for location in self._context.kept.recent if location != self._context.adapter.location]
        items = []
        for location in others:
            path = Path(location)
            action = QAction(f"{path.stem.replace('&', '&&')}", self._context.window)
            action.setToolTip(plain_tip(location))
            action.setStatusTip(location)
            action.triggered.connect(partial(self._open, location))
            items.append(action)
        self._replace(OPEN_RECENT, items)

    def _open(self, location: str, _is_checked: bool = False) -> None:
        self._context.wanted_location = location
        self._context.adapter.open(location)

    def _fill_columns(self) -> None:
        menu = QMenu()
        self._context.table.columns.fill_menu(menu)
        # Without the item for the defaults, which is a command here.
        items = [action for action in menu.actions() if action.isCheckable()]
        for action in items:
            action.setParent(self._context.window)
        self._replace(COLUMNS, items)

    def _fill_sort(self) -> None:
        feed = self._context.feed
        first, *further = (level.field for level in feed.sort)
        self._replace(SORT, self._sort_items([first], lambda field: single_sort(feed.sort, field)))
        self._then.clear()
        items = self._sort_items(further, lambda field: further_sort(feed.sort, field), without=first)
        for item in items:
            item.setParent(self._then)
        self._then.addActions(items)

    def _sort_items(
        self, chosen: list[SortField], wanted: SortOf, *, without: SortField | None = None
    ) -> list[QAction]:
        items = []
        for column in ALL_COLUMNS:
            field = column.sort
            if field is None or field is without:
                continue
            action = QAction(QCoreApplication.translate("Column", column.label), self._context.window)
            action.setCheckable(True)
            action.setChecked(field in chosen)
            action.triggered.connect(lambda _=False, f=field: self._context.feed.set_sort(wanted(f)))
            items.append(action)
        return items

    def _replace(self, name: str, items: list[QAction]) -> None:
        menu = self._actions.menu(name)
        for old in self._made.get(name, []):
            menu.removeAction(old)
            old.deleteLater()
        self._made[name] = items
        first = menu.actions()[0]
        menu.insertActions(first, items)
        if items:
            self._made[name].append(menu.insertSeparator(first))
