"""A list of formats whose modules are loaded when they are first used."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TypeVar

Format = TypeVar("Format")


class Registry(Mapping[str, Format]):
    """Name to format, in the order of declaration; every look-up gives a new, stateless object.

    `places` maps the name to `module:Class`. Looking one up imports its module (bibtexparser takes 0.1 s).
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(places)

    def __getitem__(self, name: str) -> Format:
        module, _, class_name = self._places[name].partition(":")
        made: Format = getattr(import_module(module), class_name)()
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
