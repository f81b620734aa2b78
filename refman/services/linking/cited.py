"""What a LaTeX project cites: the sources below its folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from refman.formats.tex_citations import citations

_ENDINGS = (".tex", ".ltx", ".Rnw", ".tikz", ".sty", ".cls")
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A place that cites a key; `start` is the offset of the key in the text of the file."""

    key: str
    path: Path
    line: int
    start: int


def cited_at(folder: Path) -> Iterator[CitedAt]:
    """Every citation of a project, by file and place. Files that cannot be read are passed over."""
    for path in sources_of(folder):
        try:
            text = path.read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            continue
        for one in citations(text):
            yield CitedAt(one.key, path, one.line, one.start)


def cited_keys(folder: Path) -> frozenset[str]:
    """The keys that a project cites."""
    return frozenset(one.key for one in cited_at(folder))


def sources_of(folder: Path) -> list[Path]:
    """The LaTeX sources of a project by path; hidden folders are none of it, links to folders are not followed."""
    if folder.is_file():
        folder = folder.parent
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if name.endswith(_ENDINGS) and path.is_file() and path.stat().st_size <= _LARGEST:
                found.append(path)
    return found
