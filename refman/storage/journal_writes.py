"""Writing the journal: steps, their changes, and what is dropped."""

import os
import socket
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from refman.domain.changes import OperationState
from refman.storage.history import NEWEST_DONE, OLDER, to_change
from refman.storage.journal import OF_MANY_PAPERS, Change, Step
from refman.storage.journal_tables import change, meta, operation
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import as_list, in_list

KEPT_STEPS = 2000
SURE_STEPS = 1000
KEPT_DAYS = 90
KEPT_BYTES = 256 * 1024 * 1024
"""At least `SURE_STEPS` are kept; of the older ones, those of 90 days and up to 2,000, while all take at most this."""
_READ_AT_ONCE = 500
_PRUNED_EVERY = 50

_BUMP = update(meta).values(version=meta.c.version + 1).returning(meta.c.version)
_ADD = insert(operation)
_FINISH = (
    update(operation)
    .where(operation.c.id == bindparam("step_id"))
    .values(
        kind=bindparam("kind"),
        name=bindparam("name"),
        state=bindparam("state"),
        papers=func.max(operation.c.papers, bindparam("papers")),
        version=bindparam("version"),
        size=operation.c.size + bindparam("more"),
        owner=bindparam("owner"),
    )
)
_SET_STATE = (
    update(operation)
    .where(operation.c.id == bindparam("step_id"))
    .values(state=bindparam("state"), version=bindparam("version"), owner=None)
)
_NEWEST = select(operation.c.id, operation.c.state).order_by(operation.c.id.desc()).limit(1)
_UNDONE = select(operation.c.id).where(
    operation.c.state == OperationState.UNDONE,
    operation.c.id > NEWEST_DONE.where(OLDER.c.id < bindparam("step_id")).scalar_subquery(),
)
_SUMS = select(
    func.count(), func.coalesce(func.sum(operation.c.size), 0), func.coalesce(func.min(operation.c.at), 0)
).select_from(operation)
_LISTED = select(operation.c.id, operation.c.at, operation.c.size, operation.c.state).order_by(operation.c.id.desc())
_LOSE = update(meta).values(
    lost_version=func.max(
        meta.c.lost_version,
        select(func.coalesce(func.max(operation.c.version), 0)).where(operation.c.id.in_(in_list())).scalar_subquery(),
    )
)
_LOSE_ALL = update(meta).values(lost_version=meta.c.version)
_DROP_CHANGES = delete(change).where(change.c.operation_id.in_(in_list()))
_DROP_STEPS = delete(operation).where(operation.c.id.in_(in_list()))
_CHANGE_IDS = select(change.c.id).where(change.c.operation_id == bindparam("step_id")).order_by(change.c.id)
_CHANGE = select(change).where(change.c.id == bindparam("change_id"))
_SHORT_CHANGES = select(change).where(change.c.id.in_(in_list()), change.c.kind.in_(OF_MANY_PAPERS))
_SET_IMAGE = update(change).where(change.c.id == bindparam("change_id")).values(image=bindparam("new_image"))


def bump_version(connection: Connection) -> int:
    """Counts this write; every transaction that changes anything does so once."""
    return connection.execute(_BUMP).scalar_one()


def bump_without_a_step(connection: Connection) -> None:
    """Counts a write that no step tells of: whoever saw the library before must read it anew."""
    bump_version(connection)
    connection.execute(_LOSE_ALL)


def newest_step(connection: Connection) -> tuple[int, OperationState] | None:
    """Id and state of the newest step."""
    row = connection.execute(_NEWEST).one_or_none()
    return (row.id, OperationState(row.state)) if row else None


def save_step(connection: Connection, step: Step, *, state: OperationState, version: int, now: int) -> None:
    """Writes what the step did since the last time; the step gets its id. Raises: RuntimeError without a name."""
    if step.kind is None:
        raise RuntimeError("a write changed the library without naming its step")
    if step.operation_id is None:
        step.operation_id = _add_step(connection, step, now)
    columns = [
        (
            None,
            step.operation_id,
            row.kind.value,
            row.first_id,
            row.last_id,
            row.subject,
            row.before,
            row.after,
            row.image,
        )
        for row in step.waiting
    ]
    insert_rows(connection, change, columns)
    connection.execute(
        _FINISH,
        {
            "step_id": step.operation_id,
            "kind": step.kind.value,
            "name": step.name,
            "state": state.value,
            "papers": step.summary.papers,
            "version": version,
            "more": step.size,
            "owner": this_process() if state is OperationState.RUNNING else None,
        },
    )
    step.waiting.clear()
    step.size = 0


def _add_step(connection: Connection, step: Step, now: int) -> int:
    values = {"at": now, "kind": step.kind, "name": step.name, "state": OperationState.RUNNING.value}
    result = connection.execute(_ADD, {**values, "papers": 0, "version": 0, "size": 0, "owner": None})
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def drop_undone(connection: Connection, step_id: int) -> None:
    """A new step was made: what could be redone before it no longer fits."""
    drop_steps(connection, connection.scalars(_UNDONE, {"step_id": step_id}).all())


def prune(connection: Connection, newest_id: int, now: int) -> None:
    """Drops whole oldest steps, but none that something lies in the trash of; looks only now and then."""
    if newest_id % _PRUNED_EVERY:
        return
    oldest_kept = now - KEPT_DAYS * 86400
    steps, size, oldest = connection.execute(_SUMS).one()
    if size <= KEPT_BYTES and (steps <= KEPT_STEPS or oldest > oldest_kept):
        # A twentieth of looking at each of them, which somebody waits for.
        return
    size = 0
    dropped = []
    for place, row in enumerate(connection.execute(_LISTED)):
        size += row.size
        is_young = place < KEPT_STEPS or row.at > oldest_kept
        is_kept = place < SURE_STEPS or (is_young and size <= KEPT_BYTES)
        if not is_kept and row.state in (OperationState.DONE, OperationState.UNDONE):
            dropped.append(row.id)
    drop_steps(connection, _without_discards(connection, dropped) if dropped else ())


def _without_discards(connection: Connection, ids: Sequence[int]) -> list[int]:
    # Late: looks at it every so many steps, when there are too many.
    from refman.storage.discards import steps_with_discards

    lying = steps_with_discards(connection, ids)
    return [one for one in ids if one not in lying]


def drop_steps(connection: Connection, ids: Sequence[int]) -> None:
    """Forgets steps with their changes."""
    if ids:
        for statement in (_LOSE, _DROP_CHANGES, _DROP_STEPS):
            connection.execute(statement, as_list(ids))


def set_state(connection: Connection, step_id: int, state: OperationState, *, version: int) -> None:
    """The step was undone or done again."""
    connection.execute(_SET_STATE, {"step_id": step_id, "state": state.value, "version": version})


def change_ids(connection: Connection, step_id: int) -> list[int]:
    """The changes of a step in the order in which they were made."""
    return list(connection.scalars(_CHANGE_IDS, {"step_id": step_id}))


def read_changes(connection: Connection, ids: Sequence[int]) -> Iterator[Change]:
    """Changes in the order of `ids`; those that may be large (an image, a text) are read one at a time."""
    for start in range(0, len(ids), _READ_AT_ONCE):
        part = ids[start : start + _READ_AT_ONCE]
        short = {row.id: row for row in connection.execute(_SHORT_CHANGES, as_list(part))}
        for change_id in part:
            yield to_change(short.get(change_id) or connection.execute(_CHANGE, {"change_id": change_id}).one())


def set_image(connection: Connection, change_id: int, image: bytes | None) -> None:
    """Keeps the rows of papers that are gone, or forgets those that are back."""
    connection.execute(_SET_IMAGE, {"change_id": change_id, "new_image": image})


def this_process() -> str:
    """Names this process for good: pid, host, and when it started where the system tells (pids are used again)."""
    return f"{os.getpid()} {socket.gethostname()} {_started(os.getpid())}"


def is_alive(owner: str | None) -> bool:
    """False when the process is known to be gone; one of another host cannot be asked and counts as alive."""
    pid, host, started = (owner or "0  ").split(" ", 2)
    if host and host != socket.gethostname():
        return True
    return _exists(int(pid)) and _started(int(pid)) == started


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


def _started(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            # The name in parentheses may hold blanks; the start is field 22 of proc(5).
            return file.read().rpartition(")")[2].split()[19]
    except OSError:
        return ""
