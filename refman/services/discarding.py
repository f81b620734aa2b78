"""Notes, tags and files in the trash: taking them out, deleting them for good."""

from collections.abc import Sequence

from refman.domain.changes import OperationKind
from refman.domain.discards import Discard, DiscardId, DiscardKind
from refman.domain.errors import NotFound
from refman.domain.ports import Store
from refman.domain.tags import show_tag
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of

_LONGEST = 40


def restore(store: Store, ids: Sequence[DiscardId]) -> Outcome:
    """Puts things back where they were; a tag goes on the papers that are still there. Raises: NotFound."""
    label = _label(store, ids)
    step = Step(OperationKind.RESTORE, f"Take {label} out of the trash")
    done = Sentence("restored", f"{label} taken out of the trash", (label,))
    return change(store, step, lambda writer: writer.restore_discards(ids), done=done)


def delete_for_good(store: Store, ids: Sequence[DiscardId]) -> Outcome:
    """Removes things from the trash; undo still brings them back. Raises: NotFound."""
    label = _label(store, ids)
    step = Step(OperationKind.PURGE, f"Delete {label} for good")
    done = Sentence("deleted-for-good", f"{label} deleted for good", (label,))
    return change(store, step, lambda writer: writer.forget_discards(ids), done=done)


def title_of(discard: Discard) -> str:
    """What a thing is called on one line: the first line of a note, the name of a tag, the title of a file."""
    if discard.kind is DiscardKind.TAG:
        return show_tag(discard.what)
    return next((line.strip() for line in discard.what.splitlines() if line.strip()), "")


def _label(store: Store, ids: Sequence[DiscardId]) -> str:
    """Raises: NotFound for a thing that is not in the trash."""
    with store.read() as reader:
        lying = {one.id: one for one in reader.discards()}
    for one in ids:
        if one not in lying:
            raise NotFound(
                "not-in-trash",
                f"There is nothing with the number {one} in the trash; see refman trash list.",
                str(one),
            )
    wanted = [lying[one] for one in dict.fromkeys(ids)]
    if len(wanted) != 1:
        return things_label(len(wanted))
    [only] = wanted
    of = f" of {_shortened(only.paper)}" if only.paper else ""
    # The text of a note is its own and stands in no journal of steps.
    name = "" if only.kind is DiscardKind.NOTE else f" {_shortened(title_of(only))}"
    return f"the {only.kind.value}{name}{of}"


def things_label(number: int) -> str:
    """How many notes, tags and files."""
    return count_of(number, "deleted thing")


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else name[:_LONGEST].rstrip() + "…"
