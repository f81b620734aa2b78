"""The trash: deleting, taking back, emptying. Many papers take turns with whoever else writes, and are one step."""

from collections.abc import Iterator, Sequence

from refman.domain.changes import OperationKind
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Store, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.query import InTrash
from refman.services.labels import papers_label
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of

_TRASHED = Listing(InTrash())
_CHUNK = 1000
"""So many papers take about a tenth of a second: as long whoever writes an edit waits at most."""


def trash(store: Store, clock: Clock, ids: Sequence[PaperId], progress: Progress) -> Outcome:
    """Puts papers into the trash; those in it already stay as they are. Raises: Cancelled; then nothing was done."""
    label = papers_label(store, ids)
    step = Step(OperationKind.TRASH, f"Delete {label}")
    # One time for all of them: undo compares it.
    now = clock.now()

    def work(writer: Writer) -> None:
        for part in _in_turns(writer, ids, progress, step.name):
            writer.set_trashed([paper.id for paper in writer.rows(part) if not paper.is_trashed], now)

    return change(store, step, work, done=Sentence("trashed", f"{label} moved to the trash", (label,)))


def restore(store: Store, ids: Sequence[PaperId], progress: Progress) -> Outcome:
    """Takes papers out of the trash. Raises: Cancelled; then nothing was done."""
    label = papers_label(store, ids)
    step = Step(OperationKind.RESTORE, f"Take {label} out of the trash")

    def work(writer: Writer) -> None:
        for part in _in_turns(writer, ids, progress, step.name):
            writer.set_trashed(part, None)

    return change(store, step, work, done=Sentence("restored", f"{label} taken out of the trash", (label,)))


def empty(store: Store, progress: Progress) -> Outcome:
    """Removes everything in the trash for good; undo still brings it back. Raises: Cancelled; then nothing was done."""
    with store.read() as reader:
        label = count_of(reader.hits(_TRASHED, first=0).count, "paper")
    step = Step(OperationKind.PURGE, f"Empty the trash ({label})")

    def work(writer: Writer) -> None:
        ids = [PaperId(paper_id) for paper_id in writer.ids(_TRASHED)]
        for part in _in_turns(writer, ids, progress, step.name):
            # What somebody took out of the trash meanwhile stays.
            writer.purge([paper.id for paper in writer.rows(part) if paper.is_trashed])

    return change(store, step, work, done=Sentence("trash-emptied", f"Trash emptied: {label} removed", (label,)))


def _in_turns(writer: Writer, ids: Sequence[PaperId], progress: Progress, name: str) -> Iterator[Sequence[PaperId]]:
    """The papers part by part; between two parts whoever waits has a turn. Raises: Cancelled."""
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        if start:
            writer.give_turn()
        progress.report(start, len(ids), name)
        yield ids[start : start + _CHUNK]
