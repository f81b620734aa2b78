"""Which backup is to be restored: one of those that refman keeps of the library, else a file."""

from collections.abc import Callable
from pathlib import Path

from refman.domain.backups import Backup
from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.files import ask_for_file, library_kinds


def ask_for_backup(context: CommandContext, location: str, chosen: Callable[[Path], None]) -> None:
    """Lists the backups of the library at `location`; where there are none, asks for a file at once."""
    window = context.window

    def ask_for_other() -> None:
        ask_for_file(window, window.tr("Restore a backup"), library_kinds(), chosen=chosen)

    def show(backups: list[Backup]) -> None:
        if not backups:
            ask_for_other()
            return
        # Late: a start need not pay for it.
        from refman.ui.dialogs.backups import BackupsDialog

        dialog = BackupsDialog(backups, themes=context.sidebar.themes, window=window)
        dialog.chosen.connect(chosen)
        dialog.other_asked.connect(ask_for_other)
        dialog.open()

    if context.backups is None:
        ask_for_other()
        return
    context.backups.list_of(location, show, failed=lambda _: ask_for_other(), owner=context.table)
