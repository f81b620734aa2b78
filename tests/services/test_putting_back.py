"""Older values put back; `tests/storage/test_past_values.py` has every kind of value."""

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import NotFound
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.putting_back import field_label
from tests.services.papers import draft, store_draft, stored_paper


@pytest.fixture
def paper(library: Library) -> PaperId:
    """A paper whose title was changed twice, and its type."""
    paper_id = store_draft(library, draft("First", key="one"))
    library.edit(paper_id, {"title": "Second"})
    library.edit(paper_id, {"title": "Third"})
    library.edit(paper_id, {"type": "article"})
    return paper_id


def _entry(library: Library, paper_id: PaperId, before: str) -> int:
    return next(one.id for one in library.history_of(paper_id) if one.before == before and one.is_restorable)


def test_an_older_value_comes_back_as_a_step_of_its_own(library: Library, paper: PaperId) -> None:
    first = stored_paper(library, paper)
    outcome = library.put_back(paper, _entry(library, paper, "First"))
    assert outcome.message == "Earlier title of one put back"
    assert outcome.changes.operation is not None
    assert outcome.changes.operation.kind is OperationKind.EDIT
    assert outcome.changes.operation.name == "Put the earlier title of one back"
    assert stored_paper(library, paper).plain("title") == "First"
    library.undo()
    assert stored_paper(library, paper) == first


def test_the_history_keeps_what_was_put_away(library: Library, paper: PaperId) -> None:
    library.put_back(paper, _entry(library, paper, "First"))
    titles = [(one.before, one.after) for one in library.history_of(paper) if one.field == "title"]
    assert titles == [("Third", "First"), ("Second", "Third"), ("First", "Second")]
    library.put_back(paper, _entry(library, paper, "Third"))
    assert stored_paper(library, paper).plain("title") == "Third"


def test_the_type_comes_back(library: Library, paper: PaperId) -> None:
    library.put_back(paper, next(one.id for one in library.history_of(paper) if one.field == "type"))
    assert stored_paper(library, paper).type == "misc"


def test_what_is_there_already_makes_no_step(library: Library, paper: PaperId) -> None:
    entry = _entry(library, paper, "First")
    library.put_back(paper, entry)
    assert library.put_back(paper, entry).is_nothing


def test_an_entry_that_is_not_there(library: Library, paper: PaperId) -> None:
    with pytest.raises(NotFound, match="no value 987654321 in the history"):
        library.put_back(paper, 987654321)


def test_how_fields_are_called() -> None:
    assert [field_label(name) for name in ("doi", "title", "note", "author")] == ["DOI", "title", "note", "authors"]
