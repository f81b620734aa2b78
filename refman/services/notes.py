"""Notes: Markdown texts of a paper."""

from dataclasses import replace

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.paper import NoteId, PaperId
from refman.domain.ports import Clock, Store, Writer
from refman.services.labels import papers_label
from refman.services.operations import Step, change, run
from refman.services.outcome import Outcome, Sentence, outcome_of


def add_note(store: Store, clock: Clock, *, paper_id: PaperId, text: str) -> Outcome:
    """Adds a note; its id is `note_id` of the outcome. Raises: InvalidValue when it is empty, NotFound."""
    note = _with_line_ends(text)
    if not note.strip():
        raise InvalidValue("empty-note", "The note is empty, so nothing was added.")
    label = papers_label(store, [paper_id])
    step = Step(OperationKind.NOTE, f"Add a note to {label}")
    note_id, changes = run(store, step, lambda writer: writer.add_note(paper_id, note, when=clock.now()))
    return outcome_of(changes, Sentence("note-added", f"Note added to {label}", (label,)), note_id=note_id)


def edit_note(
    store: Store, clock: Clock, *, note_id: NoteId, text: str, expected: str | None = None, merge_key: str = ""
) -> Outcome:
    """Replaces the text of a note. `expected` is what the editor began with.

    Raises: NotFound, ConflictError when the stored text is not the expected one.
    """
    label = _label_of_note(store, note_id)

    def work(writer: Writer) -> None:
        found = writer.note(note_id)
        if found and expected is not None and found[1].text != expected:
            raise ConflictError("note-changed", f"The note of {label} was changed elsewhere meanwhile.", label)
        writer.edit_note(note_id, _with_line_ends(text), when=clock.now())

    step = Step(OperationKind.NOTE, f"Edit a note of {label}", merge_key)
    done = change(store, step, work, done=Sentence("note-edited", f"Note of {label} changed", (label,)))
    return done if done.is_nothing else replace(done, note_id=note_id)


def delete_note(store: Store, note_id: NoteId) -> Outcome:
    """Deletes a note. Raises: NotFound."""
    label = _label_of_note(store, note_id)
    step = Step(OperationKind.NOTE, f"Delete a note of {label}")
    done = Sentence("note-deleted", f"Note of {label} deleted", (label,))
    return change(store, step, lambda writer: writer.delete_note(note_id), done=done)


def _label_of_note(store: Store, note_id: NoteId) -> str:
    with store.read() as reader:
        found = reader.note(note_id)
    if not found:
        raise NotFound("no-note", f"There is no note {note_id} in this library; check its number.", str(note_id))
    return papers_label(store, [found[0]])


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
