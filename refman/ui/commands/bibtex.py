"""Commands of BibTeX: entries as text, macros, crossrefs."""

from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


def _can_edit_one(state: UiState) -> bool:
    return state.is_writable and state.selected_count == 1


@command(
    id="paper.edit_bibtex",
    text="Edit as &BibTeX",
    key="Ctrl+Alt+E",
    menu=Menu.PAPER,
    group=1,
    icon=IconName.CODE,
    enabled=_can_edit_one,
)
def edit_bibtex(context: CommandContext) -> None:
    """The entry of the paper as text to edit."""
    context.panes.show_detail()
    detail = context.detail
    detail.show_tab(detail.bibtex_tab)
    detail.bibtex_tab.edit_entry()


@command(
    id="edit.strings",
    text="&Macros (@string)…",
    menu=Menu.EDIT,
    icon=IconName.BRACES,
    enabled=lambda state: state.has_library,
)
def strings(context: CommandContext) -> None:
    """The macros of the library, and values that could become one."""
    context.dialogs.open_strings()
