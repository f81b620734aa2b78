"""Notes: added, edited, deleted, undone."""

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.paper import NoteId, PaperId
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import draft, store_draft


@pytest.fixture
def paper_id(library: Library) -> PaperId:
    """A paper."""
    return store_draft(library, draft("One", key="one"))


def _texts(library: Library, paper_id: PaperId) -> list[str]:
    return [note.text for note in library.notes(paper_id)]


def test_a_note_is_kept_as_typed(library: Library, paper_id: PaperId, clock: FakeClock) -> None:
    outcome = library.add_note(paper_id, "# Idea\r\n\n- item  \n")
    (note,) = library.notes(paper_id)
    assert (note.id, note.text, note.added) == (outcome.note_id, "# Idea\n\n- item  \n", clock.now())
    assert outcome.message == "Note added to one"
    assert outcome.changes.operation
    assert outcome.changes.operation.kind is OperationKind.NOTE
    library.undo()
    assert _texts(library, paper_id) == []


def test_an_empty_note_is_refused(library: Library, paper_id: PaperId) -> None:
    with pytest.raises(InvalidValue, match="empty"):
        library.add_note(paper_id, " \n")


def test_notes_stand_in_their_order_and_are_edited(library: Library, paper_id: PaperId) -> None:
    first = library.add_note(paper_id, "first").note_id
    library.add_note(paper_id, "second")
    assert first is not None
    outcome = library.edit_note(first, "changed", expected="first")
    assert (outcome.note_id, outcome.message) == (first, "Note of one changed")
    assert _texts(library, paper_id) == ["changed", "second"]
    assert library.edit_note(first, "changed").is_nothing
    note = library.note(first)
    assert note
    assert note.text == "changed"


def test_a_note_that_another_hand_changed_is_a_conflict(library: Library, paper_id: PaperId) -> None:
    note_id = library.add_note(paper_id, "first").note_id
    assert note_id is not None
    library.edit_note(note_id, "theirs")
    with pytest.raises(ConflictError, match="note of one was changed elsewhere"):
        library.edit_note(note_id, "mine", expected="first")
    assert _texts(library, paper_id) == ["theirs"]


def test_a_note_is_deleted(library: Library, paper_id: PaperId) -> None:
    note_id = library.add_note(paper_id, "first").note_id
    assert note_id is not None
    assert library.delete_note(note_id).message == "Note of one deleted"
    assert _texts(library, paper_id) == []
    library.undo()
    assert _texts(library, paper_id) == ["first"]


def test_what_is_gone_is_named(library: Library) -> None:
    with pytest.raises(NotFound, match="paper"):
        library.add_note(PaperId(9), "text")
    with pytest.raises(NotFound, match="no note 9"):
        library.edit_note(NoteId(9), "x")
    with pytest.raises(NotFound, match="no note 9"):
        library.delete_note(NoteId(9))
    assert library.note(NoteId(9)) is None
    assert library.notes(PaperId(9)) == []
