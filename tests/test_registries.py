"""Each new thing has one place; whatever stands in a room must be on its list."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from refman import formats, providers
from tests.source import ROOT

# What tells an importer and an exporter from any other class: the methods of formats/base.py.
_IMPORTER = ("name", "label", "confidence", "read")
_EXPORTER = ("name", "label", "extension", "write", "count")


def test_every_importer_is_registered() -> None:
    assert _classes(formats, _IMPORTER) == _types(_registry(formats, "IMPORTERS"))


def test_every_exporter_is_registered() -> None:
    assert _classes(formats, _EXPORTER) == _types(_registry(formats, "EXPORTERS"))


def test_every_format_has_samples() -> None:
    things = [*_registry(formats, "IMPORTERS"), *_registry(formats, "EXPORTERS")]
    names = {thing.name for thing in things}
    assert {name for name in names if not list((ROOT / "tests/data" / name).glob("*.*"))} == set()


def test_every_provider_is_registered() -> None:
    modules = {module.__name__ for module in _modules(providers)} - {"refman.providers.base"}
    assert modules == {kind.__module__ for kind in _types(_registry(providers, "PROVIDERS"))}


def _registry(room: ModuleType, name: str) -> list[Any]:
    """What is registered; a room without modules needs no list yet."""
    registry: object = getattr(room, name, ())
    if isinstance(registry, Mapping):
        return list(registry.values())
    assert isinstance(registry, Iterable)
    return list(registry)


def _types(things: list[Any]) -> set[type]:
    return {type(thing) for thing in things}


def _modules(room: ModuleType) -> list[ModuleType]:
    """Every module below a room, imported."""
    found = pkgutil.walk_packages(room.__path__, room.__name__ + ".")
    return [importlib.import_module(info.name) for info in found]


def _classes(room: ModuleType, attributes: tuple[str, ...]) -> set[type]:
    """The classes made in a room, except Protocols, that have all the attributes."""
    return {
        kind
        for module in _modules(room)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
        if not getattr(kind, "_is_protocol", False)
        if all(hasattr(kind, name) or name in kind.__annotations__ for name in attributes)
    }
