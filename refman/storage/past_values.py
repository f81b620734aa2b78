"""Putting an older value back, as the journal holds it; what is written is a step of its own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, select

from refman.domain.errors import NotFound
from refman.domain.paper import FieldValue, NoteId, Origin, PaperId, People
from refman.storage.history import to_change
from refman.storage.journal import Change, ChangeKind
from refman.storage.journal_tables import change
from refman.storage.values import field_from_json, from_json, people_from_json, to_time
from refman.storage.writer import SqliteWriter

_DATES = ("date", "year", "month", "day")
_ONE = select(change).where(
    change.c.id == bindparam("change_id"),
    change.c.first_id <= bindparam("paper_id"),
    change.c.last_id >= bindparam("paper_id"),
)
_OF_STEP = (
    select(change)
    .where(
        change.c.operation_id == bindparam("step_id"),
        change.c.first_id == bindparam("paper_id"),
        change.c.kind == ChangeKind.FIELD,
        change.c.subject.in_(_DATES),
    )
    .order_by(change.c.id)
)
_TEXT = 2
"""Where the text stands in the row of a note."""


def put_back(writer: SqliteWriter, paper_id: PaperId, entry_id: int) -> None:
    """Writes what a change of the journal has as `before`. Raises: NotFound, ConflictError for a key that is taken."""
    row = writer.connection.execute(_ONE, {"change_id": entry_id, "paper_id": paper_id}).one_or_none()
    write = _WRITES.get(row.kind) if row is not None else None
    if row is None or write is None:
        raise NotFound("no-such-value", f"There is no value {entry_id} in the history of this paper.", str(entry_id))
    if row.kind == ChangeKind.FIELD and row.subject in _DATES:
        _put_dates_back(writer, paper_id, row.operation_id)
    else:
        write(writer, paper_id, to_change(row))


def _put_dates_back(writer: SqliteWriter, paper_id: PaperId, step_id: int) -> None:
    """One date stands in up to four fields, which change together. The first change of each has what was before."""
    first: dict[str, Change] = {}
    for row in writer.connection.execute(_OF_STEP, {"step_id": step_id, "paper_id": paper_id}):
        first.setdefault(row.subject, to_change(row))
    for one in first.values():
        _field(writer, paper_id, one)


def _field(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    present = writer.stored_draft(paper_id).fields.get(past.subject)
    # Nothing, by a person: no import fills it again.
    value = field_from_json(past.before) or FieldValue("", None, Origin.PERSON)
    if value.plain or (present is not None and present.plain):
        writer.set_field(paper_id, past.subject, value)


def _people(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    people = people_from_json(past.before) or People((), False, None, Origin.PERSON)
    if people.names or past.subject in writer.stored_draft(paper_id).people:
        writer.set_people(paper_id, past.subject, people)


def _key(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    writer.set_key(paper_id, from_json(past.before or '""') or writer.stored_draft(paper_id).key)


def _type(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    writer.set_type(paper_id, from_json(past.before or '""') or writer.stored_draft(paper_id).type)


def _tag(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    tag = writer.read_row(ChangeKind.TAG, [int(past.subject)])
    name = tag[1] if tag else past.before or past.after or ""
    if past.before is None:
        writer.take_tags([paper_id], [name])
    else:
        writer.put_tags([paper_id], [name])


def _note(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    key, row = from_json(past.subject), _row_of(past)
    if writer.read_row(ChangeKind.NOTE, key) is None:
        writer.put_row(ChangeKind.NOTE, key, row)
    else:
        writer.edit_note(NoteId(key[0]), row[_TEXT], when=to_time(writer.now()))


def _file(writer: SqliteWriter, paper_id: PaperId, past: Change) -> None:
    writer.put_row(ChangeKind.ATTACHMENT, from_json(past.subject), _row_of(past))


def _row_of(past: Change) -> list[Any]:
    if past.before is None:
        raise NotFound("no-value-before", "There was nothing before; delete it where it is shown.")
    return list(from_json(past.before))


_WRITES: dict[str, Callable[[SqliteWriter, PaperId, Change], None]] = {
    ChangeKind.FIELD: _field,
    ChangeKind.PEOPLE: _people,
    ChangeKind.KEY: _key,
    ChangeKind.TYPE: _type,
    ChangeKind.TAGGED: _tag,
    ChangeKind.NOTE: _note,
    ChangeKind.ATTACHMENT: _file,
}
