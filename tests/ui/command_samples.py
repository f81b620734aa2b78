"""A handful of commands as a window would declare them."""

from refman.ui.actions import Menu, Scope, UiState, command
from refman.ui.icons import IconName


class Notebook:
    """A context that notes what was done."""

    def __init__(self) -> None:
        self.done: list[str] = []


@command(
    id="paper.new", text="New paper", key="Ctrl+N", menu=Menu.FILE, icon=IconName.PLUS, enabled=lambda s: s.is_writable
)
def new_paper(context: Notebook) -> None:
    """Adds an empty paper."""
    context.done.append("paper.new")


@command(id="app.quit", text="Quit", key="Ctrl+Q", menu=Menu.FILE, group=9)
def quit_program(context: Notebook) -> None:
    """Ends the program."""
    context.done.append("app.quit")


@command(id="paper.import", text="Import…", key="Ctrl+Shift+I; Ins", menu=Menu.FILE, icon=IconName.DOWNLOAD)
def import_papers(context: Notebook) -> None:
    """Reads files."""
    context.done.append("paper.import")


@command(
    id="edit.undo",
    text="&Undo",
    key="Ctrl+Z",
    menu=Menu.EDIT,
    enabled=lambda state: bool(state.undo_name),
    subject=lambda state: state.undo_name,
)
def undo(context: Notebook) -> None:
    """Takes back the last step."""
    context.done.append("edit.undo")


def is_dark(state: UiState) -> bool:
    return state.theme == "dark"


@command(id="view.dark", text="Dark", menu=Menu.VIEW, submenu="Theme", checked=is_dark)
def dark(context: Notebook) -> None:
    """Switches to the dark theme."""
    context.done.append("view.dark")


@command(id="paper.trash", text="Move to the trash", key="Del", menu=Menu.PAPER, scope=Scope.LIST)
def trash(context: Notebook) -> None:
    """Deletes papers."""
    context.done.append("paper.trash")


@command(id="go.next", text="Next paper", key="Alt+Down", enabled=lambda state: state.shown_count > 0)
def next_paper(context: Notebook) -> None:
    """Selects the next paper; stands in no menu."""
    context.done.append("go.next")
