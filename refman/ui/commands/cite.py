r"""Commands that bring papers into a document: `\cite{...}`, keys, BibTeX."""

from collections.abc import Callable

from refman.domain.editors import EDITOR_NAMES, Editor
from refman.domain.progress import Progress
from refman.domain.settings import CiteCommand
from refman.services.library import Library
from refman.ui.actions import Command, Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName

_AS = "Copy citation &as"
_TO = "Pus&h citation to"


def _has_selection(state: UiState) -> bool:
    return state.has_selection


def _can_cite(state: UiState) -> bool:
    return state.can_cite


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


def copy_with(context: CommandContext, form: CiteCommand) -> None:
    """Copies the citation in one form, which is that of Ctrl+K from now on."""
    context.live.change("cite_command", form)
    copy_citation(context)


def _copying(form: CiteCommand, text: str) -> Command[CommandContext]:
    def copy(context: CommandContext) -> None:
        copy_with(context, form)

    name = form.value.removeprefix("\\")
    return command(
        id=f"cite.as_{name}",
        text=text,
        menu=Menu.PAPER,
        submenu=_AS,
        group=5,
        enabled=_can_cite,
        checked=lambda state: state.cite_command is form,
    )(copy)


as_cite = _copying(CiteCommand.CITE, "\\cite{key}")
as_citep = _copying(CiteCommand.CITEP, "\\citep{key}")
as_citet = _copying(CiteCommand.CITET, "\\citet{key}")
as_autocite = _copying(CiteCommand.AUTOCITE, "\\autocite{key}")
as_parencite = _copying(CiteCommand.PARENCITE, "\\parencite{key}")
as_textcite = _copying(CiteCommand.TEXTCITE, "\\textcite{key}")
as_pandoc = _copying(CiteCommand.PANDOC, "[@key] for pandoc")
as_typst = _copying(CiteCommand.TYPST, "@key for Typst")


@command(
    id="cite.push",
    text="&Push to the editor",
    key="Ctrl+L",
    menu=Menu.PAPER,
    group=5,
    icon=IconName.SEND,
    enabled=_can_cite,
)
def push(context: CommandContext) -> None:
    """Puts the citation of the selected papers into the editor that was used last, where its cursor is."""
    ids, form, editor = context.selected, context.live.value.cite_command, context.live.value.editor
    said = context.window.tr("Pushed {0} to {1}")

    def work(library: Library, _: Progress) -> str:
        # Late: only this command needs it.
        from refman.services.pushing import push as push_text

        keys = library.keys_text(ids)
        text = library.cite(ids, form)
        push_text(editor, text, keys.split(","))
        return text

    context.voice.run(
        context.window.tr("Pushing"),
        work,
        lambda text: context.voice.say(said.format(text, EDITOR_NAMES[editor])),
    )


def _pushing(editor: Editor) -> Command[CommandContext]:
    def push_to(context: CommandContext) -> None:
        context.live.change("editor", editor)
        push(context)

    text = EDITOR_NAMES[editor]
    return command(
        id=f"cite.to_{editor}",
        text=text,
        menu=Menu.PAPER,
        submenu=_TO,
        group=5,
        enabled=_can_cite,
        checked=lambda state: state.editor is editor,
    )(push_to)


to_texstudio = _pushing(Editor.TEXSTUDIO)
to_texworks = _pushing(Editor.TEXWORKS)
to_texmaker = _pushing(Editor.TEXMAKER)
to_kile = _pushing(Editor.KILE)
to_lyx = _pushing(Editor.LYX)
to_emacs = _pushing(Editor.EMACS)
to_vim = _pushing(Editor.VIM)
