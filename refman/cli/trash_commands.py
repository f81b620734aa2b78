"""Deleting papers and the trash, with the notes, tags and files in it."""

import argparse
from collections.abc import Callable, Sequence

from refman.cli.commands import Commands, add_json_option, add_keys, add_yes_option
from refman.cli.numbers import parse_number
from refman.cli.output import print_json, say
from refman.cli.paper_lists import print_papers
from refman.cli.progress import shown_progress
from refman.cli.session import agreed_library_of, ids_of, library_of
from refman.cli.world import World
from refman.domain.discards import Discard, DiscardId
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import Progress
from refman.domain.query import InTrash
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.services.paper_json import time_json

_TRASHED = Listing(InTrash())


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    delete = commands.add("delete", _delete, summary="put papers into the trash")
    add_keys(delete)
    add_yes_option(delete)
    trash = commands.group("trash", summary="list, restore or empty the trash")
    listed = trash.add(
        "list", _list, summary="list what is in the trash", details="Papers first; --json lists papers only."
    )
    add_json_option(listed)
    things = trash.add("things", _things, summary="list the notes, tags and files in the trash")
    add_json_option(things)
    restore = trash.add("restore", _restore, summary="take papers, notes, tags and files out of the trash")
    _add_what(restore)
    gone = trash.add(
        "delete", _delete_for_good, summary="remove some of the trash for good", details="undo brings it back."
    )
    _add_what(gone)
    add_yes_option(gone)
    empty = trash.add(
        "empty", _empty, summary="remove everything in the trash for good", details="undo brings it back."
    )
    add_yes_option(empty)


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keys", metavar="KEY", nargs="*", help="papers by their citation keys")
    parser.add_argument(
        "--thing",
        metavar="N",
        type=parse_number,
        action="append",
        default=[],
        dest="things",
        help="a note, tag or file by its number, as trash list shows it; may be repeated",
    )


def _delete(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library:
        ids = ids_of(library, arguments.keys)
        with shown_progress() as progress:
            outcome = library.trash(ids, progress)
    say(outcome.message)
    return 0


def _list(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        print_papers(library, library.ids(_TRASHED), is_json=arguments.json)
        if not arguments.json:
            _print_things(library.discards())
    return 0


def _things(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        found = library.discards()
    if arguments.json:
        print_json([_thing_json(one) for one in found])
    else:
        _print_things(found)
    return 0


def _thing_json(one: Discard) -> dict[str, object]:
    thing: dict[str, object] = {"id": one.id, "kind": one.kind.value, "what": one.what, "when": time_json(one.when)}
    return thing | ({"papers": one.papers} if one.paper_id is None else {"paper": one.paper})


def _print_things(found: list[Discard]) -> None:
    if not found:
        return
    # Late: a list of papers needs none of it.
    from refman.services.discarding import title_of

    for one in found:
        owner = f" of {one.paper}" if one.paper else ""
        when = one.when.astimezone().strftime("%Y-%m-%d %H:%M")
        say(f"{one.id:>6}  {when}  {one.kind.value}{owner}: {title_of(one)}")


def _restore(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        _each(library, arguments, papers=library.restore_from_trash, things=library.restore_discards)
    return 0


def _delete_for_good(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library:
        _each(library, arguments, papers=library.delete_for_good, things=library.forget_discards)
    return 0


def _each(
    library: Library,
    arguments: argparse.Namespace,
    *,
    papers: Callable[[Sequence[PaperId], Progress], Outcome],
    things: Callable[[Sequence[DiscardId]], Outcome],
) -> None:
    """Does what was asked of papers and of things; each is a step. Without either there is nothing to do."""
    ids = ids_of(library, arguments.keys)
    with shown_progress() as progress:
        # Things first: one that is not there is refused before anything was done.
        done = [things([DiscardId(one) for one in arguments.things])] if arguments.things else []
        done += [papers(ids, progress)] if arguments.keys else []
    for outcome in done:
        say(outcome.message)
    if not done:
        say("Nothing to change.")


def _empty(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.empty_trash(progress)
    say(outcome.message)
    return 0
