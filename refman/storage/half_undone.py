"""A step whose undo or redo takes several transactions, between two of them.

Its changes before the boundary are done, those from it on are undone, whichever way the work goes. The boundary stands
behind the name of the process in `operation.owner`.
"""

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from refman.domain.changes import OperationId, OperationState
from refman.domain.errors import ConflictError
from refman.domain.frozen import dataclass
from refman.storage.journal import Change, runs
from refman.storage.journal_tables import change, operation
from refman.storage.journal_writes import set_image, this_process
from refman.storage.replay import replay, takes_papers, with_free_keys
from refman.storage.take_back import is_tag_needed, makes_tag
from refman.storage.writer import SqliteWriter

_HALF_UNDONE = select(operation.c.id, operation.c.owner).where(
    operation.c.state.in_([OperationState.UNDOING, OperationState.REDOING])
)
_SAVE = (
    update(operation)
    .where(operation.c.id == bindparam("step_id"))
    .values(state=bindparam("state"), version=bindparam("version"), owner=bindparam("owner"))
)
_TOUCHED_LATER = (
    select(change.c.first_id, change.c.last_id)
    .join(operation, operation.c.id == change.c.operation_id)
    .where(
        # Of the step and not of its changes: SQLite begins at it and reads no older one.
        operation.c.id > bindparam("step_id"),
        change.c.first_id.is_not(None),
        operation.c.state.in_([OperationState.DONE, OperationState.RUNNING]),
    )
    .distinct()
)
_DROP = delete(change).where(change.c.id == bindparam("change_id"))
_ADD = insert(change)


@dataclass(frozen=True, slots=True)
class HalfUndone:
    """The step, the process that is at work (as `journal_writes.this_process`), and the boundary: an id of `change`."""

    step_id: OperationId
    owner: str
    boundary: int


def half_undone(connection: Connection) -> HalfUndone | None:
    """The step that is half undone or half done again; there is never more than one."""
    row = connection.execute(_HALF_UNDONE).first()
    if row is None:
        return None
    owner, _, boundary = (row.owner or "").rpartition("\n")
    return HalfUndone(OperationId(row.id), owner, int(boundary or 0))


def save_boundary(connection: Connection, at: HalfUndone, state: OperationState, *, version: int) -> None:
    """Says how far this process is."""
    owner = f"{this_process()}\n{at.boundary}"
    connection.execute(_SAVE, {"step_id": at.step_id, "state": state.value, "version": version, "owner": owner})


def touched_later(connection: Connection, step_id: int) -> set[int]:
    """The papers that later steps touched and that these have not given up; mostly there are no later steps."""
    rows = connection.execute(_TOUCHED_LATER, {"step_id": step_id})
    return {paper_id for first, last in rows for paper_id in range(first or 0, (last or 0) + 1)}


def undo_or_leave(writer: SqliteWriter, row: Change, *, step_id: int, touched: set[int]) -> None:
    """Undoes one change; what others have changed since stays as they left it, and the step no longer speaks of it."""
    connection = writer.connection
    if takes_papers(row, is_forward=False) and not touched.isdisjoint(row.ids):
        _take_the_others(writer, row, step_id=step_id, touched=touched)
        return
    is_new_tag = makes_tag(row)
    if is_new_tag and is_tag_needed(connection, row, step_id=step_id, touched=touched):
        connection.execute(_DROP, {"change_id": row.id})
        return
    # Papers that the step added may carry a new tag until their own turn comes. All else that cannot be undone must
    # fail here and not at the commit.
    connection.exec_driver_sql(f"PRAGMA defer_foreign_keys={'ON' if is_new_tag else 'OFF'}")
    row = with_free_keys(writer, row)
    try:
        with connection.begin_nested():
            replayed = replay(writer, row, is_forward=False)
            writer.indexes.flush()
    except (ConflictError, IntegrityError):
        connection.execute(_DROP, {"change_id": row.id})
    else:
        if replayed.image is not row.image:
            set_image(connection, row.id, replayed.image)


def _take_the_others(writer: SqliteWriter, row: Change, *, step_id: int, touched: set[int]) -> None:
    """Takes the papers of a run that nobody touched, each run of them with a change of its own."""
    writer.connection.execute(_DROP, {"change_id": row.id})
    for first, last in runs(set(row.ids) - touched):
        image = writer.remove_papers(range(first, last + 1))
        values = {"operation_id": step_id, "kind": row.kind.value, "first_id": first, "last_id": last, "subject": ""}
        writer.connection.execute(_ADD, {**values, "before": None, "after": None, "image": image})
    writer.indexes.flush()
