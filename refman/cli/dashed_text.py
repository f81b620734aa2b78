"""Texts that start with `-`: a last QUERY or TEXT (`refman search -rl`) and what an option takes (`--query -rl`).

Declared options stay options.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

_MARK = "\0"
"""Hides a dash from argparse; no argument of a process can hold it."""


class Parser(argparse.ArgumentParser):
    """A parser of a command; abbreviations of options are not taken, since they would change with every new one."""

    is_last_text = False
    """True for a command whose last argument is a QUERY or a TEXT."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "allow_abbrev": False})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in argparse; a last text is protected first."""
        if args is not None:
            takes_value = {name: action.nargs != 0 for name, action in self._option_string_actions.items()}
            args = protect(args, takes_value) if self.is_last_text else args
            args = join_values(args, takes_value)
        return super().parse_known_args(args, namespace)

    def _print_message(self, message: str, file: Any = None) -> None:
        """As in argparse, but help that cannot be written is an error and no silence."""
        if message:
            print(message, end="", file=file or sys.stderr)


def protect(arguments: Sequence[str], takes_value: Mapping[str, bool]) -> list[str]:
    """Marks the last positional if it starts with a dash; `takes_value` has every declared option.

    What follows `--` is text anyway, and a single `-` means standard input.
    """
    marked = list(arguments)
    last = _last_positional(arguments, takes_value)
    if last is not None and "--" not in arguments and arguments[last].startswith("-") and arguments[last] != "-":
        marked[last] = _MARK + arguments[last]
    return marked


def join_values(arguments: Sequence[str], takes_value: Mapping[str, bool]) -> list[str]:
    """Writes `--query -rl` as `--query=-rl`, which argparse takes for what it is."""
    joined: list[str] = []
    for place, argument in enumerate(arguments):
        if argument == "--":
            return [*joined, *arguments[place:]]
        option = joined[-1] if joined else ""
        if option.startswith("--") and takes_value.get(option) and _is_dashed_text(argument, takes_value):
            joined[-1] = f"{option}={argument}"
        else:
            joined.append(argument)
    return joined


def _is_dashed_text(argument: str, takes_value: Mapping[str, bool]) -> bool:
    return argument.startswith("-") and argument != "-" and argument.partition("=")[0] not in takes_value


def reveal(text: str) -> str:
    """The argument as it was typed; the `type` of such an argument."""
    return text.removeprefix(_MARK)


def _last_positional(arguments: Sequence[str], takes_value: Mapping[str, bool]) -> int | None:
    last = None
    position = 0
    while position < len(arguments):
        name, equals, _ = arguments[position].partition("=")
        if name in takes_value:
            position += 2 if takes_value[name] and not equals else 1
            continue
        last = position
        position += 1
    return last
