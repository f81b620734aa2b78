"""A paper made by hand: its key waits for what it is made of, and then stays."""

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue
from refman.domain.names import Name
from refman.domain.paper import FieldValue, Origin
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import draft, import_page, paper_of, people, store_draft, stored_paper


def _typed(plain: str) -> FieldValue:
    return FieldValue(plain, None, Origin.PERSON)


def test_a_new_paper_gets_its_key_from_what_was_typed(library: Library, clock: FakeClock) -> None:
    outcome = library.new_paper("Article", {"title": "A Grand Idea", "authors": "Ann Smith", "date": "2024-05"})
    (paper_id,) = outcome.changes.added
    paper = stored_paper(library, paper_id)
    assert (paper.key, paper.type, paper.added) == ("smith2024grand", "article", clock.now())
    assert dict(paper.fields) == {
        "title": _typed("A Grand Idea"),
        "year": _typed("2024"),
        "month": _typed("5"),
    }
    assert paper.people == {"author": people("Ann Smith", origin=Origin.PERSON)}
    assert outcome.changes.operation
    assert outcome.changes.operation.kind is OperationKind.CREATE


def test_a_new_paper_takes_the_key_and_type_that_were_typed(library: Library) -> None:
    (paper_id,) = library.new_paper("misc", {"key": "own", "type": "book"}).changes.added
    paper = stored_paper(library, paper_id)
    assert (paper.key, paper.type) == ("own", "book")
    with pytest.raises(ConflictError, match="OWN"):
        library.new_paper("misc", {"key": "OWN"})


def test_a_key_waits_until_there_is_what_it_is_made_of_and_then_stays(library: Library) -> None:
    (paper_id,) = library.new_paper("misc", {"title": "Deep Ideas"}).changes.added
    assert stored_paper(library, paper_id).key == ""
    library.edit_names(paper_id, "author", [Name("Ann", "", "Smith")], truncated=False)
    assert stored_paper(library, paper_id).key == ""
    steps = len(library.history())
    library.edit(paper_id, {"year": "2024"})
    assert stored_paper(library, paper_id).key == "smith2024deep"
    assert len(library.history()) == steps + 1
    library.edit(paper_id, {"title": "Shallow Ideas", "year": "2025"})
    assert stored_paper(library, paper_id).key == "smith2024deep"
    library.undo()
    library.undo()
    assert stored_paper(library, paper_id).key == ""


def test_a_key_that_left_comes_back_whatever_was_undone_and_edited_since(library: Library) -> None:
    (paper_id,) = library.new_paper("misc", {"title": "Deep Ideas"}).changes.added
    assert library.cite([paper_id], r"\cite") == r"\cite{deepideas}"
    library.undo()
    assert stored_paper(library, paper_id).key == ""
    library.edit(paper_id, {"title": "Shallow", "authors": "Ann Smith", "year": "2024"})
    assert stored_paper(library, paper_id).key == "deepideas"


def test_the_preview_shows_the_key_that_the_export_makes(library: Library) -> None:
    (paper_id,) = library.new_paper("misc", {}).changes.added
    assert library.preview(stored_paper(library, paper_id), "bibtex").startswith("@misc{paper,")
    library.edit(paper_id, {"title": "Deep Ideas"})
    shown = library.preview(stored_paper(library, paper_id), "bibtex")
    assert stored_paper(library, paper_id).key == ""
    assert library.export_text([paper_id], "bibtex").strip().endswith(shown.strip())
    assert stored_paper(library, paper_id).key == "deepideas"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"journal": "A", "journaltitle": "B"}, "journaltitle= is given twice"),
        ({"key": "a", " KEY ": "b"}, "is given twice"),
        ({"fields": "x"}, "fields cannot be edited: name one of them"),
        ({"authors": " and others"}, "A name is missing"),
        ({"authors": "others"}, "A name is missing"),
        ({"authors": "Ann Smith and"}, "A name is missing"),
        ({"authors": "Ann Smith and and Bo Li"}, "A name is missing"),
        ({"editors": "and"}, "A name is missing"),
        ({"key": "*"}, "every paper"),
        ({"key": "smith\u200b2020"}, r"cannot be seen \(zero width space\)"),
        ({"key": "smith\u00ad2020"}, r"cannot be seen \(soft hyphen\)"),
        ({"key": "smith\x012020"}, r"cannot be seen \(u\+0001\)"),
        ({"key": "smith\u202e2020"}, "cannot be seen"),
    ],
)
def test_what_cannot_be_meant_is_refused(library: Library, changes: dict[str, str], said: str) -> None:
    paper_id = store_draft(library, draft("T", "Ann Smith", key="k"))
    before = stored_paper(library, paper_id)
    with pytest.raises(InvalidValue, match=said):
        library.edit(paper_id, changes)
    assert stored_paper(library, paper_id) == before


def test_an_empty_new_paper_waits_for_its_key(library: Library) -> None:
    (paper_id,) = library.new_paper("misc", {"authors": ""}).changes.added
    paper = stored_paper(library, paper_id)
    assert (paper.key, paper.people) == ("", {})
    assert library.edit(paper_id, {"title": "x" * 60}).message == f"Title of paper {paper_id} changed"
    assert library.edit(paper_id, {"year": "2020"}).message == f"Year of {'x' * 40}… changed"


def test_the_key_of_a_page_paper_stays_when_its_title_is_edited(library: Library) -> None:
    import_page(library)
    paper = paper_of(library, "zheng2026ai")
    library.edit(paper.id, {"title": "Quite another title", "year": "1999"})
    assert stored_paper(library, paper.id).key == "zheng2026ai"
