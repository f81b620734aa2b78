"""The .bib files that a LaTeX project names: which are there, which are found nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from refman.formats.tex_builds import BuiltSection, built_sections
from refman.formats.tex_projects import Outline, bib_name
from refman.services.linking.bib_inputs import found_bib
from refman.services.linking.build_files import text_of_build
from refman.services.linking.cited import fresh_builds, read_project_sources
from refman.services.linking.cited_sources import Stamp, stamp_of_source

_PATTERN = frozenset("*?[{")
"""biber looks for all files of such a name."""
_OF_TEX = frozenset("\\#")
"""Only TeX knows what such a name is."""


@dataclass(frozen=True, slots=True)
class NamedBibs:
    """`found` in the order in which they are named; `lost` are names, as written, that no file has."""

    found: tuple[Path, ...]
    lost: tuple[str, ...]


def named_bibs(place: Path) -> list[Path]:
    """The .bib files that the sources, or the .bcf files of the last build, name and that are there, in their order."""
    return list(look_for_bibs(place).found)


def look_for_bibs(place: Path) -> NamedBibs:
    """The .bib files that a project names. Cost: a look at every source and at the .bcf files."""
    folder = folder_of(place)
    found: dict[Path, None] = {}
    lost: dict[str, None] = {}
    sources = read_project_sources(place)
    labels = {bib_name(one.label) for source in sources.values() for one in source.outline.resources if one.label}
    known = labels | {name for source in sources.values() for name in source.outline.written}
    named = [(path.parent, name) for path, source in sources.items() for name in _names(source.outline)]
    named += [(path.parent, name) for path, section in sections_built(place) for name in section.bibs]
    for beside, name in named:
        paths = list(bibs_called(name, beside, folder))
        found |= dict.fromkeys(paths)
        if not paths and name not in known and "://" not in name and not set(name) & (_PATTERN | _OF_TEX):
            lost[name] = None
    return NamedBibs(tuple(found), tuple(lost))


def _names(outline: Outline) -> Iterator[str]:
    """A section may name a file without its ending, or by a label."""
    yield from outline.bibs
    for section in outline.sections:
        yield from map(bib_name, section.names)


def bibs_called(name: str, beside: Path, folder: Path) -> Iterator[Path]:
    """The files of a name, found from the folder of the source and from that of the project; several for a pattern."""
    path = found_bib(name, (beside, folder)) if not set(name) & _OF_TEX else None
    if path:
        yield path.resolve()
    elif set(name) & _PATTERN and not name.startswith("/"):
        yield from sorted(one.resolve() for one in folder.glob(name) if one.is_file())


def sections_built(place: Path) -> list[tuple[Path, BuiltSection]]:
    """The sections that the .bcf files of the last build have, each with its file."""
    return [(path, one) for path in fresh_builds(place, ".bcf") for one in _sections(path, stamp_of_source(path))]


@lru_cache(maxsize=64)
def _sections(path: Path, _stamp: Stamp) -> tuple[BuiltSection, ...]:
    """Those of one .bcf as long as it is the same: the window asks every few seconds."""
    return tuple(built_sections(text_of_build(path)))


def folder_of(place: Path) -> Path:
    """The folder of a project that is named by its folder or a main file."""
    return place.parent if place.is_file() else place
