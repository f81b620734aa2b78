"""Deleting papers and the trash."""

import argparse

from refman.cli.commands import Commands, add_json_option, add_keys
from refman.cli.output import say
from refman.cli.paper_lists import print_papers
from refman.cli.progress import shown_progress
from refman.cli.session import ids_of, library_of
from refman.cli.world import World
from refman.domain.listing import Listing
from refman.domain.query import InTrash

_TRASHED = Listing(InTrash())


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    delete = commands.add("delete", _delete, summary="put papers into the trash")
    add_keys(delete)
    trash = commands.group("trash", summary="list, restore or empty the trash")
    listed = trash.add("list", _list, summary="list the papers in the trash")
    add_json_option(listed)
    restore = trash.add("restore", _restore, summary="take papers out of the trash")
    add_keys(restore)
    trash.add("empty", _empty, summary="remove everything in the trash for good", details="undo brings it back.")


def _delete(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        ids = ids_of(library, arguments.keys)
        with shown_progress() as progress:
            outcome = library.trash(ids, progress)
    say(outcome.message)
    return 0


def _list(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        print_papers(library, library.ids(_TRASHED), is_json=arguments.json)
    return 0


def _restore(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        ids = ids_of(library, arguments.keys)
        with shown_progress() as progress:
            outcome = library.restore_from_trash(ids, progress)
    say(outcome.message)
    return 0


def _empty(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.empty_trash(progress)
    say(outcome.message)
    return 0
