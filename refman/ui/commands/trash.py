"""Commands of the trash."""

from collections.abc import Callable, Sequence

from refman.domain.paper import PaperId
from refman.domain.progress import Progress
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.actions import Menu, Scope, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


@command(
    id="paper.trash",
    text="Move to the &trash",
    key="Del",
    menu=Menu.PAPER,
    group=4,
    scope=Scope.LIST,
    icon=IconName.TRASH_2,
    enabled=lambda state: state.can_edit_selection and not state.is_trash_shown,
)
def trash(context: CommandContext) -> None:
    """Puts the selected papers into the trash."""
    _change_selected(context, context.window.tr("Deleting {0} papers"), Library.trash)


@command(
    id="paper.restore",
    text="&Restore from the trash",
    menu=Menu.PAPER,
    group=4,
    icon=IconName.ARCHIVE_RESTORE,
    enabled=lambda state: state.can_edit_selection and state.is_trash_shown,
)
def restore(context: CommandContext) -> None:
    """Takes the selected papers out of the trash."""
    _change_selected(context, context.window.tr("Restoring {0} papers"), Library.restore_from_trash)


@command(
    id="paper.delete_for_good",
    text="Delete for &good",
    menu=Menu.PAPER,
    group=4,
    enabled=lambda state: state.can_edit_selection and state.is_trash_shown,
)
def delete_for_good(context: CommandContext) -> None:
    """Removes the selected papers of the trash for good; undo still brings them back."""
    _change_selected(context, context.window.tr("Deleting {0} papers for good"), Library.delete_for_good)


@command(
    id="paper.trash_things",
    text="&Deleted notes, tags and files…",
    menu=Menu.PAPER,
    group=4,
    enabled=lambda state: state.has_library,
)
def show_deleted_things(context: CommandContext) -> None:
    """Lists what is in the trash beside papers; takes it out or deletes it for good."""
    # Late: a start need not pay for it.
    from refman.ui.dialogs.trash import TrashDialog

    dialog = TrashDialog(
        context.adapter,
        lambda count: _empty_trash(context, count),
        is_writable=context.adapter.is_writable,
        themes=context.sidebar.themes,
        icons=context.voice.icons,
        parent=context.window,
    )
    context.adapter.changed.connect(dialog.refresh)
    dialog.show()


@command(
    id="paper.empty_trash",
    text="Empty the trash",
    menu=Menu.PAPER,
    group=4,
    enabled=lambda state: state.is_writable and state.is_trash_shown and state.shown_count > 0,
)
def empty_trash(context: CommandContext) -> None:
    """Removes for good what is in the trash; undo still brings it back."""
    _empty_trash(context, context.feed.count)


def _change_selected(
    context: CommandContext, name: str, change: Callable[[Library, Sequence[PaperId], Progress], Outcome]
) -> None:
    """Does it with the selected papers; `{0}` in the name is their number."""
    ids = context.selected
    context.voice.change_many(
        name.format(f"{len(ids):,}"),
        lambda library, progress: change(library, ids, progress),
        len(ids),
        owner=context.table,
    )


def _empty_trash(context: CommandContext, count: int) -> None:
    context.voice.change_many(
        context.window.tr("Emptying the trash"),
        lambda library, progress: library.empty_trash(progress),
        count,
        owner=context.table,
    )
