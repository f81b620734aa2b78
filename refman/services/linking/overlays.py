"""What a linked file says otherwise than the library, and making that the value of all: "use everywhere"."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from refman.domain.changes import OperationKind
from refman.domain.errors import NotFound
from refman.domain.links import Direction, LinkedEntry, LinkedFile
from refman.domain.paper import Draft, Paper
from refman.domain.ports import Reader, Store, Writer
from refman.formats.bibfile.document import read_document
from refman.formats.bibtex.parts import draft_of
from refman.services.linking.differing import Differing
from refman.services.linking.merged import as_now
from refman.services.linking.seen import TYPE, changed_names, overlays_of, seen_of
from refman.services.linking.theirs import shown
from refman.services.operations import Step, run
from refman.services.outcome import Outcome, count_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Overlay:
    """A field of an entry that is another one in the library; texts are plain, None where there is none."""

    key: str
    field: str
    in_file: str | None
    in_library: str | None


@dataclass(frozen=True, slots=True)
class _Differing:
    entry: LinkedEntry
    draft: Draft
    paper: Paper
    names: frozenset[str]


def overlays_in(reader: Reader, link: LinkedFile) -> list[Overlay]:
    """The fields that the file, as it was last read, says otherwise, by entry. Raises: UnreadableInput."""
    return [
        Overlay(one.entry.key, name.removeprefix("@"), shown(one.draft, name), shown(one.paper, name))
        for one in _differing(reader, link)
        for name in sorted(one.names)
    ]


def use_everywhere(store: Store, link: LinkedFile, wanted: Collection[tuple[str, str]]) -> Outcome:
    """The values of the file become those of the library, as one step, and so of every file; ("", "") is all of them,
    (key, "") those of one entry.

    Raises: NotFound when the file says nothing else there, UnreadableInput.
    """

    def work(writer: Writer) -> int:
        chosen = [
            (one, name)
            for one in _differing(writer, link)
            for name in sorted(one.names)
            if _is_wanted(one, name, wanted)
        ]
        entries: dict[str, LinkedEntry] = {}
        for one, name in chosen:
            _take(writer, one, name)
            entry = entries.get(one.entry.key, one.entry)
            entries[one.entry.key] = _settled(writer, entry, name)
        writer.put_linked_entries(link.id, list(entries.values()))
        return len(chosen)

    name = Path(link.path).name
    count, changes = run(store, Step(OperationKind.EDIT, f"Use what {name} says everywhere"), work)
    if not count:
        raise NotFound("no-overlay", f"{name} says nothing there that the library does not say.", name)
    fields = count_of(count, "field")
    return Outcome(changes, f"{fields} of {name} used everywhere", "used-everywhere", (fields, name))


def _differing(reader: Reader, link: LinkedFile) -> Iterator[_Differing]:
    """What is held apart; of a file that is only read also what the library changed, which never goes there."""
    is_only_read = link.direction is Direction.FROM_FILE
    held = [
        entry for entry in as_now(reader, reader.linked_entries(link.id)) if is_only_read or overlays_of(entry.seen)
    ]
    if not held:
        return
    document = read_document(reader.linked_base(link.id), link.path)
    papers = {paper.id: paper for part in _parts(held) for paper in reader.papers([one.paper_id for one in part])}
    differing = Differing(document, reader)
    for entry in held:
        part, paper = document.by_id.get((entry.key, 0)), papers.get(entry.paper_id)
        if part is not None and paper is not None:
            draft = draft_of(part, document.macros)
            apart = overlays_of(entry.seen) | (changed_names(paper, entry.seen) if is_only_read else set())
            yield _Differing(entry, draft, paper, frozenset(apart & differing.names(paper, draft)))


def _is_wanted(one: _Differing, name: str, wanted: Collection[tuple[str, str]]) -> bool:
    key, field = one.entry.key, name.removeprefix("@")
    return bool({("", ""), (key, ""), (key, field)} & set(wanted))


def _take(writer: Writer, one: _Differing, name: str) -> None:
    if name == TYPE:
        writer.set_type(one.paper.id, one.draft.type)
    elif name in {*one.draft.people, *one.paper.people}:
        writer.set_people(one.paper.id, name, one.draft.people.get(name))
    else:
        writer.set_field(one.paper.id, name, one.draft.fields.get(name))


def _settled(writer: Writer, entry: LinkedEntry, name: str) -> LinkedEntry:
    """File and library say the same of the field now."""
    paper = writer.paper(entry.paper_id)
    now = seen_of(paper).get(name, "") if paper else ""
    seen = {**entry.seen, name: now}
    return replace(entry, seen={one: value for one, value in seen.items() if value})


def _parts(entries: Sequence[LinkedEntry]) -> Iterator[Sequence[LinkedEntry]]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]
