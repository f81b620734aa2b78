"""Commands of linked .bib files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from refman.domain.progress import Progress
from refman.services.library import Library
from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.files import ask_for_file
from refman.ui.icons import IconName
from refman.ui.messages import MessageAction, MessageKind


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

    window = context.window

    def work(library: Library, progress: Progress) -> tuple[str, Path | None]:
        # Late: loads the formats, which a start need not pay for.
        from refman.services.linking.facade import links_of
        from refman.services.linking.linking import LinkOptions, link_sentence

        report = links_of(library).link(path, LinkOptions(), progress)
        return link_sentence(report), None if report.link.project else sources_beside(path)

    def tell(found: tuple[str, Path | None]) -> None:
        said, folder = found
        links = context.links
        deeds = []
        if links is not None and folder is not None:
            text = window.tr("Link the project {0}").format(folder.name)
            deeds.append(MessageAction(text, lambda: links.name_project(str(path), folder)))
        context.voice.say(f"{path.name}: {said}", MessageKind.SUCCESS, *deeds)

    context.voice.run(window.tr("Link {0}").format(path.name), work, tell, is_careful=True)


def sources_beside(path: Path) -> Path | None:
    """The folder with LaTeX sources that a .bib lies in, or in a folder of; None where there are none. Any thread."""
    folders = path.absolute().parents
    return next((folder for folder in folders[:2] if any(folder.glob("*.tex"))), None)


@command(
    id="links.rename_key",
    text="Rename the key ever&ywhere…",
    menu=Menu.PAPER,
    group=3,
    icon=IconName.KEY,
    enabled=lambda state: state.can_edit_selection and state.selected_count == 1 and not state.is_key_out_of_reach,
)
def rename_key(context: CommandContext) -> None:
    """Renames the key of the selected paper in the library, the linked files and their LaTeX projects, as one step."""
    context.adapter.read(
        lambda library: library.paper(context.selected[0]) if context.selected else None,
        lambda paper: open_rename(context, paper.key) if paper and paper.key else None,
        owner=context.table,
    )


@command(
    id="links.put",
    text="Put into a linked file…",
    menu=Menu.PAPER,
    group=3,
    icon=IconName.LINK,
    enabled=lambda state: state.can_edit_selection,
)
def put_into_file(context: CommandContext) -> None:
    """Shows what a linked .bib file gets when the selected papers go into it; nothing is written before you agree."""
    links, window, ids = context.links, context.window, context.selected
    takers = links.takers() if links is not None else []
    if links is None or not takers:
        context.voice.say(window.tr("No linked file takes single papers. Link one with File > Link a .bib file…"))
        return
    if len(takers) == 1:
        links.review(takers[0][1], ids)
        return
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, path in takers:
        menu.addAction(name, partial(links.review, path, ids))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(context.table.viewport().mapToGlobal(context.table.visualRect(context.table.currentIndex()).center()))


def open_rename(context: CommandContext, old: str) -> None:
    """Asks for the new key and shows every place."""
    # Late: loads the formats, which a start need not pay for.
    from refman.services.linking.rename_everywhere import plan_everywhere, rename_everywhere
    from refman.services.linking.renaming import RenamePlan
    from refman.ui.linked.rename_sheet import RenameSheet

    def ask(
        new: str, with_comments: bool, show: Callable[[RenamePlan], None], fail: Callable[[Exception], None]
    ) -> None:
        context.adapter.read(
            lambda library: plan_everywhere(library.store, old, new, with_comments=with_comments),
            show,
            failed=fail,
            owner=sheet,
            slot="rename-places",
        )

    def do(plan: RenamePlan) -> None:
        context.adapter.write(lambda library: rename_everywhere(library.store, plan), owner=context.table)

    sheet = RenameSheet(old, ask, themes=context.sidebar.themes, window=context.window)
    sheet.agreed.connect(do)
    sheet.open()
