"""The window, and the library as a whole: gui, init, check, backup, restore."""

import argparse
import os
from pathlib import Path

from refman.cli.commands import Commands, add_json_option, open_window
from refman.cli.output import print_json, say, tell
from refman.cli.session import library_of
from refman.cli.world import World
from refman.domain.errors import LibraryDamaged


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    gui = commands.add("gui", open_window, summary="open the window (also without any command)")
    gui.add_argument(
        "--quit-after-start", action="store_true", help="leave as soon as the first papers are shown (for tests)"
    )
    commands.add("init", _init, summary="make an empty library", details="A file that exists already is an error.")
    check = commands.add("check", _check, summary="check file, rows and index of the library")
    add_json_option(check)
    backup = commands.add("backup", _backup, summary="write a verified copy of the library")
    backup.add_argument("file", metavar="FILE", type=Path, help="where the copy goes")
    restore = commands.add(
        "restore",
        _restore,
        summary="put a backup in place of the library",
        details="The present state is kept beside it first.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="a copy that `refman backup` wrote")


def _init(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    world.create_library(location)
    say(f"Made the library {location}")
    return 0


def _check(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    try:
        with library_of(arguments, world) as library:
            problems = library.check()
    except LibraryDamaged as error:
        problems = [error.message]
    if arguments.json:
        print_json({"ok": not problems, "problems": problems})
    elif problems:
        say("\n".join(problems))
    else:
        say(f"{location} is sound")
    if problems:
        tell(f"{location} is not sound; restore a backup with refman restore FILE.")
    return 1 if problems else 0


def _backup(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        library.backup(arguments.file)
    say(f"Wrote {arguments.file}")
    return 0


def _restore(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    if not os.path.exists(location):
        # Says why: a backup is put in place of a library, it makes none.
        world.open_library(location).close()
    kept = world.restore_library(arguments.file, location)
    say(f"Restored {location}; what it was before is kept as {kept}")
    return 0
