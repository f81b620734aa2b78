"""The window, and making a library: gui, init."""

import argparse

from refman.cli.commands import Commands, open_window
from refman.cli.output import say, tell
from refman.cli.world import World
from refman.services.risky_places import risk_of


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    gui = commands.add("gui", open_window, summary="open the window (also without any command)")
    gui.add_argument(
        "--quit-after-start", action="store_true", help="leave as soon as the first papers are shown (for tests)"
    )
    commands.add("init", _init, summary="make an empty library", details="A file that exists already is an error.")


def _init(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    world.create_library(location)
    say(f"Made the library {location}")
    if risk := risk_of(location):
        tell(risk.message)
    return 0
