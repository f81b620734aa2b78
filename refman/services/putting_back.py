"""Putting an older value of a paper back."""

from refman.domain.changes import OperationKind
from refman.domain.errors import NotFound
from refman.domain.fields import field_of
from refman.domain.listing import HistoryEntry
from refman.domain.paper import PaperId
from refman.domain.ports import Store
from refman.services.labels import papers_label
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence

_KINDS = {
    "key": OperationKind.RENAME_KEY,
    "tag": OperationKind.TAG,
    "note": OperationKind.NOTE,
    "file": OperationKind.ATTACH,
}


def put_back(store: Store, paper_id: PaperId, entry_id: int) -> Outcome:
    """Writes the value before an entry of the history again; what it is now stays in the history.

    The parts of a date that changed together are put back together. Raises: NotFound, ConflictError.
    """
    entry = _entry(store, paper_id, entry_id)
    label, name = papers_label(store, [paper_id]), field_label(entry.field)
    step = Step(_KINDS.get(entry.field, OperationKind.EDIT), f"Put the earlier {name} of {label} back")
    done = Sentence("put-back", f"Earlier {name} of {label} put back", (name, label))
    return change(store, step, lambda writer: writer.put_back(paper_id, entry_id), done=done)


def field_label(field: str) -> str:
    """The label of a field inside a sentence; abbreviations (`DOI`) keep their capitals."""
    if field in ("tag", "note", "file"):
        return field
    label = field_of(field).label
    return label if label.isupper() else label[:1].lower() + label[1:]


def _entry(store: Store, paper_id: PaperId, entry_id: int) -> HistoryEntry:
    with store.read() as reader:
        found = next((one for one in reader.history_of(paper_id) if one.id == entry_id), None)
    if found is None:
        raise NotFound(
            "no-such-value",
            f"There is no value {entry_id} in the history of this paper; see refman history KEY.",
            str(entry_id),
        )
    if not found.is_restorable:
        raise NotFound(
            "no-value-before", f"There was no {found.field or 'value'} before {entry_id} that could be put back."
        )
    return found
