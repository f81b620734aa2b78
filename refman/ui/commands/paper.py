"""Commands of papers: make, edit, open, key, trash."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from refman.domain.errors import RefmanError
from refman.domain.paper import Paper
from refman.services.library import Library
from refman.services.opening import is_document
from refman.services.outcome import Outcome
from refman.ui.actions import Menu, Scope, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName
from refman.ui.links import link_of
from refman.ui.messages import MessageKind

_MERGED_MOST = 9
"""Papers that are merged at once: as many as there are digits to choose by."""


def _has_selection(state: UiState) -> bool:
    return state.has_selection


def _can_merge(state: UiState) -> bool:
    return state.can_edit_selection and 2 <= state.selected_count <= _MERGED_MOST and not state.is_trash_shown


def _can_edit(state: UiState) -> bool:
    return state.can_edit_selection


@command(
    id="paper.new",
    text="&New paper",
    key="Ctrl+N",
    menu=Menu.PAPER,
    icon=IconName.FILE_PLUS,
    enabled=lambda state: state.is_writable,
)
def new_paper(context: CommandContext) -> None:
    """Adds an empty paper and goes to its title."""

    def show(outcome: Outcome) -> None:
        for paper_id in outcome.changes.added:
            context.detail.take_new(paper_id)
            context.wanted_paper = paper_id
            context.clear_search()

    def refuse(error: Exception) -> None:
        if not context.detail.new_paper.refuse(error):
            # Details of a paper that is not there would say that it is.
            context.detail.forget()
            context.table.setFocus()
        if isinstance(error, RefmanError):
            context.voice.refuse(error)

    # Keys typed right after this one belong into the title and not into the list, where digits put tags.
    context.table.clearSelection()
    context.panes.show_detail()
    context.detail.begin_new()
    context.adapter.write(lambda library: library.new_paper("misc", {}), show, owner=context.table, failed=refuse)


@command(
    id="paper.edit",
    text="&Edit details",
    key="Ctrl+E",
    menu=Menu.PAPER,
    group=1,
    icon=IconName.SQUARE_PEN,
    enabled=_has_selection,
)
def edit_details(context: CommandContext) -> None:
    """Puts the focus into the detail pane."""
    context.panes.show_detail()
    context.detail.setFocus()


@command(
    id="paper.merge",
    text="&Merge…",
    menu=Menu.PAPER,
    group=1,
    enabled=_can_merge,
)
def merge_papers(context: CommandContext) -> None:
    """Makes the selected papers one: fields, tags, notes and files come together, the others go to the trash."""
    # Late: hardly ever needed.
    from refman.ui.merging.flow import MergeFlow

    ids = context.selected
    MergeFlow(context, ids).begin(ids[0])


@command(
    id="paper.edit_in_place",
    text="Edit in p&lace",
    key="F2",
    menu=Menu.PAPER,
    group=1,
    scope=Scope.LIST,
    enabled=_can_edit,
)
def edit_in_place(context: CommandContext) -> None:
    """Edits the current cell of the list."""
    context.table.edit_current()


@command(
    id="paper.open",
    text="&Open",
    key="Return; Enter",
    menu=Menu.PAPER,
    group=2,
    scope=Scope.LIST,
    enabled=_has_selection,
)
def open_paper(context: CommandContext) -> None:
    """Opens the file of the current paper; one without a file shows its details."""
    if context.is_file_here:
        open_file(context)
    else:
        edit_details(context)


@command(
    id="paper.preview",
    text="Pre&view",
    key="Space",
    menu=Menu.PAPER,
    group=2,
    scope=Scope.LIST,
    icon=IconName.EYE,
    enabled=_has_selection,
)
def preview(context: CommandContext) -> None:
    """The current paper in large over the list, and away again."""
    if context.preview.isVisible():
        context.preview.hide()
    elif context.table.current_id is not None:
        context.preview.show_paper(context.table.current_id)


@command(
    id="paper.file",
    text="Open the &file",
    key="F4",
    menu=Menu.PAPER,
    group=2,
    icon=IconName.BOOK_OPEN,
    enabled=lambda state: state.has_file,
)
def open_file(context: CommandContext) -> None:
    """Opens the first PDF, else the first file, with the program of the system."""
    paper_id = context.table.current_id
    if paper_id is None:
        return

    def find(library: Library) -> str:
        paper = library.paper(paper_id)
        files = paper.attachments if paper else ()
        first = next((one for one in files if one.path.lower().endswith(".pdf")), files[0] if files else None)
        path = library.attachment_path(first) if first else None
        return str(path) if path and path.exists() else ""

    def show(path: str) -> None:
        tr = context.window.tr
        if path and not is_document(Path(path)):
            context.voice.say(tr("It may be a program; open it from the tab Files."), MessageKind.WARNING)
        elif not path or not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            context.voice.say(tr("The file is not where it was; look at the tab Files."), MessageKind.WARNING)

    context.adapter.read(find, show, owner=context.table)


@command(
    id="paper.link",
    text="Open DOI or &URL",
    key="F3",
    menu=Menu.PAPER,
    group=2,
    icon=IconName.EXTERNAL_LINK,
    enabled=lambda state: state.has_link,
)
def open_link(context: CommandContext) -> None:
    """Opens where the paper is on the web."""
    paper_id = context.table.current_id
    if paper_id is None:
        return

    def show(paper: Paper | None) -> None:
        link = link_of(paper) if paper else ""
        if not link or not QDesktopServices.openUrl(QUrl(link)):
            context.voice.say(context.window.tr("No program opens {0}.").format(link), MessageKind.WARNING)

    context.adapter.read(lambda library: library.paper(paper_id), show, owner=context.table)


@command(
    id="paper.make_keys",
    text="Make citation &keys",
    key="Ctrl+G",
    menu=Menu.PAPER,
    group=3,
    icon=IconName.KEY,
    enabled=_can_edit,
)
def make_keys(context: CommandContext) -> None:
    """Makes the keys of the selected papers by the pattern of the preferences."""
    ids = context.selected
    context.adapter.write(lambda library: library.make_keys(ids), owner=context.table)


@command(
    id="paper.preview_keys",
    text="Make citation keys w&ith a preview…",
    key="Ctrl+Shift+G",
    menu=Menu.PAPER,
    group=3,
    enabled=_can_edit,
)
def preview_keys(context: CommandContext) -> None:
    """Shows the keys that the selected papers would get; each can be left out."""
    # Late: a start need not pay for it.
    from refman.services.regenerating import KeyChange, foresee_keys, set_keys
    from refman.ui.dialogs.key_preview import KeyPreview

    def show(changes: list[KeyChange]) -> None:
        if not changes:
            context.voice.say(context.window.tr("Every key is as the pattern makes it."))
            return
        sheet = KeyPreview(changes, themes=context.sidebar.themes, window=context.window)
        sheet.agreed.connect(
            lambda chosen: context.adapter.write(lambda library: set_keys(library.store, chosen), owner=context.table)
        )
        sheet.open()

    ids = context.selected
    context.adapter.read(
        lambda library: foresee_keys(library.store, ids, pattern=library.pattern), show, owner=context.table
    )
