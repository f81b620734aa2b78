"""A real .bib linked and synchronised: untouched where nothing changed, one change inside one field where one did."""

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from refman.app.wiring import Wiring
from refman.domain.errors import InvalidValue, UnreadableInput
from refman.domain.fields import canonical_name
from refman.domain.links import LinkedEntry
from refman.domain.paper import Paper
from refman.domain.settings import Settings
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibtex.parts import EntryPart, FieldPart
from refman.services.library import Library
from refman.services.linking.facade import Links, links_of
from refman.services.linking.linking import LinkOptions, find_link
from tests.fidelity.collections import BibFile
from tests.fidelity.table import Row, share

_TRIES = 12
_SHOWN = 10
_DATES = frozenset({"year", "month", "day", "date"})


@dataclass(slots=True)
class _Tally:
    """What came of the files; `unlinked` are those that no program can keep to the byte, such as damaged UTF-16."""

    linked: int = 0
    untouched: int = 0
    edited: int = 0
    inside: int = 0
    back: int = 0
    unlinked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    not_back: list[str] = field(default_factory=list)


def linked_files(files: Sequence[BibFile]) -> list[Row]:
    """Every file is linked, synchronised, edited in one random field and edited back."""
    chance, tally = random.Random(4), _Tally()
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            with open_new(Path(folder) / f"{number}.refman") as library:
                _try(file, Path(folder) / f"{number}.bib", library, chance, tally)
    linked = f"link, sync without a change: bytes, time and library as they were ({len(tally.unlinked)} are no text)"
    return [
        Row(linked, "every file", share(tally.untouched, tally.linked), not tally.wrong, tally.wrong[:_SHOWN]),
        Row(
            "edit one random field, sync: one contiguous change inside that field",
            "every file",
            share(tally.inside, tally.edited),
            not tally.outside,
            tally.outside[:_SHOWN],
        ),
        Row(
            "undo that edit, sync: every byte as it was",
            "every file",
            share(tally.back, tally.edited),
            not tally.not_back,
            tally.not_back[:_SHOWN],
        ),
    ]


@contextmanager
def open_new(place: Path) -> Iterator[Library]:
    """A library that did not exist before."""
    wiring = Wiring()
    wiring.create_library(str(place))
    library = wiring.open_library(str(place), settings=Settings())
    try:
        yield library
    finally:
        library.close()


def _try(file: BibFile, path: Path, library: Library, chance: random.Random, tally: _Tally) -> None:
    path.write_bytes(file.content)
    before, links = _state(path), links_of(library)
    try:
        links.link(path, LinkOptions())
    except UnreadableInput:
        tally.unlinked.append(file.name)
        return
    tally.linked += 1
    links.sync(path)
    steps = library.history()
    os.utime(path, ns=(before[1] + 10**9, before[1] + 10**9))
    links.sync(path)
    if (path.read_bytes(), library.history()) == (before[0], steps) and not links.plan(path).written:
        tally.untouched += 1
    else:
        tally.wrong.append(file.name)
    found = _edit(path, library, links, chance)
    if found is None:
        return
    tally.edited += 1
    document, one = found
    links.sync(path)
    after = path.read_bytes()
    if _is_inside(document, one, after):
        tally.inside += 1
    else:
        tally.outside.append(f"{file.name}: `{document.text[one.start : one.end][:80]}`")
    library.undo()
    links.sync(path)
    if path.read_bytes() == before[0]:
        tally.back += 1
    else:
        tally.not_back.append(f"{file.name}: `{document.text[one.start : one.end][:80]}`")


def _state(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def _edit(path: Path, library: Library, links: Links, chance: random.Random) -> tuple[Document, FieldPart] | None:
    """Edits a random field of a random entry as a person does; None for a file that has none."""
    document = read_document(path.read_bytes(), path.name)
    with library.store.read() as reader:
        entries = {one.key: one for one in reader.linked_entries(find_link(reader, path).id)}
    # A paper that stands under two keys is changed under both.
    papers = Counter(one.paper_id for one in entries.values())
    usual = [
        one
        for one in document.entries
        if one.is_sound and one.fields and one.key in entries and papers[entries[one.key].paper_id] == 1
    ]
    for _ in range(_TRIES if usual else 0):
        entry = chance.choice(usual)
        one = chance.choice(entry.fields)
        if _is_edited(document, entry, one, entries[entry.key], library):
            return document, one
    return None


def _is_edited(document: Document, entry: EntryPart, one: FieldPart, linked: LinkedEntry, library: Library) -> bool:
    name = canonical_name(one.name)
    names = [canonical_name(other.name) for other in entry.fields]
    paper = library.paper(linked.paper_id)
    is_first = document.by_id[(entry.key, 0)] is entry
    # A date that stands twice is changed twice.
    is_once = names.count(name) == 1 and not (name in _DATES and "date" in names and len(_DATES & set(names)) > 1)
    if paper is None or not is_once or not is_first or linked.seen.get(name, "").endswith("!"):
        return False
    text = _other(paper, name)
    if not text:
        return False
    try:
        library.edit(linked.paper_id, {f"fields.{name}" if name in ("key", "type") else name: text})
    except InvalidValue:
        # No month, year or language of this name: another field is tried.
        return False
    return True


def _other(paper: Paper, name: str) -> str:
    """What a person types in place of a value, "" where the paper has none of its own."""
    value = paper.fields.get(name)
    if name in paper.people or value is None or value.is_guess or not value.plain:
        return ""
    if name == "month":
        return "3" if value.plain != "3" else "4"
    return str(int(value.plain) + 1) if value.plain.isdecimal() else f"{value.plain} more"


def _is_inside(document: Document, one: FieldPart, after: bytes) -> bool:
    """Whether all that changed lies between the first and the last sign of the value."""
    before = document.text
    now = document.encoding.decode(after)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, now, strict=False)))
    rest = zip(reversed(before[head:]), reversed(now[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    return now != before and one.value_start <= head and len(before) - tail <= one.end
