"""Opening the library that a command is about, and finding its papers."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from refman.cli.world import World
from refman.domain.errors import NotFound
from refman.domain.paper import PaperId
from refman.services.library import Library


@contextmanager
def library_of(arguments: argparse.Namespace, world: World) -> Iterator[Library]:
    """The open library; closed afterwards. Raises: as `World.open_library`."""
    library = world.open_library(world.location(arguments.library))
    try:
        yield library
    finally:
        library.close()


def ids_of(library: Library, keys: Sequence[str]) -> list[PaperId]:
    """`ids[i]` belongs to `keys[i]`. Raises: NotFound, naming every key that no paper has."""
    ids = library.ids_of_keys(keys)
    unknown = [key for key in dict.fromkeys(keys) if key not in ids]
    if unknown:
        listed = ", ".join(unknown)
        noun = "paper with the key" if len(unknown) == 1 else "papers with the keys"
        raise NotFound(
            "no-key",
            f"There is no {noun} {listed} in {library.location}; nothing was done; check the key.",
            listed,
            library.location,
        )
    return [ids[key] for key in keys]
