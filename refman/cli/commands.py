"""Declaring commands: a name, what it does, the function that does it."""

import argparse
from collections.abc import Callable
from typing import Any, Protocol

from refman.cli.dashed_text import Parser
from refman.cli.texts import not_empty
from refman.cli.world import World

Run = Callable[[argparse.Namespace, World], int]
"""Does a command and gives its exit status. Raises: RefmanError, which becomes one sentence and status 1."""


class Commands:
    """The commands of a level; each takes `--library` too, so it may stand before or after the command."""

    def __init__(self, parser: Parser, *, is_required: bool = True) -> None:
        self._parsers = parser.add_subparsers(
            title="commands", metavar="COMMAND", required=is_required, parser_class=Parser
        )

    def add(self, name: str, run: Run, *, summary: str, details: str = "") -> Parser:
        """A command; `summary` is its line in the list, `details` are added in its own help."""
        parser = self._add(name, summary, details)
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, *, summary: str) -> "Commands":
        """A command with commands of its own (`tag add`)."""
        return Commands(self._add(name, summary, ""))

    def _add(self, name: str, summary: str, details: str) -> Parser:
        description = f"{summary[:1].upper()}{summary[1:]}. {details}".strip()
        parser = self._parsers.add_parser(name, help=summary, description=description)
        add_library_option(parser, default=argparse.SUPPRESS)
        return parser


class CommandModule(Protocol):
    """A module that declares commands."""

    def add_to(self, commands: Commands) -> None:
        """Declares them."""


def open_window(arguments: argparse.Namespace, world: World) -> int:
    """`gui`, and what refman does without a command: runs the window until it is closed."""
    return world.open_window(arguments.library, quit_after_start=arguments.quit_after_start)


def add_library_option(parser: argparse.ArgumentParser, *, default: Any) -> None:
    """`--library LOCATION`."""
    parser.add_argument(
        "--library",
        metavar="LOCATION",
        type=not_empty,
        default=default,
        help="the library file (else REFMAN_LIBRARY, else your own)",
    )


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_keys(parser: argparse.ArgumentParser) -> None:
    """`KEY...`."""
    parser.add_argument("keys", metavar="KEY", nargs="+", help="citation keys; id=N for a paper that has none yet")


def add_yes_option(parser: argparse.ArgumentParser) -> None:
    """`--yes`."""
    parser.add_argument(
        "--yes", action="store_true", help="also when over 100 papers, or over a fifth of the library, are removed"
    )
