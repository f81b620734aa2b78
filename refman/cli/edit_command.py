"""Changing the fields of a paper."""

import argparse

from refman.cli.commands import Commands
from refman.cli.output import say
from refman.cli.session import ids_of, library_of
from refman.cli.world import World


def add_to(commands: Commands) -> None:
    """Declares the command."""
    edit = commands.add(
        "edit",
        _edit,
        summary="change fields of a paper, all or none",
        details="FIELD is a name of the JSON or of BibTeX, key= renames the citation key, type= changes the entry "
        "type (fields.key and fields.type are the BibTeX fields), authors= takes names as BibTeX writes them; "
        "FIELD= clears a field.",
    )
    edit.add_argument("key", metavar="KEY")
    edit.add_argument("changes", metavar="FIELD=VALUE", nargs="+", type=_change)


def _change(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f'"{text}" is not FIELD=VALUE')
    return name.strip(), value


def _changes(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Raises: InvalidValue for a field that is given twice; two names of one field are met by the library."""
    changes: dict[str, str] = {}
    for name, value in pairs:
        if name in changes:
            # Late: loads the reader of BibTeX names.
            from refman.services.edit_values import given_twice

            raise given_twice(name)
        changes[name] = value
    return changes


def _edit(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        (paper_id,) = ids_of(library, [arguments.key])
        say(library.edit(paper_id, _changes(arguments.changes)).message)
    return 0
