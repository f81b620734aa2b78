"""Commands of help: everything that can be done, its keys, what refman is."""

from refman.ui.actions import Menu, command
from refman.ui.commands.context import CommandContext
from refman.ui.icons import IconName


@command(id="help.palette", text="&Commands…", key="Ctrl+Shift+P", menu=Menu.HELP, icon=IconName.COMMAND)
def open_palette(context: CommandContext) -> None:
    """Every command by a few letters of its name."""
    if context.actions is not None:
        context.dialogs.open_palette(context.actions)


@command(id="help.shortcuts", text="&Keyboard shortcuts", key="F1", menu=Menu.HELP, icon=IconName.KEYBOARD)
def open_shortcuts(context: CommandContext) -> None:
    """Every key."""
    if context.actions is not None:
        context.dialogs.open_shortcuts(context.actions)


@command(id="help.sample", text="Open the &sample library", menu=Menu.HELP, group=1, icon=IconName.LIBRARY)
def open_sample(context: CommandContext) -> None:
    """A small library to try things on, beside the person's own."""
    context.adapter.open(context.sample_location, or_create=True)


@command(id="help.about", text="&About refman", menu=Menu.HELP, group=2, icon=IconName.INFO)
def open_about(context: CommandContext) -> None:
    """What this is, its version and its licence."""
    context.dialogs.open_about()
