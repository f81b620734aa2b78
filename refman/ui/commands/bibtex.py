"""Commands of BibTeX: entries as text, macros, crossrefs."""

from refman.domain.paper import Paper, PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName

_CHILDREN_SHOWN = 190
"""A search reads no more words."""


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


def _can_edit_several(state: UiState) -> bool:
    return state.is_writable and state.selected_count > 1


def _has_one(state: UiState) -> bool:
    return state.selected_count == 1


@command(
    id="paper.make_parent",
    text="Make a &parent of the selection",
    menu=Menu.PAPER,
    submenu="Cro&ssrefs",
    group=3,
    icon=IconName.LAYERS,
    enabled=_can_edit_several,
)
def make_parent(context: CommandContext) -> None:
    """Adds the volume that the selected papers stand in, with what they have in common; they inherit it."""
    ids = context.selected

    def work(library: Library) -> Outcome:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.entries.facade import entries_of

        return entries_of(library).crossrefs.make_parent(ids)

    context.adapter.write(work, owner=context.table)


@command(
    id="paper.flatten",
    text="&Flatten: copy what is inherited",
    menu=Menu.PAPER,
    submenu="Cro&ssrefs",
    group=3,
    icon=IconName.COPY,
    enabled=lambda state: state.can_edit_selection,
)
def flatten(context: CommandContext) -> None:
    """Copies what the selected papers inherit from their crossref parents into them and drops the crossref."""
    ids = context.selected

    def work(library: Library) -> Outcome:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.entries.facade import entries_of

        return entries_of(library).crossrefs.flatten(ids)

    context.adapter.write(work, owner=context.table)


@command(
    id="paper.parent",
    text="&Go to the parent",
    menu=Menu.PAPER,
    submenu="Cro&ssrefs",
    group=3,
    icon=IconName.ARROW_RIGHT,
    enabled=_has_one,
)
def go_to_parent(context: CommandContext) -> None:
    """Selects the paper that the crossref of this one names."""
    paper_id = context.table.current_id
    if paper_id is None:
        return

    def find(library: Library) -> PaperId | None:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.entries.facade import entries_of

        return entries_of(library).crossrefs.parent(paper_id)

    def show(found: PaperId | None) -> None:
        if found is None:
            context.voice.say(context.window.tr("This paper has no crossref parent in the library."))
        context.look_at(found)

    context.adapter.read(find, show, owner=context.table, slot="crossref")


@command(
    id="paper.children",
    text="List the &children",
    menu=Menu.PAPER,
    submenu="Cro&ssrefs",
    group=3,
    icon=IconName.ROWS_3,
    enabled=_has_one,
)
def list_children(context: CommandContext) -> None:
    """Searches for the papers whose crossref names this one."""
    paper_id = context.table.current_id
    if paper_id is None:
        return

    def find(library: Library) -> list[Paper]:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.entries.facade import entries_of

        return entries_of(library).crossrefs.children(paper_id)

    def show(found: list[Paper]) -> None:
        if not found:
            context.voice.say(context.window.tr("No paper names this one as its crossref parent."))
            return
        context.clear_search()
        context.search.setText(" OR ".join(f'key:"{paper.key}"' for paper in found[:_CHILDREN_SHOWN]))

    context.adapter.read(find, show, owner=context.table, slot="crossref")


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
