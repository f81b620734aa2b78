"""What the sources of projects cite, read once: again when one changed, all when a macro did."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import isfile
from pathlib import Path
from time import time_ns

from refman.formats import pandoc_citations
from refman.formats.cite_arguments import NO_MACROS, KeyArguments, Macros
from refman.formats.tex_citations import Citation, citations
from refman.formats.tex_macros import cite_macros, may_define
from refman.formats.tex_projects import Outline, outline_of

LARGEST = 20_000_000
"""Bytes of a source; larger files are none that anybody wrote."""

_ROUNDS = 8
"""How deep macros that cite may call each other."""

_MADE = ".bbl"
"""What BibTeX makes cites nothing."""

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
    outline: Outline


@dataclass(frozen=True, slots=True)
class _Tree:
    """The sources of a folder, and the macros with which they were read."""

    sources: Mapping[Path, Source]
    macros: Macros


_KNOWN: dict[Path, _Tree] = {}


def read_sources(folder: Path, paths: Iterable[Path]) -> Mapping[Path, Source]:
    """The sources of a folder in the order of `paths`, then those outside of it that they read in (`\\input{../x}`);
    those that cannot be read are passed over. Any thread.

    Cost: a look at each file, and reading those that came or changed since the last time.
    """
    folder = folder.parent if folder.is_file() else folder
    before = _KNOWN.get(folder, _Tree({}, NO_MACROS))
    _KNOWN[folder] = tree = _grown(folder, list(paths), before)
    return tree.sources


def read_document(main: Path, more: Callable[[Mapping[Path, Source]], Iterable[Path]]) -> Mapping[Path, Source]:
    """The sources of one document: its main file (resolved) and all that is read in from there, then those that `more`
    knows besides, of these. Any thread.

    Cost: as `read_sources`.
    """
    before = _KNOWN.get(main, _Tree({}, NO_MACROS))
    tree = _grown(main.parent, [main], before, follows_all=True)
    wanted = list(dict.fromkeys((*tree.sources, *more(tree.sources))))
    tree = _grown(main.parent, wanted, _Tree({**before.sources, **tree.sources}, tree.macros), follows_all=True)
    _KNOWN[main] = tree
    return tree.sources


def known_outside(folder: Path) -> list[Path]:
    """The sources outside of a folder that it read in when it was last looked at."""
    folder = folder.parent if folder.is_file() else folder
    known = _KNOWN.get(folder, _Tree({}, NO_MACROS)).sources
    return [path for path in known if not path.is_relative_to(folder)]


def _read(paths: Iterable[Path], before: _Tree) -> _Tree:
    stamps = {path: stamp_of_source(path) for path in paths}
    kept = {path: one for path, one in before.sources.items() if stamps.get(path) == one.stamp}
    texts = {path: text for path in stamps if path not in kept and (text := _text(path)) is not None}
    defining = [one.definitions for one in kept.values()] + list(texts.values())
    macros = macros_of(filter(may_define, defining))
    if macros != before.macros:
        texts |= {path: text for path in kept if (text := _text(path)) is not None}
    read = {path: _source(path, text, stamps[path], macros) for path, text in texts.items()}
    return _Tree({path: one for path in stamps if (one := read.get(path) or kept.get(path))}, macros)


def _grown(folder: Path, wanted: list[Path], before: _Tree, *, follows_all: bool = False) -> _Tree:
    """The sources with those that they read in: from outside of the folder, or all."""
    tree = _read(wanted, before)
    while new := _read_in(folder, tree.sources, wanted, follows_all=follows_all):
        wanted += new
        tree = _read(wanted, _Tree({**before.sources, **tree.sources}, tree.macros))
    return tree


def _read_in(folder: Path, sources: Mapping[Path, Source], known: Sequence[Path], *, follows_all: bool) -> list[Path]:
    """The files that sources read in and nobody knows yet, those outside of the folder or all. LaTeX looks from the
    folder on."""
    found: dict[Path, None] = {}
    here, old = folder.resolve(), set(known)
    for source, one in sources.items():
        for name in (*one.outline.inputs, *one.outline.packages):
            if not follows_all and ".." not in name and not name.startswith("/"):
                continue
            tries = [place / f"{name}{ending}" for place in (folder, source.parent) for ending in (".tex", "")]
            path = next((one.resolve() for one in tries if isfile(one)), None)
            is_new = path is not None and path not in old and (follows_all or not path.is_relative_to(here))
            if path is not None and is_new and path.suffix != _MADE and path.stat().st_size <= LARGEST:
                found[path] = None
    return list(found)


def citations_in(path: Path, text: str, macros: Macros) -> Iterable[Citation]:
    """The citations of one source, by its kind."""
    if path.name.endswith(pandoc_citations.ENDINGS):
        return pandoc_citations.pandoc_citations(text, macros, file_name=path.name)
    return citations(text, macros)


def macros_of(texts: Iterable[str]) -> dict[str, KeyArguments]:
    """The commands that the sources define for citing, those that call one another too."""
    found: dict[str, KeyArguments] = {}
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


def _source(path: Path, text: str, stamp: Stamp, macros: Macros) -> Source:
    is_tex = not path.name.endswith(pandoc_citations.ENDINGS)
    outline = outline_of(text) if is_tex else Outline()
    known = stamp if time_ns() - stamp[1] > _SETTLED_NS else None
    return Source(known, text if may_define(text) else "", tuple(citations_in(path, text, macros)), outline)


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return None
