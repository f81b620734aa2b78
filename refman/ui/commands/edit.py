"""Commands of undo, clipboard, selection and search."""

from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from refman.ui.actions import Menu, Scope, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


@command(
    id="edit.undo",
    text="&Undo",
    key="Ctrl+Z",
    menu=Menu.EDIT,
    icon=IconName.UNDO_2,
    enabled=lambda state: state.is_writable and (bool(state.undo_name) or state.is_unsettled),
    subject=lambda state: state.undo_name,
)
def undo(context: CommandContext) -> None:
    """Takes back the last step, whoever made it; one that is still being written, too."""
    context.imports.after(context.voice.undo)


@command(
    id="edit.redo",
    text="&Redo",
    key="Ctrl+Shift+Z; Ctrl+Y",
    menu=Menu.EDIT,
    icon=IconName.REDO_2,
    enabled=lambda state: state.is_writable and (bool(state.redo_name) or state.is_unsettled),
    subject=lambda state: state.redo_name,
)
def redo(context: CommandContext) -> None:
    """Does the last undone step again."""
    context.imports.after(context.voice.redo)


@command(
    id="edit.history",
    text="&History…",
    menu=Menu.EDIT,
    icon=IconName.HISTORY,
    enabled=lambda state: state.has_library,
)
def history(context: CommandContext) -> None:
    """What was done, newest first."""
    context.dialogs.open_history()


@command(
    id="edit.paste",
    text="&Paste and import",
    key="Ctrl+V",
    menu=Menu.EDIT,
    group=1,
    icon=IconName.CLIPBOARD_PASTE,
    enabled=lambda state: state.is_writable,
)
def paste(context: CommandContext) -> None:
    """Imports whatever the clipboard holds."""
    # A system that gives no clipboard (Wayland, to a window without the keyboard) has None for it.
    held = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
    context.imports.take(held or QMimeData())


@command(
    id="edit.select_all",
    text="Select &all",
    key="Ctrl+A",
    menu=Menu.EDIT,
    group=2,
    scope=Scope.LIST,
    enabled=lambda state: state.shown_count > 0,
)
def select_all(context: CommandContext) -> None:
    """Selects every listed paper."""
    context.table.selectAll()
    context.table.setFocus()


@command(id="edit.find", text="&Search", key="Ctrl+F", menu=Menu.EDIT, group=3, icon=IconName.SEARCH)
def find(context: CommandContext) -> None:
    """Goes to the search box."""
    context.search.setFocus()
    context.search.selectAll()


@command(
    id="edit.clear_search",
    text="&Clear search",
    key="Esc",
    menu=Menu.EDIT,
    group=3,
    scope=Scope.LIST,
    enabled=lambda state: state.has_library and (state.has_query or state.is_preview_shown),
)
def clear_search(context: CommandContext) -> None:
    """Closes the preview; else shows all papers again: nothing searched, nothing filtered."""
    if context.preview.isVisible():
        context.preview.hide()
    else:
        context.clear_search()


@command(
    id="edit.save_search",
    text="Sa&ve this search…",
    menu=Menu.EDIT,
    group=3,
    icon=IconName.FUNNEL,
    enabled=lambda state: state.is_writable and state.has_query,
)
def save_search(context: CommandContext) -> None:
    """Keeps the search in the sidebar under a name."""
    context.dialogs.ask_to_save_search(context.feed.text)


@command(id="edit.preferences", text="Pre&ferences…", key="Ctrl+,", menu=Menu.EDIT, group=4, icon=IconName.SETTINGS)
def preferences(context: CommandContext) -> None:
    """Opens the preferences."""
    context.dialogs.open_preferences()
