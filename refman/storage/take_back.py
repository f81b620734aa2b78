"""Taking back a bulk step that did not come to its end: cancelled, failed, or cut off by a crash."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, select

from refman.domain.changes import OperationState
from refman.domain.errors import ConflictError
from refman.domain.frozen import dataclass
from refman.storage.journal import LONGEST_RUN, Change, ChangeKind, Step
from refman.storage.journal_tables import change, operation
from refman.storage.journal_writes import bump_without_a_step, change_ids, drop_steps, is_alive, read_changes
from refman.storage.reads import as_list, in_list
from refman.storage.replay import replay, with_free_keys
from refman.storage.tables import block, paper_source, paper_tag, source, source_chunk
from refman.storage.transaction import WriteSide
from refman.storage.values import from_json
from refman.storage.writer import SqliteWriter

_AT_A_TIME = 40
"""Rows of `change` in one transaction: up to 10,000 papers."""

_RUNNING = select(operation.c.id, operation.c.owner, operation.c.name).where(
    operation.c.state == OperationState.RUNNING
)
_TOUCHED_LATER = (
    select(change.c.first_id, change.c.last_id)
    .where(change.c.operation_id > bindparam("step_id"), change.c.first_id.is_not(None))
    .distinct()
)
_ADDED_BY_STEP = select(1).where(
    change.c.operation_id == bindparam("step_id"),
    change.c.kind == ChangeKind.ADDED,
    # Runs are short, so this is a narrow range of the index.
    change.c.first_id.between(paper_tag.c.paper_id - LONGEST_RUN + 1, paper_tag.c.paper_id),
    change.c.last_id >= paper_tag.c.paper_id,
)
_OTHER_CARRIERS = select(paper_tag.c.paper_id).where(
    paper_tag.c.tag_id == bindparam("tag_id"), ~_ADDED_BY_STEP.exists()
)
_CARRIERS = select(paper_tag.c.paper_id).where(paper_tag.c.tag_id == bindparam("tag_id"))
_SOURCES = select(change.c.id).where(change.c.operation_id == bindparam("step_id"), change.c.kind == ChangeKind.SOURCE)
_DROP_CHANGES = delete(change).where(change.c.id.in_(in_list()))
_UNUSED = (
    select(source.c.id)
    .where(source.c.id.in_(in_list()))
    .where(~select(1).where(paper_source.c.source_id == source.c.id).exists())
    .where(~select(1).where(block.c.source_id == source.c.id).exists())
)


def take_back_abandoned(writes: WriteSide) -> tuple[str, ...]:
    """Takes back the running steps of processes that are gone; their names."""
    with writes.transaction() as connection:
        abandoned = {row.id: row.name for row in connection.execute(_RUNNING) if not is_alive(row.owner)}
    for step_id in abandoned:
        take_back(writes, step_id)
    return tuple(abandoned.values())


def take_back(writes: WriteSide, step_id: int) -> None:
    """Undoes what is stored of a running step and forgets it, in several transactions.

    Papers that a later step touched stay: a person's edit is never lost. A crash half-way leaves the rest to the next
    start. Raises: as `WriteSide.transaction`.
    """
    while _take_back_some(writes, step_id):
        pass


def _take_back_some(writes: WriteSide, step_id: int) -> bool:
    """Takes back the newest changes that are left; False when the step is gone."""
    with writes.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        writer = writes.writer(connection, Step(is_replay=True))
        newest = _sources_first(connection, step_id)[-_AT_A_TIME:]
        touched = _touched_later(writer, step_id)
        for row in list(read_changes(connection, newest))[::-1]:
            _take_back_one(writer, row, _Rest(step_id, touched))
        connection.execute(_DROP_CHANGES, as_list(newest))
        is_over = len(newest) < _AT_A_TIME
        if is_over:
            drop_steps(connection, [step_id])
        writer.indexes.flush()
        bump_without_a_step(connection)
        connection.commit()
    return not is_over


def _sources_first(connection: Connection, step_id: int) -> list[int]:
    """The changes in their order, but a source goes last of all: its papers may have been stored before it."""
    sources = set(connection.scalars(_SOURCES, {"step_id": step_id}))
    return sorted(change_ids(connection, step_id), key=lambda change_id: change_id not in sources)


def _touched_later(writer: SqliteWriter, step_id: int) -> set[int]:
    rows = writer.connection.execute(_TOUCHED_LATER, {"step_id": step_id})
    return {paper_id for first, last in rows for paper_id in range(first or 0, (last or 0) + 1)}


@dataclass(frozen=True, slots=True)
class _Rest:
    """The step that is taken back, and the papers that later steps touched."""

    step_id: int
    touched: set[int]


def _take_back_one(writer: SqliteWriter, row: Change, rest: _Rest) -> None:
    if row.kind is ChangeKind.ADDED:
        writer.drop_papers(paper_id for paper_id in row.ids if paper_id not in rest.touched)
    elif row.kind is ChangeKind.SOURCE:
        _drop_unused_source(writer, [int(row.subject)])
    elif not _is_in_use(writer, row, rest):
        try:
            replay(writer, with_free_keys(writer, row), is_forward=False)
        except ConflictError:
            # Somebody changed it meanwhile; theirs stays.
            return


def _is_in_use(writer: SqliteWriter, row: Change, rest: _Rest) -> bool:
    """True for a new tag that a paper which stays carries; else nobody carries it any more."""
    if not makes_tag(row):
        return False
    if is_tag_needed(writer.connection, row, step_id=rest.step_id, touched=rest.touched):
        return True
    tag_id = from_json(row.subject)[0]
    writer.drop(tag_id, writer.connection.scalars(_CARRIERS, {"tag_id": tag_id}).all())
    return False


def makes_tag(row: Change) -> bool:
    """True for a new tag; one that was deleted for good has neither `before` nor `after`."""
    return row.kind is ChangeKind.TAG and row.before is None and row.after is not None


def is_tag_needed(connection: Connection, row: Change, *, step_id: int, touched: set[int]) -> bool:
    """True when a paper carries the tag that stays when the step goes: one of another step, or a touched one."""
    tag_id = from_json(row.subject)[0]
    if connection.scalars(_OTHER_CARRIERS, {"tag_id": tag_id, "step_id": step_id}).first() is not None:
        return True
    return not touched.isdisjoint(connection.scalars(_CARRIERS, {"tag_id": tag_id}))


def _drop_unused_source(writer: SqliteWriter, ids: Iterable[int]) -> None:
    unused = as_list(writer.connection.scalars(_UNUSED, as_list(ids)))
    writer.connection.execute(delete(source_chunk).where(source_chunk.c.source_id.in_(in_list())), unused)
    writer.connection.execute(delete(source).where(source.c.id.in_(in_list())), unused)
