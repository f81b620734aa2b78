"""What a LaTeX project cites: the sources below its folder, Markdown with pandoc's citations among them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from refman.formats import pandoc_citations
from refman.formats.tex_citations import Citation, citations
from refman.formats.tex_macros import cite_macros
from refman.formats.tex_projects import aux_keys, bcf_keys

_ENDINGS = (".tex", ".ltx", ".Rnw", ".tikz", ".sty", ".cls")
_LARGEST = 20_000_000
_ROUNDS = 3
"""How deep macros that cite may call each other."""


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A place that cites a key; `start` is the offset of the key in the text of the file."""

    key: str
    path: Path
    line: int
    start: int


def cited_at(folder: Path) -> Iterator[CitedAt]:
    """Every citation of a project, by file and place. Files that cannot be read are passed over."""
    texts = dict(_texts(sources_of(folder)))
    macros = macros_of(texts.values())
    for path, text in texts.items():
        for one in citations_in(path, text, macros):
            yield CitedAt(one.key, path, one.line, one.start)


def citations_in(path: Path, text: str, macros: Mapping[str, int]) -> Iterator[Citation]:
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


def cited_keys(folder: Path) -> frozenset[str]:
    """The keys that the sources of a project cite."""
    return frozenset(one.key for one in cited_at(folder))


_KNOWN: dict[Path, tuple[tuple[tuple[str, int, int], ...], frozenset[str]]] = {}
"""Stamps of the sources of a folder, and the keys that they cited then."""


def keys_while_unchanged(folder: Path) -> frozenset[str]:
    """As `cited_keys`; the sources are read again only when one came, went or changed. Any thread."""
    if not folder.exists():
        return frozenset()
    stamps = tuple((str(path), *_stamp(path)) for path in sources_of(folder))
    known = _KNOWN.get(folder)
    if known is None or known[0] != stamps:
        known = _KNOWN[folder] = (stamps, cited_keys(folder))
    return known[1]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def built_keys(folder: Path) -> list[str]:
    """The keys that the files of the last build cite; a build before the last change of a source says nothing."""
    keys: dict[str, None] = {}
    changed = max((_stamp(path)[1] for path in sources_of(folder)), default=0)
    for ending, read in ((".aux", aux_keys), (".bcf", bcf_keys)):
        for path in sorted(folder.rglob(f"*{ending}")):
            if _stamp(path)[1] < changed:
                continue
            keys.update(dict.fromkeys(read(path.read_bytes().decode("utf-8", "replace"))))
    return list(keys)


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
            if is_source and path.is_file() and path.stat().st_size <= _LARGEST:
                found.append(path)
    return found


def _texts(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            yield path, path.read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            continue
