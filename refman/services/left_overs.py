"""Temporary files that a killed program left: their names hold its number, so that those of a living one stay."""

import os
from pathlib import Path

from refman.services.disk import remove_if_there


def temporary_prefix(start: str) -> str:
    """How the name of a temporary file of this process begins, for `tempfile.mkstemp`."""
    return f"{start}{os.getpid()}-"


def remove_left_overs(folder: Path, start: str) -> None:
    """Removes files whose name begins with `start` and the number of a process that is gone; never raises."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        number, dash, _ = name.removeprefix(start).partition("-")
        if name.startswith(start) and dash and number.isascii() and number.isdecimal() and not _is_running(int(number)):
            try:
                remove_if_there(str(folder / name))
            except OSError:
                # A folder that cannot be written: it does no harm.
                return


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
