r"""Commands that bring papers into a document: `\cite{...}`, keys, BibTeX."""

from collections.abc import Callable

from refman.services.library import Library
from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


def _has_selection(state: UiState) -> bool:
    return state.has_selection


def _can_cite(state: UiState) -> bool:
    return state.can_cite


def _never(_: UiState) -> bool:
    return False


def _copy(context: CommandContext, make: Callable[[Library], str], *, said: Callable[[str], str]) -> None:
    # Work and not a read: missing keys are made first.
    context.voice.run(
        context.window.tr("Copying"),
        lambda library, _: make(library),
        lambda text: context.copy_text(text, said=said(text)),
    )


@command(
    id="cite.copy",
    text="Copy &citation",
    key="Ctrl+K",
    menu=Menu.PAPER,
    submenu="&Copy",
    group=5,
    icon=IconName.QUOTE,
    enabled=_can_cite,
)
def copy_citation(context: CommandContext) -> None:
    r"""Copies `\cite{a,b}` of the selected papers, with the command of the preferences."""
    ids, cite = context.selected, context.live.value.cite_command
    said = context.window.tr("Copied {0}")
    _copy(context, lambda library: library.cite(ids, cite), said=lambda text: said.format(text))


@command(
    id="cite.copy_keys",
    text="Copy &keys",
    key="Ctrl+Shift+K",
    menu=Menu.PAPER,
    submenu="&Copy",
    group=5,
    icon=IconName.KEY,
    enabled=_can_cite,
)
def copy_keys(context: CommandContext) -> None:
    """Copies the keys of the selected papers, divided by commas."""
    ids = context.selected
    said = context.window.tr("Copied {0}")
    _copy(context, lambda library: library.keys_text(ids), said=lambda text: said.format(text))


@command(
    id="cite.copy_bibtex",
    text="Copy as &BibTeX",
    key="Ctrl+C",
    menu=Menu.PAPER,
    submenu="&Copy",
    group=5,
    icon=IconName.COPY,
    enabled=_has_selection,
)
def copy_bibtex(context: CommandContext) -> None:
    """Copies the BibTeX entries of the selected papers."""
    ids = context.selected
    one, many = context.window.tr("Copied 1 BibTeX entry"), context.window.tr("Copied {0} BibTeX entries")
    said = one if len(ids) == 1 else many.format(f"{len(ids):,}")
    _copy(context, lambda library: library.export_text(ids, "bibtex"), said=lambda _: said)


@command(
    id="cite.push",
    text="&Push to the editor (not in this version)",
    key="Ctrl+L",
    menu=Menu.PAPER,
    group=5,
    icon=IconName.SEND,
    enabled=_never,
)
def push(context: CommandContext) -> None:
    """Not in this version: links to editors come with linked files."""
    context.voice.say(context.window.tr("This version cannot push citations to an editor yet; copy them (Ctrl+K)."))
