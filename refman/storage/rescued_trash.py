"""Notes, tags and files that lay in the trash of a damaged library.

The journal alone holds them (`discards.py` says how), and a rescue begins a new one: each is put into the new library
and deleted there once more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from refman.domain.changes import OperationKind, OperationState
from refman.domain.paper import Attachment, AttachmentId, NoteId, PaperId
from refman.storage.damaged_rows import DamagedRows, Row
from refman.storage.journal import ChangeKind
from refman.storage.store import SqliteStore
from refman.storage.tables import metadata
from refman.storage.values import from_json
from refman.storage.writer import SqliteWriter

_TABLES = {ChangeKind.NOTE: "note", ChangeKind.TAG: "tag", ChangeKind.ATTACHMENT: "attachment"}
_DELETE = (OperationKind.NOTE, OperationKind.ATTACH, OperationKind.TRASH)
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Lying:
    """One thing in the trash: its row by columns, and the papers (old ids) that a tag was carried by."""

    kind: ChangeKind
    values: Row
    carriers: tuple[int, ...] = ()


def lying_in(rows: DamagedRows, papers: Iterable[int]) -> list[Lying]:
    """What lay in the trash, as far as journal and papers can be read; oldest first."""
    there = set(papers)
    present = {kind: {row["id"] for row in rows.rows(table)} for kind, table in _TABLES.items()}
    steps = {row["id"]: row for row in rows.rows("operation")}
    newest: dict[tuple[str, str], Row] = {}
    carried: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows.rows("change"):
        step = steps.get(row["operation_id"])
        if step is None or step["state"] == OperationState.UNDONE:
            continue
        if row["kind"] in _TABLES:
            newest[(row["kind"], row["subject"])] = row
        elif row["kind"] == ChangeKind.TAGGED and row["after"] is None:
            carried[(row["operation_id"], row["subject"])].append(row)
    found = (_lying(row, steps[row["operation_id"]], carried) for row in newest.values())
    return [
        one
        for one in found
        if one is not None
        and one.values["id"] not in present[one.kind]
        and (one.kind is ChangeKind.TAG or one.values["paper_id"] in there)
    ]


def _lying(row: Row, step: Row, carried: Mapping[tuple[int, str], Sequence[Row]]) -> Lying | None:
    if step["kind"] not in _DELETE or row["before"] is None or row["after"] is not None:
        return None
    try:
        kind = ChangeKind(row["kind"])
        values = dict(zip(metadata.tables[_TABLES[kind]].columns.keys(), from_json(row["before"]), strict=True))
        runs = carried[(row["operation_id"], str(from_json(row["subject"])[0]))] if kind is ChangeKind.TAG else ()
    except _UNREADABLE:
        return None
    return Lying(kind, values, tuple(_ids(runs)))


def _ids(runs: Iterable[Row]) -> Iterator[int]:
    for run in runs:
        yield from range(run["first_id"] or 0, (run["last_id"] or 0) + 1)


def put_into_trash(store: SqliteStore, things: Sequence[Lying], ids: Mapping[int, PaperId], *, when: datetime) -> int:
    """Puts things (with old ids) into the new library's trash; how many. What makes no sense there is left out."""
    notes: list[NoteId] = []
    files: list[AttachmentId] = []
    tags: list[str] = []
    with store.write() as writer:
        writer.journal(OperationKind.IMPORT, "Rescue what lay in the trash")
        known = {tag.name for tag in writer.tags()}
        for one in things:
            if one.kind is ChangeKind.NOTE:
                notes.append(writer.add_note(ids[one.values["paper_id"]], str(one.values["text"]), when=when))
            elif one.kind is ChangeKind.ATTACHMENT:
                files.append(writer.add_attachment(ids[one.values["paper_id"]], _attachment(one.values)))
            elif one.values["name"] not in known:
                known.add(one.values["name"])
                tags.append(_add_tag(writer, one, ids))
    for kind, name, what in (
        (OperationKind.NOTE, "Delete the notes that lay in the trash", notes),
        (OperationKind.ATTACH, "Delete the files that lay in the trash", files),
        (OperationKind.TRASH, "Delete the tags that lay in the trash", tags),
    ):
        if what:
            with store.write() as writer:
                writer.journal(kind, name)
                for thing in what:
                    _delete(writer, kind, thing)
    return len(notes) + len(files) + len(tags)


def _add_tag(writer: SqliteWriter, one: Lying, ids: Mapping[int, PaperId]) -> str:
    name = str(one.values["name"])
    writer.create_tag(name)
    writer.put_tags([ids[old] for old in one.carriers if old in ids], [name])
    return name


def _attachment(values: Row) -> Attachment:
    return Attachment(
        AttachmentId(0),
        values["path"],
        values["title"],
        values["media_type"],
        is_stored=bool(values["is_stored"]),
        sha256=values["sha256"],
    )


def _delete(writer: SqliteWriter, kind: OperationKind, thing: NoteId | AttachmentId | str) -> None:
    if isinstance(thing, str):
        writer.delete_tag(thing)
    elif kind is OperationKind.NOTE:
        writer.delete_note(NoteId(thing))
    else:
        writer.remove_attachment(AttachmentId(thing))
