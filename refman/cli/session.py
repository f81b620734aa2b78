"""Opening the library that a command is about, and finding its papers."""

import argparse
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from refman.cli.output import tell
from refman.cli.world import World
from refman.domain.errors import NotFound
from refman.domain.paper import PaperId
from refman.services.library import Library


def name_of(key: str, paper_id: PaperId) -> str:
    """How a paper is named on the command line: its key, before it has one its number."""
    return key or f"id={paper_id}"


def opened(world: World, location: str) -> Library:
    """Opens a library, and says what a crash had cut off in it. Raises: as `World.open_library`."""
    library = world.open_library(location)
    sqlite = library.store.sqlite
    if sqlite.problem is not None and sqlite.is_urgent:
        tell(sqlite.problem.message)
    for name in library.taken_back:
        tell(f"{name}: was cut off before its end, so nothing of it is left; do it again if you still want it.")
    return library


@contextmanager
def library_of(arguments: argparse.Namespace, world: World) -> Iterator[Library]:
    """The open library; closed afterwards. Raises: as `World.open_library`."""
    library = opened(world, world.location(arguments.library))
    try:
        yield library
    finally:
        library.close()


@contextmanager
def agreed_library_of(arguments: argparse.Namespace, world: World) -> Iterator[Library]:
    """The same for a command with `--yes`, which agrees to the removal of many papers."""
    with library_of(arguments, world) as library, library.agreed() if arguments.yes else nullcontext():
        yield library


_BY_NUMBER = re.compile(r"id=([0-9]{1,18})")


def ids_of(library: Library, keys: Sequence[str]) -> list[PaperId]:
    """`ids[i]` belongs to `keys[i]`, a key or (for papers that have none yet) `id=12`; no key can hold a `=`.

    Raises: NotFound, naming every key that no paper has.
    """
    ids = library.ids_of_keys(keys)
    numbers = {key: PaperId(int(match.group(1))) for key in keys if (match := _BY_NUMBER.fullmatch(key))}
    there = {row.id for row in library.rows(list(numbers.values()))} if numbers else set()
    ids |= {key: paper_id for key, paper_id in numbers.items() if paper_id in there}
    unknown = [key for key in dict.fromkeys(keys) if key not in ids]
    if unknown:
        listed = ", ".join(key or '""' for key in unknown)
        noun = "paper with the key" if len(unknown) == 1 else "papers with the keys"
        hint = "".join(f" {key} is {now} now." for key in unknown if (now := _key_now(library, key)))
        raise NotFound(
            "no-key",
            f"There is no {noun} {listed} in {library.location}; nothing was done; check the key.{hint}",
            listed,
            library.location,
        )
    return [ids[key] for key in keys]


def _key_now(library: Library, key: str) -> str:
    """The key of the paper that had this one before it was renamed or merged, "" when there is none."""
    with library.store.read() as reader:
        owner = reader.owner_of_exported(key)
        rows = reader.rows([owner]) if owner is not None else []
        return next((reader.keys_of([row.id])[row.id] for row in rows if not row.is_trashed), "")
