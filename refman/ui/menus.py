"""Makes of commands what the window shows: actions with key, icon and tooltip, and the menus."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from refman.ui.actions import Command, Menu, Scope, UiState
from refman.ui.compositing import can_be_translucent
from refman.ui.icons import Icons
from refman.ui.widgets.looks import set_look


class Actions(QObject):
    """The actions of one window. `context` is handed to every command that runs."""

    def __init__(self, commands: Sequence[Command[Any]], context: object, *, icons: Icons, window: QWidget) -> None:
        super().__init__(window)
        self.commands = tuple(commands)
        self._context = context
        self._state = UiState()
        self._menus: dict[str, QMenu] = {}
        self._actions = {command.id: self._action(command, icons) for command in self.commands}
        # Keys work also for commands that stand in no menu.
        window.addActions([self._actions[c.id] for c in self.commands if c.scope is Scope.WINDOW])
        self.update(self._state)

    def action(self, command_id: str) -> QAction:
        """Raises: KeyError when there is no such command, which is a bug."""
        return self._actions[command_id]

    def add_list_keys(self, paper_list: QWidget) -> None:
        """Lets the keys of the list work while `paper_list` has the focus."""
        for command in self.commands:
            if command.scope is Scope.LIST:
                self._actions[command.id].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                paper_list.addAction(self._actions[command.id])

    def fill(self, bar: QMenuBar) -> None:
        """Builds all menus, those without a command left out."""
        for menu in Menu:
            own = [command for command in self.commands if command.menu is menu]
            if own:
                self._menus[menu] = RoundedMenu(_translated(menu), bar)
                bar.addMenu(self._menus[menu])
                self._fill_menu(self._menus[menu], sorted(own, key=lambda command: command.group))

    def menu(self, name: str) -> QMenu:
        """A menu or submenu by its English name, to add what changes (recent libraries)."""
        return self._menus[name]

    def update(self, state: UiState) -> None:
        """Enables, checks and names every action by the state of the window."""
        self._state = state
        for command in self.commands:
            action = self._actions[command.id]
            action.setEnabled(command.enabled(state))
            if command.checked is not None:
                action.setChecked(command.checked(state))
            if command.subject is not None:
                self._name(action, command)

    def _action(self, command: Command[Any], icons: Icons) -> QAction:
        action = QAction(self)
        action.setObjectName(command.id)
        action.setShortcuts(QKeySequence.listFromString(command.keys))
        action.setCheckable(command.checked is not None)
        # Menus are read, not looked at: icons stand in the toolbar.
        action.setIconVisibleInMenu(False)
        if command.icon is not None:
            action.setIcon(icons.icon(command.icon))
        action.triggered.connect(partial(self._run, command))
        self._name(action, command)
        return action

    def _run(self, command: Command[Any], _is_checked: bool = False) -> None:
        if command.checked is not None:
            # Qt has switched the mark already, but only the state says what is on.
            self._actions[command.id].setChecked(command.checked(self._state))
        command(self._context)

    def _name(self, action: QAction, command: Command[Any]) -> None:
        subject = command.subject(self._state) if command.subject is not None else ""
        text = f"{_translated(command.text)} {subject}".strip()
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(text)
        action.setToolTip(f"{plain(text)} ({key})" if key else plain(text))

    def _fill_menu(self, menu: QMenu, commands: Sequence[Command[Any]]) -> None:
        for before, command in zip((None, *commands), commands, strict=False):
            if before is not None and before.group != command.group:
                menu.addSeparator()
            self._place(menu, command).addAction(self._actions[command.id])

    def _place(self, menu: QMenu, command: Command[Any]) -> QMenu:
        if not command.submenu:
            return menu
        if command.submenu not in self._menus:
            self._menus[command.submenu] = RoundedMenu(_translated(command.submenu), menu)
            menu.addMenu(self._menus[command.submenu])
        return self._menus[command.submenu]


class RoundedMenu(QMenu):
    """A menu with round corners, where the screen can show them; also for context menus."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        # Late: it asks the screen, which a start need not wait for.
        self.aboutToShow.connect(self._shape)

    def _shape(self) -> None:
        if self.property("rounded") is not None:
            return
        set_look(self, "rounded", can_be_translucent())
        if not can_be_translucent():
            return
        # Without these the corners outside the curve are painted in the colour of a window.
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )


def place_of(command: Command[Any]) -> str:
    """Where a command stands in the menus, for reading: `View › Theme`; empty for one that stands nowhere."""
    names = [command.menu or "", command.submenu]
    return " › ".join(plain(_translated(name)) for name in names if name)


def plain(text: str) -> str:
    """A text of a menu without the mark of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def words_of(command: Command[Any]) -> str:
    """What a command is called, whatever its menu item names right now (`Undo Edit title`)."""
    return plain(_translated(command.text))


def _translated(text: str) -> str:
    return QCoreApplication.translate("Command", text)
