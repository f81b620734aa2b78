"""The .bib files to measure with: those of TeX Live, of the project's tests, and of folders somebody names."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import UnreadableInput
from refman.formats.decoding import decode

_ROOTS = ("/usr/share/texlive/texmf-dist", "/usr/share/texmf", "/usr/share/doc/texlive-doc")
_OWN = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class BibFile:
    """A file with its content; `name` is short enough for a table."""

    name: str
    content: bytes


def bib_files(folders: Iterable[Path]) -> list[BibFile]:
    """Each content once, in the order of folders and paths; what is no text is refused with a reason, not measured."""
    found: dict[bytes, BibFile] = {}
    for path in _paths([*map(Path, _ROOTS), _OWN, *folders]):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        name = path.name.removesuffix(".gz")
        if _is_text(content, name):
            found.setdefault(hashlib.sha256(content).digest(), BibFile(name, content))
    return list(found.values())


def _is_text(content: bytes, name: str) -> bool:
    try:
        decode(content, name)
    except UnreadableInput:
        return False
    return True


def _paths(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for pattern in ("*.bib", "*.bib.gz") for path in folder.rglob(pattern) if path.is_file())
