"""The trash: deleting, taking back, emptying."""

from collections.abc import Sequence

from refman.domain.changes import OperationKind
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Store, Writer
from refman.domain.query import InTrash
from refman.services.labels import papers_label
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of

_TRASHED = Listing(InTrash())


def trash(store: Store, clock: Clock, ids: Sequence[PaperId]) -> Outcome:
    """Puts papers into the trash; those in it already stay as they are."""
    label = papers_label(store, ids)
    step = Step(OperationKind.TRASH, f"Delete {label}")

    def work(writer: Writer) -> None:
        fresh = [paper.id for paper in writer.rows(ids) if not paper.is_trashed]
        writer.set_trashed(fresh, clock.now())

    return change(store, step, work, done=Sentence("trashed", f"{label} moved to the trash", (label,)))


def restore(store: Store, ids: Sequence[PaperId]) -> Outcome:
    """Takes papers out of the trash."""
    label = papers_label(store, ids)
    step = Step(OperationKind.RESTORE, f"Take {label} out of the trash")
    done = Sentence("restored", f"{label} taken out of the trash", (label,))
    return change(store, step, lambda writer: writer.set_trashed(ids, None), done=done)


def empty(store: Store) -> Outcome:
    """Removes everything in the trash for good; undo still brings it back."""
    with store.read() as reader:
        label = count_of(reader.hits(_TRASHED, first=0).count, "paper")
    step = Step(OperationKind.PURGE, f"Empty the trash ({label})")

    def work(writer: Writer) -> None:
        writer.purge([PaperId(paper_id) for paper_id in writer.ids(_TRASHED)])

    return change(store, step, work, done=Sentence("trash-emptied", f"Trash emptied: {label} removed", (label,)))
