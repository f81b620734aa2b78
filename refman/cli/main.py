"""The command line: arguments in, exit status out. No Qt, no display."""

import argparse
from collections.abc import Sequence

from refman import __version__
from refman.cli import (
    edit_commands,
    export_command,
    import_command,
    journal_commands,
    library_commands,
    note_commands,
    profile_commands,
    search_commands,
    tag_commands,
    trash_commands,
)
from refman.cli.commands import Commands, add_library_option
from refman.cli.dashed_text import Parser
from refman.cli.output import flush, silence, speak_utf8, tell
from refman.cli.world import World
from refman.domain.errors import RefmanError

_GROUPS = (
    library_commands,
    import_command,
    export_command,
    search_commands,
    edit_commands,
    tag_commands,
    note_commands,
    trash_commands,
    profile_commands,
    journal_commands,
)
_NOT_DONE = 1
_STOPPED = 130


def run(argv: Sequence[str], world: World) -> int:
    """Does what the arguments say: 0 done, 1 not done (one sentence says why), 2 wrong usage, 130 Ctrl+C."""
    speak_utf8()
    try:
        arguments = make_parser().parse_args(argv)
        status: int = arguments.run(arguments, world)
        flush()
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
        where = f"{error.filename}: " if error.filename else "the output cannot be written: "
        tell(f"{where}{error.strerror or error}.")
        return _NOT_DONE
    except SystemExit as end:
        # argparse has said what is wrong with the arguments, or printed its help.
        return _after_output(end.code if isinstance(end.code, int) else _NOT_DONE)
    return status


def _after_output(status: int) -> int:
    """The status of a command that told something; output that cannot be sent changes nothing any more."""
    try:
        flush()
    except OSError:
        silence()
    return status


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(
        prog="refman",
        description="A reference manager for people who write LaTeX. Without a command the window opens.",
        epilog="refman COMMAND --help says more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"refman {__version__}")
    add_library_option(parser, default=None)
    parser.set_defaults(run=library_commands.open_window, quit_after_start=False)
    commands = Commands(parser, is_required=False)
    for group in _GROUPS:
        group.add_to(commands)
    return parser
