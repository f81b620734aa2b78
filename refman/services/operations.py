"""Every change of a library goes through `run`: one transaction, one step of the journal, one summary."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from refman.domain.changes import Changes, Operation, OperationId, OperationKind
from refman.domain.errors import RefmanError
from refman.domain.frozen import dataclass
from refman.domain.ports import Store, Writer
from refman.domain.progress import NoProgress, Progress
from refman.services.linking.rename_folder import has_records
from refman.services.outcome import Outcome, Sentence, outcome_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """How the journal calls an operation; steps with one `merge_key` within 2 s become one."""

    kind: OperationKind
    name: str
    merge_key: str = ""


def run(store: Store, step: Step, work: Callable[[Writer], T]) -> tuple[T, Changes]:
    """Does the work as one operation; what an exception leaves half done is taken back.

    Raises: whatever `work` raises, LibraryBusy, LibraryReadOnly, DiskFull.
    """
    with store.write() as writer:
        writer.journal(step.kind, step.name, merge_key=step.merge_key)
        result = work(writer)
    return result, store.last_changes()


def change(store: Store, step: Step, work: Callable[[Writer], None], *, done: Sentence) -> Outcome:
    """`run` for work without a result; the name of the step says what to do (again), `done` what has happened."""
    _, changes = run(store, step, work)
    return outcome_of(changes, done)


def undo(store: Store, progress: Progress | None = None, *, only: OperationId | None = None) -> Outcome:
    """Takes back the last step, whoever made it. Raises: NothingToUndo, ConflictError."""
    operation = store.undo(progress or NoProgress(), only=only)
    changes = replace(store.last_changes(), operation=operation)
    name = operation.name + _files_of(store, operation, is_done=False)
    return Outcome(changes, f"Undone: {name}", "undone", (name,))


def redo(store: Store, progress: Progress | None = None, *, only: OperationId | None = None) -> Outcome:
    """Does the last undone step again. Raises: NothingToRedo, ConflictError."""
    operation = store.redo(progress or NoProgress(), only=only)
    changes = replace(store.last_changes(), operation=operation)
    name = operation.name + _files_of(store, operation, is_done=True)
    return Outcome(changes, f"Done again: {name}", "redone", (name,))


def settle_files(store: Store) -> None:
    """Finishes or takes back what a crash left half done in files outside; what cannot be done now waits."""
    if not has_records(store.location):
        return
    # Late: loads the formats.
    from refman.services.linking.rename_following import settle_left_overs

    with suppress(RefmanError, OSError):
        settle_left_overs(store)


def _files_of(store: Store, operation: Operation, *, is_done: bool) -> str:
    """A renamed key takes the files along that it was renamed in; what is said of them."""
    if operation.kind is not OperationKind.RENAME_KEY or not has_records(store.location):
        return ""
    # Late: loads the formats.
    from refman.services.linking.rename_following import follow_step

    return follow_step(store, int(operation.id), is_done=is_done).said
