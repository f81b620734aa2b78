"""Commands of linked .bib files."""

from pathlib import Path

from refman.domain.progress import Progress
from refman.services.library import Library
from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.files import ask_for_file
from refman.ui.icons import IconName
from refman.ui.messages import MessageKind


def _can_write(state: UiState) -> bool:
    return state.is_writable


@command(id="links.link", text="Lin&k a .bib file…", menu=Menu.FILE, group=1, icon=IconName.LINK, enabled=_can_write)
def link_file(context: CommandContext) -> None:
    """Links a file to the library; the file is not touched, every key stays."""
    window = context.window
    ask_for_file(
        window,
        window.tr("Link a .bib file"),
        window.tr("BibTeX files (*.bib);;All files (*)"),
        chosen=lambda path: link_path(context, path),
    )


def link_path(context: CommandContext, path: Path) -> None:
    """Links a file and says what was found."""

    def work(library: Library, progress: Progress) -> str:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.linking.facade import links_of
        from refman.services.linking.linking import LinkOptions, link_sentence

        return link_sentence(links_of(library).link(path, LinkOptions(), progress))

    def tell(said: str) -> None:
        context.voice.say(f"{path.name}: {said}", MessageKind.SUCCESS)

    context.voice.run(context.window.tr("Link {0}").format(path.name), work, tell)
