"""Missing keys that other .bib files have: what they are, and under which key the project has them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import UnreadableInput
from refman.domain.folding import match_key
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibtex.parts import EntryPart, draft_of
from refman.services.linking.bib_inputs import bib_input_folders

_LARGEST = 50_000_000
_MOST = 500
"""Files that are looked into."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An entry of a .bib that is none of the project's, with its title and the line (1-based) on which it stands."""

    path: Path
    line: int
    title: str


def found_elsewhere(folder: Path, bibs: Sequence[Path], keys: Iterable[str]) -> dict[str, Elsewhere]:
    """Keys that .bib files of the folder, of its parent or of BIBINPUTS have; the first file that has one counts.

    Cost: reads the bytes of those files, and parses the ones in which a key stands.
    """
    wanted = set(keys)
    found: dict[str, Elsewhere] = {}
    for path in _others(folder, bibs) if wanted else ():
        left = wanted - found.keys()
        for entry, document in _entries_with(path, left):
            title = draft_of(entry, document.macros).plain("title")
            found.setdefault(entry.key, Elsewhere(path, entry.line, title))
    return found


def keys_of_titles(titles: Iterable[str], entries: Mapping[str, tuple[Document, EntryPart]]) -> dict[str, list[str]]:
    """Each title to the keys of the entries that have it, but for case, accents and signs. Cost: reads every title."""
    wanted = {match_key(title): title for title in titles if match_key(title)}
    found: dict[str, list[str]] = {}
    for key, (document, entry) in entries.items() if wanted else ():
        if entry.key == key and entry.field("title"):
            title = wanted.get(match_key(draft_of(entry, document.macros).plain("title")))
            if title is not None:
                found.setdefault(title, []).append(key)
    return found


def _others(folder: Path, bibs: Sequence[Path]) -> Iterator[Path]:
    own = {path.resolve() for path in bibs}
    seen = set[Path]()
    below = (path for path in folder.rglob("*.bib") if not any(one.startswith(".") for one in path.parts[1:]))
    beside = folder.parent.glob("*.bib")
    inputs = (path for place in bib_input_folders(folder) for path in place.glob("*.bib"))
    for paths in (below, beside, inputs):
        for path in sorted(paths):
            real = path.resolve()
            if real not in own and real not in seen and len(seen) < _MOST:
                seen.add(real)
                yield path


def _entries_with(path: Path, keys: set[str]) -> list[tuple[EntryPart, Document]]:
    try:
        if not keys or not path.is_file() or os.path.getsize(path) > _LARGEST:
            return []
        data = path.read_bytes()
        if not any(key.encode() in data for key in keys):
            return []
        document = read_document(data, path.name)
    except (OSError, UnreadableInput):
        return []
    return [(entry, document) for entry in document.entries if entry.key in keys]
