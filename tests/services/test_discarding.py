"""Notes, tags and files in the trash: in, out, for good, and back."""

from pathlib import Path

import pytest

from refman.domain.discards import DiscardKind
from refman.domain.errors import NotFound
from refman.domain.paper import Note, PaperId
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import draft, store_draft, stored_paper


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    """Three papers."""
    return [store_draft(library, draft(title, key=title.lower())) for title in ("One", "Two", "Three")]


def _note(library: Library, paper_id: PaperId, text: str) -> Note:
    made = library.add_note(paper_id, text).note_id
    return next(one for one in library.notes(paper_id) if one.id == made)


def _lying(library: Library) -> list[tuple[DiscardKind, str, str, int]]:
    return [(one.kind, one.what, one.paper, one.papers) for one in library.discards()]


def test_a_deleted_note_lies_in_the_trash_and_comes_back_as_it_was(
    library: Library, ids: list[PaperId], clock: FakeClock
) -> None:
    note = _note(library, ids[0], "# Read again\n\nsection 3")
    clock.pass_seconds(60)
    library.delete_note(note.id)
    [lying] = library.discards()
    assert (lying.kind, lying.what, lying.paper_id, lying.paper, lying.when) == (
        DiscardKind.NOTE,
        "# Read again\n\nsection 3",
        ids[0],
        "one",
        clock.now(),
    )
    clock.pass_seconds(60)
    assert library.restore_discards([lying.id]).message == "the note of one taken out of the trash"
    assert library.notes(ids[0]) == [note]
    assert library.discards() == []
    library.undo()
    assert library.discards() == [lying]
    library.undo()
    assert library.discards() == []
    assert library.notes(ids[0]) == [note]


def test_a_file_comes_back(library: Library, ids: list[PaperId], tmp_path: Path) -> None:
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"%PDF-1.4 scan")
    library.attach(ids[1], paper, copy=True)
    [file] = stored_paper(library, ids[1]).attachments
    library.remove_attachment(file.id)
    assert _lying(library) == [(DiscardKind.FILE, file.title or file.path, "two", 1)]
    library.restore_discards([library.discards()[0].id])
    assert stored_paper(library, ids[1]).attachments == (file,)
    assert library.attachment_path(file).read_bytes() == b"%PDF-1.4 scan"


def test_a_deleted_tag_comes_back_on_its_papers(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids[:2], ["rl"])
    library.tag(ids[2:], ["rl/planning"])
    library.set_tag_colour("rl", 3)
    before = (library.tags(), library.papers(ids))
    library.delete_tag("rl")
    assert sorted(_lying(library), key=lambda one: one[1]) == [
        (DiscardKind.TAG, "rl", "", 2),
        (DiscardKind.TAG, "rl/planning", "", 1),
    ]
    assert library.restore_discards([one.id for one in library.discards()]).message == (
        "2 deleted things taken out of the trash"
    )
    assert (library.tags(), library.papers(ids)) == before
    assert library.discards() == []


def test_a_tag_that_was_made_again_takes_the_papers_in(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids[:2], ["rl"])
    library.delete_tag("rl")
    library.tag(ids[2:], ["RL"])
    [lying] = library.discards()
    library.restore_discards([lying.id])
    assert [one.tags for one in library.papers(ids)] == [("RL",)] * 3
    assert library.discards() == []
    library.undo()
    assert library.discards() == [lying]


def test_tags_that_become_one_are_not_deleted(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["a"])
    library.tag(ids, ["b"])
    library.merge_tags(["a"], "b")
    assert library.discards() == []


def test_a_thing_is_deleted_for_good_and_undo_brings_it_into_the_trash(library: Library, ids: list[PaperId]) -> None:
    for text in ("first", "second"):
        library.delete_note(_note(library, ids[0], text).id)
    second, first = library.discards()
    assert library.forget_discards([first.id]).message == "the note of one deleted for good"
    assert library.discards() == [second]
    library.undo()
    assert library.discards() == [second, first]
    library.redo()
    assert library.discards() == [second]


def test_emptying_the_trash_takes_papers_and_things(library: Library, ids: list[PaperId]) -> None:
    library.delete_note(_note(library, ids[0], "of a paper that stays").id)
    library.delete_note(_note(library, ids[1], "of one that goes").id)
    library.trash(ids[1:2])
    before = library.discards()
    assert len(before) == 2
    assert library.empty_trash().message == "Trash emptied: 1 paper, 2 deleted things removed"
    assert library.discards() == []
    assert library.empty_trash().is_nothing
    library.undo()
    assert library.discards() == before


def test_the_trash_of_things_alone_is_emptied(library: Library, ids: list[PaperId]) -> None:
    library.delete_note(_note(library, ids[0], "alone").id)
    assert library.empty_trash().message == "Trash emptied: 1 deleted thing removed"


def test_what_belonged_to_a_paper_goes_and_comes_with_it(library: Library, ids: list[PaperId]) -> None:
    library.delete_note(_note(library, ids[0], "n").id)
    before = library.discards()
    library.trash(ids[:1])
    library.delete_for_good(ids[:1])
    assert library.discards() == []
    library.undo()
    assert library.discards() == before


def test_what_is_not_in_the_trash_is_named(library: Library, ids: list[PaperId]) -> None:
    library.delete_note(_note(library, ids[0], "n").id)
    [lying] = library.discards()
    library.restore_discards([lying.id])
    for deed in (library.restore_discards, library.forget_discards):
        with pytest.raises(NotFound, match=f"nothing with the number {lying.id} in the trash"):
            deed([lying.id])


def test_papers_in_the_trash_are_deleted_for_good(library: Library, ids: list[PaperId]) -> None:
    library.trash(ids[:2])
    assert library.delete_for_good([ids[0], ids[2]]).message == "one deleted for good"
    assert [one.key for one in library.papers(ids)] == ["two", "three"]
    assert library.delete_for_good([ids[2]]).is_nothing
    library.undo()
    assert [one.key for one in library.papers(ids)] == ["one", "two", "three"]
