"""Start-up: logs, wiring, then the command line or the window; and the last net under every bug."""

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from refman.app.loading import loading, loading_window
from refman.app.logs import log_to
from refman.app.places import places

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Does what the arguments (by default those of the process) say; the exit status. Never raises."""
    with log_to(places().logs) as log_file:
        try:
            with loading():
                # Late: Ctrl+C during the imports is no traceback either.
                from refman.app.world import World
                from refman.cli.main import run

            return run(sys.argv[1:] if argv is None else argv, World())
        except KeyboardInterrupt:
            return 130
        # The last net: refusals were told by the command line, so whatever comes here is a bug of ours. Its trace goes
        # into the log (without values, which may be a person's), a sentence to standard error, and the status says it.
        except Exception as error:
            # Late: only a fault needs it.
            from refman.domain.plain_traces import plain_trace

            _log.critical("a fault of refman\n%s", plain_trace(error))
            sys.stderr.write(f"refman: a fault of refman stopped it; please report it with {log_file}.\n")
            return 1


def create_window(location: str | os.PathLike[str]) -> Any:
    """Builds the whole main window (a `QMainWindow`) on a library, inside a running `QApplication`.

    Opens no modal dialog; a library that is missing or cannot be opened shows a page about it. `close()` ends it.
    The type is not named here: naming it would load Qt for every command.
    """
    with loading_window():
        # Late: a command must not pay for Qt, and needs no display.
        from refman.app.window import create_window as build

    return build(os.fspath(location))
