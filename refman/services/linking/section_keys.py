r"""Keys that a section of biblatex (`refsection`) cites although its own resources lack them.

The .bcf of the last build knows it of every section. The sources tell it of what stands between the beginning and the
end of a section in one file. Where anything is not certain nothing is said.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from refman.formats.tex_projects import bib_name
from refman.formats.tex_resources import RefSection, Scope
from refman.services.linking.cited import CitedAt, read_project_sources
from refman.services.linking.cited_sources import Source
from refman.services.linking.named_bibs import bibs_called, folder_of, sections_built

KeysOfBibs = Mapping[Path, Collection[str]]
"""All keys of each .bib of a project."""

_Named = tuple[Path, str]
"""The folder of the source (or .bcf) that names a resource, and the name as written."""


def keys_of_other_sections(place: Path, keys: KeysOfBibs) -> dict[str, tuple[CitedAt, ...]]:
    """The keys of a project that a section cites and cannot find, with the places where that is sure."""
    folder = folder_of(place)
    known = frozenset().union(*keys.values())
    found: dict[str, list[CitedAt]] = {}
    for cited in _Sections(folder, read_project_sources(place), keys).lacking():
        if cited.key in known:
            found.setdefault(cited.key, []).append(cited)
    for path, section in sections_built(place):
        held = _held(folder, keys, [(path.parent, name) for name in section.bibs]) if section.is_plain else None
        for key in section.keys:
            if held is not None and key in known and key not in held:
                found.setdefault(key, [])
    return {key: tuple(places) for key, places in found.items()}


def _held(folder: Path, keys: KeysOfBibs, named: Iterable[_Named]) -> frozenset[str] | None:
    """The keys of the files, None when not all are there and can be read."""
    found: list[frozenset[str]] = []
    for beside, name in named:
        paths = list(bibs_called(name, beside, folder))
        if not paths or not all(map(keys.get, paths)):
            return None
        found += [frozenset(keys[path]) for path in paths]
    return frozenset().union(*found) if found else None


@dataclass(frozen=True, slots=True)
class _Sections:
    """The sections that the sources of a project show."""

    folder: Path
    sources: Mapping[Path, Source]
    keys: KeysOfBibs

    def lacking(self) -> Iterator[CitedAt]:
        """The citations of keys that the resources of their section do not have."""
        shared = _held(self.folder, self.keys, self._default())
        for path, source in self.sources.items():
            for section in source.outline.sections:
                held = _held(self.folder, self.keys, self._own(path, section.names)) if section.names else shared
                yield from _not_in(held, path, source, section) if held is not None else ()

    def _default(self) -> Sequence[_Named]:
        """The resources of a section that names none."""
        return [(path.parent, name) for path, source in self.sources.items() for name in source.outline.bibs]

    def _own(self, path: Path, names: Iterable[str]) -> Iterator[_Named]:
        """The resources that a section names, some by their labels, and those of all sections."""
        labels: dict[str, _Named] = {}
        for source_path, source in self.sources.items():
            for resource in source.outline.resources:
                if resource.label:
                    labels[resource.label] = (source_path.parent, resource.name)
                if resource.scope is Scope.EVERYWHERE:
                    yield source_path.parent, resource.name
        for name in names:
            yield labels.get(name, (path.parent, bib_name(name)))


def _not_in(held: frozenset[str], path: Path, source: Source, section: RefSection) -> Iterator[CitedAt]:
    for one in source.citations:
        if section.start <= one.start < section.end and one.key not in held:
            yield CitedAt(one.key, path, one.line, one.start)
