"""What a LaTeX project cites: the sources below its folder, Markdown with pandoc's citations among them."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path

from refman.formats import pandoc_citations
from refman.formats.tex_projects import aux_keys, bcf_keys
from refman.services.linking.cited_sources import LARGEST, known_outside, read_sources, stamp_of_source

_ENDINGS = (".tex", ".ltx", ".Rnw", ".tikz", ".sty", ".cls")


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A place that cites a key; `start` is the offset of the key in the text of the file."""

    key: str
    path: Path
    line: int
    start: int


def cited_at(folder: Path) -> Iterator[CitedAt]:
    """Every citation of a project, by file and place. Files that cannot be read are passed over.

    Cost: a look at every source; only those that changed since the last time are read.
    """
    for path, source in read_sources(folder, sources_of(folder)).items():
        for one in source.citations:
            yield CitedAt(one.key, path, one.line, one.start)


def cited_keys(folder: Path) -> frozenset[str]:
    """The keys that the sources of a project cite, none for a folder that is gone. Cost: as `cited_at`. Any thread."""
    return frozenset(citation_counts(folder))


def citation_counts(folder: Path) -> Counter[str]:
    """Each cited key with the number of its places. Cost: as `cited_at`."""
    sources = read_sources(folder, sources_of(folder)).values()
    return Counter(one.key for source in sources for one in source.citations)


def bibliographies_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """The .bib files that sources name, each with the source; as they are written. Cost: as `cited_at`."""
    for path, source in read_sources(folder, sources_of(folder)).items():
        for name in source.bibs:
            yield path, name


def stamp_of_sources(folder: Path) -> str:
    """Differs after any source came, went or changed. Cost: a look at every source."""
    digest = blake2s(digest_size=8)
    for path in (*sources_of(folder), *known_outside(folder)):
        digest.update(f"{path}\0{stamp_of_source(path)}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def built_keys(folder: Path) -> list[str]:
    """The keys that the files of the last build cite; a build before the last change of a source says nothing."""
    keys: dict[str, None] = {}
    changed = max((stamp_of_source(path)[1] for path in sources_of(folder)), default=0)
    for ending, read in ((".aux", aux_keys), (".bcf", bcf_keys)):
        for path in sorted(folder.rglob(f"*{ending}")):
            if stamp_of_source(path)[1] < changed:
                continue
            keys.update(dict.fromkeys(read(path.read_bytes().decode("utf-8", "replace"))))
    return list(keys)


def followed_sources(folder: Path) -> list[Path]:
    """The sources of a project with those outside of its folder that they read in. Cost: as `cited_at`."""
    return list(read_sources(folder, sources_of(folder)))


def sources_of(folder: Path) -> list[Path]:
    """The sources of a project by path; hidden folders are none of it, links to folders are not followed."""
    if folder.is_file():
        folder = folder.parent
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            is_source = name.endswith((*_ENDINGS, *pandoc_citations.ENDINGS))
            if is_source and path.is_file() and path.stat().st_size <= LARGEST:
                found.append(path)
    return found
