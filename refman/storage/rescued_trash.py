"""Notes, tags and files that lay in the trash of a damaged library.

The journal alone holds them (`discards.py` says how), and a rescue begins a new one: each is put into the new library
and deleted there once more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from refman.domain.changes import OperationKind, OperationState
from refman.domain.errors import RefmanError
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


def lying_in(rows: DamagedRows, papers: Iterable[int]) -> tuple[list[Lying], int]:
    """What lay in the trash, as far as journal and papers can be read, and how much could not be understood."""
    there = set(papers)
    present = {kind: {row["id"] for row in rows.rows(table)} for kind, table in _TABLES.items()}
    things: list[Lying] = []
    unclear = 0
    deletions, carried = _newest_deletions(rows)
    for row in deletions:
        try:
            one = _lying(row, carried)
        except _UNREADABLE:
            unclear += 1
            continue
        is_known = one.kind is ChangeKind.TAG or one.values["paper_id"] in there
        if one.values["id"] not in present[one.kind] and is_known:
            things.append(one)
    return things, unclear


_Carried = Mapping[tuple[int, str], Sequence[Row]]


def _newest_deletions(rows: DamagedRows) -> tuple[list[Row], _Carried]:
    """The rows of the journal that deleted a thing and are the newest of it; those that took a tag from papers."""
    steps = {row["id"]: row for row in rows.rows("operation") if row["state"] != OperationState.UNDONE}
    newest: dict[tuple[str, str], Row] = {}
    carried: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows.rows("change"):
        if row["operation_id"] not in steps:
            continue
        if row["kind"] in _TABLES:
            newest[(row["kind"], row["subject"])] = row
        elif row["kind"] == ChangeKind.TAGGED and row["after"] is None:
            carried[(row["operation_id"], row["subject"])].append(row)
    gone = [row for row in newest.values() if row["before"] is not None and row["after"] is None]
    return [row for row in gone if steps[row["operation_id"]]["kind"] in _DELETE], carried


def _lying(row: Row, carried: _Carried) -> Lying:
    """Raises: one of `_UNREADABLE`."""
    kind = ChangeKind(row["kind"])
    values = dict(zip(metadata.tables[_TABLES[kind]].columns.keys(), from_json(row["before"]), strict=True))
    runs = carried[(row["operation_id"], str(from_json(row["subject"])[0]))] if kind is ChangeKind.TAG else ()
    return Lying(kind, values, tuple(_ids(runs)))


def _ids(runs: Iterable[Row]) -> Iterator[int]:
    for run in runs:
        yield from range(run["first_id"] or 0, (run["last_id"] or 0) + 1)


def put_into_trash(
    store: SqliteStore, things: Sequence[Lying], ids: Mapping[int, PaperId], *, when: datetime
) -> tuple[int, int]:
    """Puts things (with old ids) into the new library's trash; how many, and how many could not be understood."""
    put = _Put(ids, when)
    with store.write() as writer:
        writer.journal(OperationKind.IMPORT, "Rescue what lay in the trash")
        put.tags_there = {tag.name for tag in writer.tags()}
        for one in things:
            put.take(writer, one)
    for kind, name, what in (
        (OperationKind.NOTE, "Delete the notes that lay in the trash", put.notes),
        (OperationKind.ATTACH, "Delete the files that lay in the trash", put.files),
        (OperationKind.TRASH, "Delete the tags that lay in the trash", put.tags),
    ):
        if what:
            with store.write() as writer:
                writer.journal(kind, name)
                for thing in what:
                    _delete(writer, kind, thing)
    return len(put.notes) + len(put.files) + len(put.tags), put.broken


@dataclass(slots=True)
class _Put:
    """What was put into the new library so far, to be deleted there."""

    ids: Mapping[int, PaperId]
    when: datetime
    notes: list[NoteId] = field(default_factory=list)
    files: list[AttachmentId] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    tags_there: set[str] = field(default_factory=set)
    broken: int = 0

    def take(self, writer: SqliteWriter, one: Lying) -> None:
        """Puts one thing in; of one that makes no sense nothing."""
        try:
            if one.kind is ChangeKind.NOTE:
                owner = self.ids[one.values["paper_id"]]
                self.notes.append(writer.add_note(owner, str(one.values["text"]), when=self.when))
            elif one.kind is ChangeKind.ATTACHMENT:
                owner = self.ids[one.values["paper_id"]]
                self.files.append(writer.add_attachment(owner, _attachment(one.values)))
            elif one.values["name"] not in self.tags_there:
                self.tags_there.add(one.values["name"])
                self.tags.append(_add_tag(writer, one, self.ids))
        except (*_UNREADABLE, RefmanError):
            self.broken += 1


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
