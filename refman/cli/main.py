"""The command line: arguments in, exit status out. No Qt, no display."""

import argparse
from collections.abc import Sequence
from importlib import import_module

from refman import __version__
from refman.cli.commands import CommandModule, Commands, add_library_option, open_window
from refman.cli.dashed_text import Parser
from refman.cli.output import flush, silence, speak_utf8, tell
from refman.cli.texts import read_texts
from refman.cli.world import World
from refman.domain.errors import LibraryBusy, RefmanError

_MODULES = {
    "library_commands": ("gui", "init"),
    "safety_commands": ("check", "backup", "restore", "rescue", "rebuild"),
    "import_command": ("import",),
    "export_command": ("export",),
    "export_profile_commands": ("export-profile",),
    "search_commands": ("search", "show"),
    "edit_command": ("edit",),
    "merge_command": ("merge",),
    "tag_commands": ("tag",),
    "note_commands": ("note",),
    "trash_commands": ("delete", "trash"),
    "profile_commands": ("profile",),
    "journal_commands": ("undo", "redo", "history"),
    "bib_commands": ("diff", "merge-driver"),
    "link_commands": ("link", "sync", "links", "unlink"),
    "project_commands": ("project",),
    "rename_command": ("rename-key",),
    "lint_command": ("lint",),
    "tidy_command": ("tidy",),
}
"""Where each command is declared; only the module of the command that is run is loaded."""
_NOT_DONE = 1
_STOPPED = 130


def run(argv: Sequence[str], world: World) -> int:
    """Does what the arguments say: 0 done, 1 not done (one sentence says why), 2 wrong usage, 130 Ctrl+C."""
    try:
        # May have to send what waits already.
        speak_utf8()
        arguments = make_parser(argv).parse_args(argv)
        read_texts(arguments)
        status: int = arguments.run(arguments, world)
        flush()
        _back_up(world)
    except RefmanError as error:
        tell(error.message)
        return _after_output(_NOT_DONE)
    except KeyboardInterrupt:
        tell("stopped; what was not finished was taken back.")
        return _after_output(_STOPPED)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough.
        silence()
        return 0
    except OSError as error:
        silence()
        return _not_written(error)
    except SystemExit as end:
        # argparse has said what is wrong with the arguments, or printed its help.
        return _after_output(end.code if isinstance(end.code, int) else _NOT_DONE)
    return status


def _back_up(world: World) -> None:
    """What a command changed is backed up when the last backup is old enough; the command is done in any case."""
    try:
        world.back_up_changes()
    except LibraryBusy:
        # Another program makes a backup at this moment.
        return
    except RefmanError as error:
        tell(f"no backup was made: {error.message}")


def _after_output(status: int) -> int:
    """The status of a command that told something; output that cannot be sent is told only once."""
    try:
        flush()
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        if not status:
            return _not_written(error)
    return status


def _not_written(error: OSError) -> int:
    where = f"{error.filename}: " if error.filename else "the output cannot be written: "
    tell(f"{where}{error.strerror or error}.")
    return _NOT_DONE


def make_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for these arguments: with the commands of one module, or of all where none is named."""
    parser = Parser(
        prog="refman",
        description="A reference manager for people who write LaTeX. Without a command the window opens.",
        epilog="refman COMMAND --help says more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"refman {__version__}")
    add_library_option(parser, default=None)
    parser.set_defaults(run=open_window, quit_after_start=False)
    commands = Commands(parser, is_required=False)
    wanted = _command_of(argv)
    named = [module for module, names in _MODULES.items() if wanted in names]
    for name in named or _MODULES:
        module: CommandModule = import_module(f"refman.cli.{name}")
        module.add_to(commands)
    return parser


def _command_of(argv: Sequence[str]) -> str:
    """The first word that is neither an option nor its value, "" when help is asked for before it."""
    words = iter(argv)
    for word in words:
        if word == "--library":
            next(words, None)
        elif word in ("-h", "--help"):
            return ""
        elif not word.startswith("-"):
            return word
    return ""
