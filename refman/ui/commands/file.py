"""Commands of libraries: which one is open, what comes in, what goes out."""

from pathlib import Path

from refman.ui.actions import Menu, UiState, command
from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.files import ask_for_file, ask_for_files, ask_where_to_save, library_kinds
from refman.ui.icons import IconName
from refman.ui.messages import MessageAction, MessageKind

OPEN_RECENT = "Open recen&t"


def _has_library(state: UiState) -> bool:
    return state.has_library


def _can_write(state: UiState) -> bool:
    return state.is_writable


@command(id="file.new_library", text="&New library…", key="Ctrl+Shift+N", menu=Menu.FILE, icon=IconName.DATABASE)
def new_library(context: CommandContext) -> None:
    """Makes a library and opens it."""
    window = context.window
    ask_where_to_save(
        window,
        window.tr("New library"),
        library_kinds(),
        suffix="refman",
        verb=window.tr("Create"),
        chosen=lambda path: context.adapter.create(str(path)),
    )


@command(id="file.open_library", text="&Open library…", key="Ctrl+O", menu=Menu.FILE, icon=IconName.FOLDER_OPEN)
def open_library(context: CommandContext) -> None:
    """Opens another library in this window."""
    ask_for_file(
        context.window,
        context.window.tr("Open library"),
        library_kinds(),
        chosen=lambda path: context.adapter.open(str(path)),
    )


@command(id="file.forget_recent", text="Forget recent libraries", menu=Menu.FILE, submenu=OPEN_RECENT)
def forget_recent(context: CommandContext) -> None:
    """Empties the list of recent libraries."""
    context.kept.forget_libraries()


@command(
    id="file.import", text="&Import…", key="Ctrl+I", menu=Menu.FILE, group=1, icon=IconName.DOWNLOAD, enabled=_can_write
)
def import_files(context: CommandContext) -> None:
    """Imports files of any known format."""
    window = context.window
    kinds = window.tr("References (*.bib *.txt *.ris *.json *.html);;All files (*)")
    ask_for_files(window, window.tr("Import"), kinds, chosen=context.imports.take_files)


@command(
    id="file.export",
    text="&Export…",
    key="Ctrl+Shift+E",
    menu=Menu.FILE,
    group=1,
    icon=IconName.UPLOAD,
    enabled=lambda state: state.has_library and state.shown_count > 0,
)
def export(context: CommandContext) -> None:
    """Writes the selection, the list or the whole library to a file."""
    context.dialogs.open_export(context.table.selected_ids, context.feed.listing, listed=context.feed.count)


@command(id="file.backup", text="&Back up…", menu=Menu.FILE, group=2, icon=IconName.SAVE, enabled=_has_library)
def back_up(context: CommandContext) -> None:
    """A verified copy of the library."""
    window = context.window

    def write(path: Path) -> None:
        context.voice.run(
            window.tr("Backing up"),
            lambda library, _: library.backup(path),
            lambda _: context.voice.say(window.tr("The library was copied to {0}.").format(path), MessageKind.SUCCESS),
            is_careful=True,
        )

    ask_where_to_save(
        window, window.tr("Back up"), library_kinds(), suffix="refman", verb=window.tr("Back up"), chosen=write
    )


@command(id="file.restore", text="&Restore a backup…", menu=Menu.FILE, group=2, icon=IconName.ARCHIVE_RESTORE)
def restore(context: CommandContext) -> None:
    """Puts a backup in the place of the library; what was there stays beside it."""
    window = context.window
    location = context.adapter.location or context.wanted_location

    def told(kept: str) -> None:
        text = window.tr("The backup is open now.")
        before = window.tr("What was here before is kept as {0}.").format(kept) if kept else ""
        take_back = MessageAction(window.tr("Take the restore back…"), lambda: ask_first(Path(kept)))
        context.voice.say(f"{text} {before}".strip(), MessageKind.SUCCESS, *([take_back] if kept else []))

    def put_back(path: Path) -> None:
        context.adapter.restore(path, location, told)

    def ask_first(path: Path) -> None:
        if not context.adapter.is_open:
            put_back(path)
            return
        # Late: a start need not pay for it.
        from refman.ui.restore_question import ask_with_figures

        ask_with_figures(context, path, location, put_back=lambda: put_back(path))

    # Late: a start need not pay for it.
    from refman.ui.restore_choice import ask_for_backup

    ask_for_backup(context, location, ask_first)


@command(id="file.check", text="&Check the library", menu=Menu.FILE, group=2, enabled=_has_library)
def check(context: CommandContext) -> None:
    """Is the file sound."""
    window = context.window

    def tell(problems: list[str]) -> None:
        if problems:
            context.voice.say(" ".join(problems), MessageKind.ERROR)
        else:
            context.voice.say(window.tr("The library is sound."), MessageKind.SUCCESS)

    context.voice.run(window.tr("Checking the library"), lambda library, _: library.check(), tell)


@command(id="file.safety", text="Sa&fety…", menu=Menu.FILE, group=2, enabled=_has_library)
def show_safety(context: CommandContext) -> None:
    """When the library was backed up and checked, and where the copies are."""
    if context.backups is not None:
        context.dialogs.open_safety(context.backups, restore=lambda: restore(context))


@command(id="file.quit", text="&Quit", key="Ctrl+Q", menu=Menu.FILE, group=3, icon=IconName.LOG_OUT)
def leave(context: CommandContext) -> None:
    """Closes the window."""
    context.window.close()
