"""Undo and redo of a step: in one transaction while that is short, else in several with a turn for others between.

A step that is half undone says in the journal how far it is (`half_undone.py`). Whatever ends the work early turns it
round; a crash leaves the rest to the next opening (`settle_abandoned`). Reasons: docs/decisions/0055.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from sqlalchemy import Connection, bindparam, select

from refman.domain.changes import Operation, OperationId, OperationState
from refman.domain.errors import ConflictError, LibraryBusy, NothingToRedo, NothingToUndo, RefmanError
from refman.domain.progress import NoProgress, Progress, stop_if_cancelled
from refman.storage.half_undone import HalfUndone, half_undone, save_boundary, touched_later, undo_or_leave
from refman.storage.history import HistoryReads
from refman.storage.journal import Step
from refman.storage.journal_tables import operation
from refman.storage.journal_writes import (
    bump_version,
    change_ids,
    drop_steps,
    is_alive,
    read_changes,
    set_image,
    set_state,
)
from refman.storage.replay import alike, conflict, replay_alike, takes_papers
from refman.storage.transaction import WriteSide
from refman.storage.writer import SqliteWriter

TURN_S = 0.2
"""How long one transaction of an undo replays changes; index and commit of what it did take about as long again."""
_PATIENCE_S = 600.0
"""How long a step that is half undone waits for its turn: giving up would leave it so until the next opening."""

_DONE_LATER = select(operation.c.id).where(
    operation.c.id > bindparam("step_id"), operation.c.state == OperationState.DONE
)


def replay_last(
    writes: WriteSide, step: Step, progress: Progress, *, only: OperationId | None = None, is_forward: bool
) -> Operation:
    """Takes back the last step, or does the last undone one again; `step` collects what the views must know.

    With `only` it is that step or none: another may have been made since somebody looked.

    Raises: NothingToUndo, NothingToRedo, ConflictError, Cancelled, LibraryBusy ...; the step is then as it was.
    """
    settle_abandoned(writes)
    work = _Work(writes, step, progress)
    try:
        with writes.transaction() as connection:
            _check_nobody_works(connection)
            work.operation = _next_step(connection, only, is_forward=is_forward)
            return work.replay_all(connection, is_forward=is_forward)
    except RefmanError:
        if not work.is_in_turns or not work.turn_round(is_forward=is_forward) or is_forward:
            raise
    except BaseException:
        if work.is_in_turns:
            work.turn_round(is_forward=is_forward)
        raise
    # It was to be stopped, but others have taken the place of what was gone already: it is undone to the end.
    return replace(work.operation, state=OperationState.UNDONE)


def settle_abandoned(writes: WriteSide) -> None:
    """Undoes the rest of a step whose undo or redo was cut off with its process."""
    with writes.transaction() as connection:
        found = half_undone(connection)
        if found is None or is_alive(found.owner):
            return
        work = _Work(writes, Step(is_replay=True), NoProgress())
        work.operation = HistoryReads(connection).step_of(found.step_id)
    work.undo_the_rest()


def _check_nobody_works(connection: Connection) -> None:
    found = half_undone(connection)
    if found is not None:
        name = HistoryReads(connection).step_of(found.step_id).name
        raise LibraryBusy(
            "step-in-work",
            f'"{name}" is being undone or done again by another program or task; wait until it is done and try again.',
            name,
        )


def _next_step(connection: Connection, only: OperationId | None, *, is_forward: bool) -> Operation:
    reader = HistoryReads(connection)
    found = reader.redoable() if is_forward else reader.undoable()
    if found is None and is_forward:
        raise NothingToRedo("nothing-to-redo", "There is no step to do again.")
    if found is None:
        raise NothingToUndo("nothing-to-undo", "There is no step to undo.")
    if only is not None and found.id != only:
        raise ConflictError(
            "undo-not-last", f"Something was done since: {found.name}. Undo that first (Ctrl+Z).", found.name
        )
    return found


class _Work:
    """One undo or redo on its way."""

    operation: Operation

    def __init__(self, writes: WriteSide, step: Step, progress: Progress) -> None:
        self._writes = writes
        self._step = step
        self._progress = progress
        self.is_in_turns = False
        """True as soon as a part of it may be committed."""

    def replay_all(self, connection: Connection, *, is_forward: bool) -> Operation:
        """Replays the whole step in the transaction of the caller, and in further ones after it."""
        ids = change_ids(connection, self.operation.id)
        return self._replay(connection, ids if is_forward else ids[::-1], is_forward=is_forward)

    def turn_round(self, *, is_forward: bool) -> bool:
        """Makes a step that is half undone or half done again what it was; True when it is undone in the end.

        Where others have taken what an undo has freed (a key), what is left of the step is undone too.
        """
        if is_forward:
            self.undo_the_rest()
            return True
        self._progress = NoProgress()
        try:
            with self._writes.transaction(_PATIENCE_S) as connection:
                found = half_undone(connection)
                if found is not None:
                    ids = change_ids(connection, self.operation.id)
                    self._replay(connection, [one for one in ids if one >= found.boundary], is_forward=True)
        except ConflictError:
            self.undo_the_rest()
            return True
        return False

    def undo_the_rest(self) -> None:
        """Undoes what is done of the step, but for what others have changed since: theirs stays."""
        with self._writes.transaction(_PATIENCE_S) as connection:
            found = half_undone(connection)
            if found is None:
                return
            began = monotonic()
            ids = [one for one in change_ids(connection, found.step_id) if one < found.boundary]
            for row in read_changes(connection, ids[::-1]):
                if monotonic() - began >= TURN_S and self._next_turn(connection, row.id + 1, is_forward=False):
                    began = monotonic()
                touched = touched_later(connection, found.step_id)
                # A writer of its own: what one change left half done, the index included, is forgotten with it.
                writer = self._writes.writer(connection, self._step)
                undo_or_leave(writer, row, step_id=found.step_id, touched=touched)
            self._end(connection, OperationState.UNDONE)

    def _replay(self, connection: Connection, ids: Sequence[int], *, is_forward: bool) -> Operation:
        """Replays changes in the order of `ids`, all or none as far as this transaction goes."""
        writer, touched, began = self._begin_turn(connection)
        done = 0
        for changes in alike(read_changes(connection, ids)):
            row = changes[0]
            stop_if_cancelled(self._progress)
            self._progress.report(done, len(ids), self.operation.name)
            if done and monotonic() - began >= TURN_S:
                writer.indexes.flush()
                if self._next_turn(connection, row.id if is_forward else row.id + 1, is_forward=is_forward):
                    writer, touched, began = self._begin_turn(connection)
            if takes_papers(row, is_forward=is_forward) and not touched.isdisjoint(row.ids):
                raise conflict()
            replayed = replay_alike(writer, changes, is_forward=is_forward)
            if replayed.image is not row.image:
                set_image(connection, row.id, replayed.image)
            done += len(changes)
        writer.indexes.flush()
        return self._end(connection, OperationState.DONE if is_forward else OperationState.UNDONE)

    def _begin_turn(self, connection: Connection) -> tuple[SqliteWriter, set[int], float]:
        """A writer, the papers that others have touched since the step, and the time."""
        # In between a row may belong to one that comes later.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        touched = touched_later(connection, self.operation.id)
        return self._writes.writer(connection, self._step), touched, monotonic()

    def _next_turn(self, connection: Connection, boundary: int, *, is_forward: bool) -> bool:
        """Commits what was replayed so far, gives way to whoever waits and begins the next transaction.

        False while rows belong to some that come later (papers to a tag): then the transaction goes on.
        """
        state = OperationState.REDOING if is_forward else OperationState.UNDOING
        save_boundary(connection, HalfUndone(self.operation.id, "", boundary), state, version=bump_version(connection))
        if not self._writes.commit_if_whole(connection):
            return False
        self.is_in_turns = True
        self._writes.next_turn(connection)
        return True

    def _end(self, connection: Connection, state: OperationState) -> Operation:
        """Says in the journal that the work is done, and commits."""
        step_id = self.operation.id
        set_state(connection, step_id, state, version=bump_version(connection))
        done = HistoryReads(connection).step_of(OperationId(step_id))
        if state is OperationState.UNDONE and connection.execute(_DONE_LATER, {"step_id": step_id}).first():
            # Somebody made a step meanwhile, and a new step drops what could be redone.
            drop_steps(connection, [step_id])
        connection.commit()
        return done
