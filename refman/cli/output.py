"""Results on standard output, everything else on standard error, both UTF-8 in any locale."""

import io
import json
import os
import sys
from collections.abc import Iterable
from typing import TextIO


def speak_utf8() -> None:
    """Makes both streams UTF-8; bytes of a file name that are no UTF-8 are written as escapes, which JSON reads too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# Escape sequences in a title from somewhere would be commands to the terminal.
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}


_COLOURS = {"-": "\033[31m", "+": "\033[32m"}
_LONGEST_LINE = 5000
"""Longer than any path; arguments that are named in a sentence can be longer."""


def say(text: str) -> None:
    """Lines for people on standard output, without what a terminal would obey."""
    print(text.translate(_CONTROLS))


def say_changed(sign: str, text: str) -> None:
    """A line of a file with `-` or `+` (or a blank) before it: red and green where a person reads (no-color.org)."""
    colour = _COLOURS.get(sign) if is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") else None
    line = f"{sign} {text}".translate(_CONTROLS)
    print(f"{colour}{line}\033[0m" if colour else line)


def write(text: str) -> None:
    """A piece of a result as it is."""
    print(text, end="")


def tell(message: str) -> None:
    """One line on standard error, without what a terminal would obey; of a line that fills screens both ends."""
    line = " ".join(message.splitlines()).translate(_CONTROLS)
    if len(line) > _LONGEST_LINE:
        line = f"{line[: _LONGEST_LINE // 2]} ... {line[-_LONGEST_LINE // 2 :]}"
    print("refman:", line, file=sys.stderr)


def print_json(value: object) -> None:
    """One JSON value, readable."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_array(values: Iterable[object]) -> None:
    """One JSON array with an element a line, printed as the elements come."""
    separator = ""
    print("[", end="")
    for value in values:
        print(f"{separator}\n{json.dumps(value, ensure_ascii=False)}", end="")
        separator = ","
    print("\n]" if separator else "]")


def flush() -> None:
    """Sends what is waiting, so that a full disk or a closed pipe shows now and not when the interpreter ends."""
    if sys.stdout is not None:
        sys.stdout.flush()


def silence() -> None:
    """Lets the interpreter end in peace after its output could not be written: the rest goes nowhere."""
    if sys.stdout is None:
        return
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        # A stream in memory, which cannot fail either.
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """True when a person reads the stream."""
    return stream is not None and stream.isatty()
