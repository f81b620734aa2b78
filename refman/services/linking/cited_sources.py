"""What the sources of projects cite, read once: again when one changed, all when a macro did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

from refman.formats import pandoc_citations
from refman.formats.tex_citations import Citation, citations
from refman.formats.tex_macros import cite_macros, may_define
from refman.formats.tex_projects import bibliographies

_ROUNDS = 3
"""How deep macros that cite may call each other."""

_SETTLED_NS = 100_000_000
"""The clock of a file system ticks slowly: a file so young may change again and keep its time."""

Stamp = tuple[int, int, int]
"""Size, time and inode of a file; (0, 0, 0) for one that is not there."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it was when it had this stamp, None for one that was too young to be known by it.

    `definitions` is its text where it may define macros, else "".
    """

    stamp: Stamp | None
    definitions: str
    citations: tuple[Citation, ...]
    bibs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tree:
    """The sources of a folder, and the macros with which they were read."""

    sources: Mapping[Path, Source]
    macros: Mapping[str, int]


_KNOWN: dict[Path, _Tree] = {}


def read_sources(folder: Path, paths: Iterable[Path]) -> Mapping[Path, Source]:
    """The sources of a folder in the order of `paths`; those that cannot be read are passed over. Any thread.

    Cost: a look at each file, and reading those that came or changed since the last time.
    """
    before = _KNOWN.get(folder, _Tree({}, {}))
    stamps = {path: stamp_of_source(path) for path in paths}
    kept = {path: one for path, one in before.sources.items() if stamps.get(path) == one.stamp}
    texts = {path: text for path in stamps if path not in kept and (text := _text(path)) is not None}
    defining = [one.definitions for one in kept.values()] + list(texts.values())
    macros = macros_of(filter(may_define, defining))
    if macros != before.macros:
        texts |= {path: text for path in kept if (text := _text(path)) is not None}
    read = {path: _source(path, text, stamps[path], macros) for path, text in texts.items()}
    sources = {path: one for path in stamps if (one := read.get(path) or kept.get(path))}
    _KNOWN[folder] = _Tree(sources, macros)
    return sources


def citations_in(path: Path, text: str, macros: Mapping[str, int]) -> Iterable[Citation]:
    """The citations of one source, by its kind."""
    if path.name.endswith(pandoc_citations.ENDINGS):
        return pandoc_citations.pandoc_citations(text)
    return citations(text, macros)


def macros_of(texts: Iterable[str]) -> dict[str, int]:
    """The commands that the sources define for citing, those that call one another too."""
    found: dict[str, int] = {}
    sources = [text for text in texts if "\\" in text]
    for _ in range(_ROUNDS):
        new = {name: number for text in sources for name, number in cite_macros(text, found).items()}
        if new == found:
            break
        found = new
    return found


def stamp_of_source(path: Path) -> Stamp:
    """What tells quickly whether a file may have changed."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ino


def _source(path: Path, text: str, stamp: Stamp, macros: Mapping[str, int]) -> Source:
    is_tex = not path.name.endswith(pandoc_citations.ENDINGS)
    bibs = tuple(bibliographies(text)) if is_tex else ()
    known = stamp if time_ns() - stamp[1] > _SETTLED_NS else None
    return Source(known, text if may_define(text) else "", tuple(citations_in(path, text, macros)), bibs)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return None
