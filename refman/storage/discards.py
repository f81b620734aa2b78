"""Notes, tags and files in the trash. The journal alone holds them (docs/decisions/0095).

A row of the journal that deleted one is what lies in the trash as long as it is the newest that speaks of the thing:
putting the thing back writes a newer one, and so does deleting it for good (a row without `before` and `after`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, exists, or_, select

from refman.domain.changes import OperationKind, OperationState
from refman.domain.discards import Discard, DiscardId, DiscardKind
from refman.domain.paper import PaperId
from refman.storage.journal import ChangeKind
from refman.storage.journal_tables import change, operation
from refman.storage.reads import as_list, in_list
from refman.storage.tables import attachment, note, paper, tag
from refman.storage.values import from_json, to_time

_KINDS = {
    ChangeKind.NOTE: DiscardKind.NOTE,
    ChangeKind.TAG: DiscardKind.TAG,
    ChangeKind.ATTACHMENT: DiscardKind.FILE,
}
_TABLES: dict[ChangeKind, Table[Any]] = {
    ChangeKind.NOTE: note,
    ChangeKind.TAG: tag,
    ChangeKind.ATTACHMENT: attachment,
}
# A step that makes two tags one removes a row too; deleting a tag is a step of the kind `trash`.
_DELETE = (OperationKind.NOTE, OperationKind.ATTACH, OperationKind.TRASH)

_later = change.alias("later_change")
_their = operation.alias("later_operation")
_NEWER = exists(
    select(_later.c.id)
    .join(_their, _their.c.id == _later.c.operation_id)
    .where(
        # NULL for tags: both are found by the index of papers.
        _later.c.first_id.is_not_distinct_from(change.c.first_id),
        _later.c.kind == change.c.kind,
        _later.c.subject == change.c.subject,
        _later.c.id > change.c.id,
        _their.c.state != OperationState.UNDONE,
    )
)
_LYING = (
    select(
        change.c.id,
        change.c.operation_id,
        change.c.kind,
        change.c.first_id,
        change.c.subject,
        change.c.before,
        operation.c.at,
        paper.c.key,
        paper.c.title,
    )
    .select_from(operation)
    .join(change, change.c.operation_id == operation.c.id)
    .outerjoin(paper, paper.c.id == change.c.first_id)
    .where(
        operation.c.state == OperationState.DONE,
        operation.c.kind.in_(_DELETE),
        change.c.kind.in_(list(_KINDS)),
        change.c.before.is_not(None),
        change.c.after.is_(None),
        # What belonged to a paper that is gone comes and goes with it.
        or_(change.c.first_id.is_(None), paper.c.id.is_not(None)),
        ~_NEWER,
    )
    .order_by(change.c.id.desc())
)
_LYING_AMONG = _LYING.where(change.c.id.in_(in_list()))
_CARRIED = select(change.c.first_id, change.c.last_id).where(
    change.c.operation_id == bindparam("step_id"),
    change.c.kind == ChangeKind.TAGGED,
    change.c.subject == bindparam("tag_id"),
    change.c.after.is_(None),
)


LyingRow = Row[*tuple[Any, ...]]
"""A row of the journal that lies in the trash."""


def discards(connection: Connection) -> list[Discard]:
    """Notes, tags and files in the trash, newest first."""
    return [_discard(connection, row) for row in discard_rows(connection)]


def discard_rows(connection: Connection, ids: Iterable[int] | None = None) -> list[LyingRow]:
    """The rows of the journal that lie in the trash, all or those of these ids."""
    statement, among = (_LYING, {}) if ids is None else (_LYING_AMONG, as_list(ids))
    rows = connection.execute(statement, among).all()
    there = _there(connection, rows)
    return [row for row in rows if (row.kind, from_json(row.subject)[0]) not in there]


def carriers_then(connection: Connection, row: LyingRow) -> list[range]:
    """The papers that carried a tag when it was deleted."""
    tag_id = str(from_json(row.subject)[0])
    runs = connection.execute(_CARRIED, {"step_id": row.operation_id, "tag_id": tag_id})
    return [range(first or 0, (last or 0) + 1) for first, last in runs]


def _discard(connection: Connection, row: LyingRow) -> Discard:
    kind = ChangeKind(row.kind)
    values = dict(zip(_TABLES[kind].columns.keys(), from_json(row.before), strict=True))
    made = Discard(DiscardId(row.id), _KINDS[kind], _what(kind, values), to_time(row.at))
    if kind is ChangeKind.TAG:
        return replace(made, papers=sum(map(len, carriers_then(connection, row))))
    owner = PaperId(row.first_id)
    return replace(made, paper_id=owner, paper=row.key or row.title or str(owner))


def steps_with_discards(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Those of the steps that something lies in the trash of: the journal must not drop them."""
    statement = _LYING.where(operation.c.id.in_(in_list()))
    return {row.operation_id for row in connection.execute(statement, as_list(ids))}


def _what(kind: ChangeKind, values: dict[str, Any]) -> str:
    if kind is ChangeKind.NOTE:
        return str(values["text"])
    return str(values["name"] if kind is ChangeKind.TAG else values["title"] or values["path"])


def _there(connection: Connection, rows: Sequence[LyingRow]) -> set[tuple[str, int]]:
    """What is in the library all the same: a clock that jumps can make the journal drop steps out of order."""
    found: set[tuple[str, int]] = set()
    for kind, table in _TABLES.items():
        ids = as_list(from_json(row.subject)[0] for row in rows if row.kind == kind)
        found |= {(kind, one) for one in connection.scalars(select(table.c.id).where(table.c.id.in_(in_list())), ids)}
    return found
