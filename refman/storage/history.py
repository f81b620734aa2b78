"""Reading the journal: steps, the history of a paper, and what changed since a version."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, func, or_, select

from refman.domain.changes import Changes, Operation, OperationId, OperationKind, OperationState
from refman.domain.discards import Discard
from refman.domain.listing import HistoryEntry
from refman.domain.paper import PaperId
from refman.storage.journal import LONGEST_RUN, Change, ChangeKind, Summary
from refman.storage.journal_tables import change, meta, operation
from refman.storage.reads import Reads
from refman.storage.values import field_from_json, from_json, people_from_json, to_time

_STEPS = select(operation)
_NEWEST = _STEPS.where(operation.c.state != OperationState.RUNNING).order_by(operation.c.id.desc())
_LAST_DONE = _STEPS.where(operation.c.state == OperationState.DONE).order_by(operation.c.id.desc()).limit(1)
OLDER = operation.alias("older")
NEWEST_DONE = select(func.coalesce(func.max(OLDER.c.id), 0)).where(OLDER.c.state == OperationState.DONE)
"""What can be done again is newer than this: a new step drops it. Without the bound every step would be looked at."""
_FIRST_UNDONE = (
    _STEPS.where(operation.c.state == OperationState.UNDONE, operation.c.id > NEWEST_DONE.scalar_subquery())
    .order_by(operation.c.id)
    .limit(1)
)
_STEP = _STEPS.where(operation.c.id == bindparam("step_id"))
_VERSION = select(meta.c.version)
_VERSIONS = select(meta.c.version, meta.c.lost_version)
_SINCE = (
    select(change.c.kind, change.c.first_id, change.c.last_id, operation.c.state)
    .join(operation, operation.c.id == change.c.operation_id)
    .where(operation.c.version > bindparam("version"))
    .order_by(operation.c.version, change.c.id)
)
_OF_PAPER = (
    select(change, operation.c.name, operation.c.at)
    .join(operation, operation.c.id == change.c.operation_id)
    .where(
        # Runs are short, so this is a narrow range of the index.
        change.c.first_id.between(bindparam("lowest"), bindparam("paper_id")),
        change.c.last_id >= bindparam("paper_id"),
        operation.c.state == OperationState.DONE,
    )
    .order_by(change.c.operation_id.desc(), change.c.id.desc())
)


_EVERYTHING = Changes(everything=True, tags=True, profiles=True, saved_searches=True)


def to_change(row: SqlRow[Any]) -> Change:
    """A row of `change`, which may carry other columns too."""
    return Change(
        ChangeKind(row.kind),
        row.first_id,
        row.last_id,
        row.subject,
        row.before,
        row.after,
        row.image,
        row.id,
    )


def to_operation(row: SqlRow[Any]) -> Operation:
    """A row of `operation`."""
    return Operation(
        OperationId(row.id),
        to_time(row.at),
        OperationKind(row.kind),
        row.name,
        OperationState(row.state),
        row.papers,
    )


class HistoryReads(Reads):
    """Reads of the journal."""

    def history(self, *, limit: int | None = None) -> list[Operation]:
        """Operations, newest first, those undone included until a new operation drops them."""
        return [to_operation(row) for row in self.connection.execute(_NEWEST.limit(limit))]

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        """Changes of one paper, newest first."""
        rows = self.connection.execute(_OF_PAPER, {"paper_id": paper_id, "lowest": paper_id - LONGEST_RUN + 1})
        return [
            HistoryEntry(to_time(row.at), row.name, *described, id=row.id, is_restorable=_is_restorable(row))
            for row in rows
            if (described := _describe(to_change(row))) is not None
        ]

    def discards(self) -> list[Discard]:
        """Notes, tags and files in the trash, newest first."""
        # Late: hardly anybody asks, and every start would pay for it.
        from refman.storage.discards import discards

        return discards(self.connection)

    def papers_leaving(self, operation_id: OperationId, *, is_forward: bool) -> int:
        """How many papers undoing a step, or (`is_forward`) doing it again, would remove or put into the trash."""
        kind = ChangeKind.PURGED if is_forward else ChangeKind.ADDED
        # Whoever comes out of the trash goes back into it.
        trash_time = change.c.after if is_forward else change.c.before
        goes = or_(change.c.kind == kind, (change.c.kind == ChangeKind.TRASHED) & trash_time.is_not(None))
        size = func.coalesce(func.sum(change.c.last_id - change.c.first_id + 1), 0)
        statement = select(size).where(change.c.operation_id == operation_id, goes)
        return int(self.connection.scalar(statement) or 0)

    def undoable(self) -> Operation | None:
        """The step that `undo` would take back."""
        return _first(self.connection.execute(_LAST_DONE))

    def redoable(self) -> Operation | None:
        """The step that `redo` would do again."""
        return _first(self.connection.execute(_FIRST_UNDONE))

    def step_of(self, operation_id: OperationId) -> Operation:
        """A step that is there."""
        return to_operation(self.connection.execute(_STEP, {"step_id": operation_id}).one())

    def version(self) -> int:
        """A number that differs after every committed write of any process."""
        return self.connection.execute(_VERSION).scalar_one()

    def changes_since(self, version: int) -> Changes:
        """What others committed since `version`, at worst with `everything` set."""
        present, lost = self.connection.execute(_VERSIONS).one()
        if present == version:
            return Changes()
        # A version from the future is that of a library that a backup has replaced.
        if version < lost or version > present:
            return _EVERYTHING
        summary = Summary()
        for row in self.connection.execute(_SINCE, {"version": version}):
            if row.state in (OperationState.UNDOING, OperationState.REDOING):
                return _EVERYTHING
            told = Change(ChangeKind(row.kind), row.first_id, row.last_id)
            summary.note(told, is_forward=row.state != OperationState.UNDONE)
        return summary.changes(None)


def _first(rows: Iterable[SqlRow[Any]]) -> Operation | None:
    return next((to_operation(row) for row in rows), None)


def _same(text: str | None) -> str:
    return text or ""


def _plain(text: str | None) -> str:
    value = field_from_json(text)
    return value.plain if value else ""


def _names(text: str | None) -> str:
    people = people_from_json(text)
    if people is None:
        return ""
    return "; ".join(name.display for name in people.names) + (" et al." if people.truncated else "")


def _json_text(text: str | None) -> str:
    return str(from_json(text)) if text else ""


def _third_column(text: str | None) -> str:
    return str(from_json(text)[2]) if text else ""


def _time(text: str | None) -> str:
    return to_time(int(text)).isoformat() if text else ""


# What a person reads of a change: the name of the field, and how to show a value.
_SHOWN: dict[ChangeKind, tuple[str, Callable[[str | None], str]]] = {
    ChangeKind.ADDED: ("", _same),
    ChangeKind.FIELD: ("", _plain),
    ChangeKind.PEOPLE: ("", _names),
    ChangeKind.KEY: ("key", _json_text),
    ChangeKind.TYPE: ("type", _json_text),
    ChangeKind.TRASHED: ("trash", _time),
    ChangeKind.TAGGED: ("tag", _same),
    ChangeKind.NOTE: ("note", _third_column),
    ChangeKind.ATTACHMENT: ("file", _third_column),
}


_THINGS = (ChangeKind.NOTE, ChangeKind.ATTACHMENT)
_ALWAYS = (ChangeKind.FIELD, ChangeKind.PEOPLE, ChangeKind.TAGGED)
_IF_THERE = (*_THINGS, ChangeKind.KEY, ChangeKind.TYPE)


def _is_restorable(row: SqlRow[Any]) -> bool:
    """A field can be as if it had never been there; a paper that had a key does not lose it again."""
    return row.kind in _ALWAYS or (row.kind in _IF_THERE and row.before not in (None, '""'))


def _describe(step: Change) -> tuple[str, str, str] | None:
    """Field, before and after of a history entry; None for what nobody looks for."""
    is_mark = step.kind in _THINGS and step.before is None and step.after is None
    if step.kind not in _SHOWN or is_mark:
        return None
    name, show = _SHOWN[step.kind]
    return name or step.subject, show(step.before), show(step.after)
