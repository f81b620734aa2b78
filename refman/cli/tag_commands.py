"""Tags: on papers, and their tree."""

import argparse

from refman.cli.commands import Commands, add_json_option, add_keys
from refman.cli.output import print_json, say
from refman.cli.session import ids_of, library_of
from refman.cli.world import World
from refman.domain.tags import show_tag


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    tag = commands.group("tag", summary="tag papers, list and tidy tags")
    for name, run, summary in (("add", _add, "put a tag on papers"), ("remove", _remove, "take a tag off papers")):
        parser = tag.add(name, run, summary=summary)
        parser.add_argument("tag", metavar="TAG", help="levels are separated by /, as in rl/planning")
        add_keys(parser)
    listed = tag.add("list", _list, summary="list all tags with their counts")
    add_json_option(listed)
    rename = tag.add("rename", _rename, summary="rename a tag with all below it")
    rename.add_argument("old", metavar="OLD")
    rename.add_argument("new", metavar="NEW", help="rl/planning also moves it below rl")
    merge = tag.add("merge", _merge, summary="make tags, with all below them, one")
    merge.add_argument("tags", metavar="FROM", nargs="+")
    merge.add_argument("into", metavar="INTO")
    delete = tag.add("delete", _delete, summary="delete a tag with all below it; the papers stay")
    delete.add_argument("tag", metavar="TAG")


def _add(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.tag(ids_of(library, arguments.keys), [arguments.tag]).message)
    return 0


def _remove(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.untag(ids_of(library, arguments.keys), [arguments.tag]).message)
    return 0


def _list(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        tags = library.tags()
    if arguments.json:
        print_json([{"name": tag.name, "colour": tag.colour, "count": tag.count} for tag in tags])
        return 0
    width = max((len(f"{tag.count:,}") for tag in tags), default=0)
    for tag in tags:
        say(f"{tag.count:>{width},}  {show_tag(tag.name)}")
    return 0


def _rename(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.rename_tag(arguments.old, arguments.new).message)
    return 0


def _merge(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.merge_tags(arguments.tags, arguments.into).message)
    return 0


def _delete(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.delete_tag(arguments.tag).message)
    return 0
