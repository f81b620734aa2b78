"""The trash: deleting, taking back, emptying. Many papers take turns with whoever else writes, and are one step."""

from collections.abc import Iterator, Sequence

from refman.domain.changes import OperationKind
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Store, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.query import InTrash
from refman.services.discarding import things_label
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


def delete_for_good(store: Store, ids: Sequence[PaperId], progress: Progress) -> Outcome:
    """Removes papers that are in the trash; undo still brings them back. Raises: Cancelled; then nothing was done."""
    with store.read() as reader:
        lying = [row.id for row in reader.rows(list(dict.fromkeys(ids))) if row.is_trashed]
    label = papers_label(store, lying)
    step = Step(OperationKind.PURGE, f"Delete {label} for good")
    done = Sentence("deleted-for-good", f"{label} deleted for good", (label,))
    return change(store, step, lambda writer: _purge(writer, lying, progress, step.name), done=done)


def empty(store: Store, progress: Progress) -> Outcome:
    """Removes everything in the trash for good; undo still brings it back. Raises: Cancelled; then nothing was done."""
    with store.read() as reader:
        label = _contents(reader.hits(_TRASHED, first=0).count, len(reader.discards()))
    step = Step(OperationKind.PURGE, f"Empty the trash ({label})")

    def work(writer: Writer) -> None:
        # First: what belongs to a paper that goes would go with it, and come back with its undo.
        things = [one.id for one in writer.discards()]
        for start in range(0, len(things), _CHUNK):
            writer.forget_discards(things[start : start + _CHUNK])
            _next_turn(writer, progress)
        _purge(writer, [PaperId(paper_id) for paper_id in writer.ids(_TRASHED)], progress, step.name)

    return change(store, step, work, done=Sentence("trash-emptied", f"Trash emptied: {label} removed", (label,)))


def _contents(papers: int, things: int) -> str:
    """`3 papers`, `2 deleted things`, or both."""
    if not things:
        return count_of(papers, "paper")
    return things_label(things) if not papers else f"{count_of(papers, 'paper')}, {things_label(things)}"


def _purge(writer: Writer, ids: Sequence[PaperId], progress: Progress, name: str) -> None:
    for part in _in_turns(writer, ids, progress, name):
        # What somebody took out of the trash meanwhile stays.
        writer.purge([paper.id for paper in writer.rows(part) if paper.is_trashed])


def _next_turn(writer: Writer, progress: Progress) -> None:
    stop_if_cancelled(progress)
    writer.give_turn()


def _in_turns(writer: Writer, ids: Sequence[PaperId], progress: Progress, name: str) -> Iterator[Sequence[PaperId]]:
    """The papers part by part; between two parts whoever waits has a turn. Raises: Cancelled."""
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        if start:
            writer.give_turn()
        progress.report(start, len(ids), name)
        yield ids[start : start + _CHUNK]
