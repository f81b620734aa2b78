"""The text of a note: an argument, standard input, or what a person writes in their editor."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from refman.cli.output import is_terminal
from refman.cli.standard_input import read_standard_input
from refman.domain.errors import InvalidValue

_FALLBACK = "vi"


def typed_text(argument: str | None, *, present: str = "") -> str:
    """The argument; `-` or none means standard input, at a terminal the editor with the present text.

    Raises: InvalidValue when the editor cannot be started or fails, or the input is not UTF-8;
    UnreadableInput when standard input is closed.
    """
    if argument not in (None, "-"):
        return argument or ""
    if argument is None and is_terminal(sys.stdin):
        return _edited(present)
    return _standard_input()


def _standard_input() -> str:
    try:
        return read_standard_input().decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise InvalidValue("not-utf-8", "The text on standard input is not UTF-8, so nothing was changed.") from None


def _edited(present: str) -> str:
    """What a person leaves in the editor; empty when they wrote nothing."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK)
    with tempfile.TemporaryDirectory(prefix="refman-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(present, "utf-8")
        try:
            subprocess.run([*command, str(path)], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise InvalidValue(
                "editor-failed",
                f"The editor {command[0]} did not work ({error}), so nothing was changed; set EDITOR or give the text.",
                command[0],
            ) from None
        return path.read_text("utf-8").rstrip("\n")
