"""Commands that move: among papers, back in what was looked at, between the panes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


def _has_papers(state: UiState) -> bool:
    return state.shown_count > 0


@command(id="go.next", text="&Next paper", key="Alt+Down", menu=Menu.GO, enabled=_has_papers)
def go_next(context: CommandContext) -> None:
    """Selects the next paper of the list."""
    context.table.go(1)


@command(id="go.previous", text="&Previous paper", key="Alt+Up", menu=Menu.GO, enabled=_has_papers)
def go_previous(context: CommandContext) -> None:
    """Selects the paper before."""
    context.table.go(-1)


@command(
    id="go.back",
    text="&Back",
    key="Alt+Left",
    menu=Menu.GO,
    group=1,
    icon=IconName.ARROW_LEFT,
    enabled=lambda state: state.can_go_back,
)
def go_back(context: CommandContext) -> None:
    """The paper looked at before."""
    context.look_at(context.visits.back())


@command(
    id="go.forward",
    text="&Forward",
    key="Alt+Right",
    menu=Menu.GO,
    group=1,
    icon=IconName.ARROW_RIGHT,
    enabled=lambda state: state.can_go_forward,
)
def go_forward(context: CommandContext) -> None:
    """The paper looked at after."""
    context.look_at(context.visits.forward())


@command(id="go.list", text="To the &list", key="Ctrl+1", menu=Menu.GO, group=2)
def go_to_list(context: CommandContext) -> None:
    """The focus to the list, and a paper of it selected: keys that act have one to act upon."""
    context.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    # It may have had the focus already, with nothing selected.
    context.table.keys.choose()


@command(id="go.sidebar", text="To the &sidebar", key="Ctrl+2", menu=Menu.GO, group=2)
def go_to_sidebar(context: CommandContext) -> None:
    """The focus to the sidebar, to what was chosen there."""
    context.panes.show_sidebar()
    context.sidebar.go_to_chosen()


@command(id="go.details", text="To the &details", key="Ctrl+3", menu=Menu.GO, group=2)
def go_to_details(context: CommandContext) -> None:
    """The focus to the detail pane."""
    context.panes.show_detail()
    if _takes_focus(context.detail):
        context.detail.setFocus()


@command(
    id="go.notes",
    text="To the n&otes",
    key="Ctrl+4",
    menu=Menu.GO,
    group=2,
    enabled=lambda state: state.selected_count == 1,
)
def go_to_notes(context: CommandContext) -> None:
    """The focus to the note of the selected paper, ready to type."""
    context.panes.show_detail()
    context.detail.write_note()


@command(id="go.next_pane", text="Next p&ane", key="F6", menu=Menu.GO, group=2)
def go_to_next_pane(context: CommandContext) -> None:
    """The focus to the next pane: sidebar, search, list, details, what stands beside them."""
    _go_round(context, 1)


@command(id="go.previous_pane", text="Pr&evious pane", key="Shift+F6", menu=Menu.GO, group=2)
def go_to_previous_pane(context: CommandContext) -> None:
    """The focus to the pane before: the same way round, backwards."""
    _go_round(context, -1)


def _go_round(context: CommandContext, step: int) -> None:
    every = (context.sidebar, context.search, context.table, context.detail, context.detail.beside)
    panes = [pane for pane in every if _is_shown(pane) and _takes_focus(pane)]
    focused = QApplication.focusWidget() or context.window.focusWidget()
    at = next((i for i, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(focused)), None)
    wanted = panes[(at + step) % len(panes)] if at is not None else panes[0 if step > 0 else -1]
    wanted.window().activateWindow()
    wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _is_shown(pane: QWidget) -> bool:
    """Whether it is to be seen, or what stands in its place and takes the keyboard for it."""
    proxy: QWidget | None = pane.focusProxy()
    return pane.isVisible() or (proxy is not None and proxy.isVisible())


def _takes_focus(pane: QWidget) -> bool:
    """Whether keys would go anywhere: the details of no paper have nothing to type into."""
    proxy: QWidget | None = pane
    while proxy is not None:
        pane, proxy = proxy, proxy.focusProxy()
    return pane.focusPolicy() is not Qt.FocusPolicy.NoFocus
