"""The facade: what it passes on, names and searches, undo and redo, opening and closing."""

from pathlib import Path

import pytest

from refman.domain.changes import Changes, OperationKind
from refman.domain.errors import (
    InvalidValue,
    LibraryMissing,
    LibraryReadOnly,
    NotFound,
    NothingToRedo,
    NothingToUndo,
)
from refman.domain.listing import DEFAULT_SORT, Listing, SavedSearch, Sort, SortField
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.services.library import Library, create_library, open_library, restore_library
from refman.services.operations import Step, run
from refman.services.outcome import count_of
from refman.services.searching import parse_sort
from tests.fakes import FakeClock, FakeOpener, FakeStore
from tests.services.papers import draft, import_page, paper_of, store_draft, stored_paper


def test_a_library_is_known_by_its_file(library: Library) -> None:
    assert library.name == "papers"
    assert library.location.endswith("papers.refman")
    assert library.is_writable


def test_libraries_are_made_opened_restored_and_closed(clock: FakeClock) -> None:
    opener = FakeOpener(clock)
    with pytest.raises(LibraryMissing):
        open_library(opener, "a.refman", clock=clock, settings=Settings())
    create_library(opener, "a.refman")
    create_library(opener, "b.refman")
    library = open_library(opener, "a.refman", clock=clock, settings=Settings())
    store_draft(library, draft("One", key="one"))
    library.interrupt_reads()
    library.close()
    assert not opener.stores["a.refman"].is_open
    assert restore_library(opener, Path("a.refman"), location="b.refman") == "b.refman.before-restore"


def test_undo_and_redo_tell_what_they_did(library: Library) -> None:
    with pytest.raises(NothingToUndo):
        library.undo()
    with pytest.raises(NothingToRedo):
        library.redo()
    paper_id = store_draft(library, draft("One", key="one"))
    library.edit(paper_id, {"title": "Two"})
    last = library.undoable()
    assert last
    assert last.name == "Edit title of one"
    undone = library.undo()
    assert (undone.message, undone.code, undone.arguments) == (
        "Undone: Edit title of one",
        "undone",
        ("Edit title of one",),
    )
    assert undone.changes.changed == {paper_id}
    assert library.redoable() == undone.changes.operation
    assert library.redo().message == "Done again: Edit title of one"
    assert library.redoable() is None
    assert stored_paper(library, paper_id).plain("title") == "Two"


def test_a_new_step_drops_what_could_be_redone(library: Library) -> None:
    paper_id = store_draft(library, draft("One", key="one"))
    library.edit(paper_id, {"title": "Two"})
    library.undo()
    library.edit(paper_id, {"title": "Three"})
    assert library.redoable() is None
    assert [step.name for step in library.history(1)] == ["Edit title of one"]


def test_what_fails_half_way_is_taken_back(library: Library) -> None:
    paper_id = store_draft(library, draft("One", key="one"))
    before = stored_paper(library, paper_id)
    steps = library.history()

    with pytest.raises(ZeroDivisionError), library.store.write() as writer:
        writer.journal(OperationKind.EDIT, "Half a step")
        writer.set_type(paper_id, "book")
        writer.put_tags([paper_id], ["x"])
        raise ZeroDivisionError
    assert stored_paper(library, paper_id) == before
    assert library.history() == steps
    assert library.tags() == []


def test_work_gives_its_result_with_the_changes(library: Library) -> None:
    paper_id = store_draft(library, draft("One", key="one"))
    step = Step(library.history()[0].kind, "Nothing at all")
    assert run(library.store, step, lambda writer: writer.ids_without_key().tolist()) == ([], Changes())
    assert stored_paper(library, paper_id).key == "one"


def test_history_of_one_paper(library: Library, clock: FakeClock) -> None:
    import_page(library)
    paper = paper_of(library, "zheng2026ai")
    clock.pass_seconds(5)
    library.edit(paper.id, {"title": "Mine"})
    entry = library.history_of(paper.id)[0]
    assert (entry.when, entry.operation, entry.field) == (clock.now(), "Edit title of zheng2026ai", "title")
    assert (entry.before, entry.after) == (paper.plain("title"), "Mine")


def test_versions_tell_what_others_did(library: Library) -> None:
    version = library.version()
    assert library.changes_since(version) == Changes()
    paper_id = store_draft(library, draft("One", key="one"))
    assert library.version() != version
    changes = library.changes_since(version)
    assert changes.everything or paper_id in changes.added


def test_saved_searches(library: Library) -> None:
    assert library.save_search(" To  read ", "tag:todo -has:note").message == 'Search "To read" saved'
    library.save_search("to READ", "tag:todo")
    assert [search.text for search in library.saved_searches()] == ["tag:todo"]
    library.delete_saved_search("To read")
    assert library.saved_searches() == []
    library.undo()
    assert [type(search) for search in library.saved_searches()] == [SavedSearch]
    with pytest.raises(InvalidValue, match="needs a name"):
        library.save_search("  ", "x")
    with pytest.raises(NotFound):
        library.delete_saved_search("nope")


def test_a_saved_search_is_renamed_in_one_step(library: Library) -> None:
    library.save_search("Old", "tag:todo")
    assert library.rename_saved_search("Old", " New ").message == 'Search "Old" renamed to "New"'
    assert library.saved_searches() == [SavedSearch("New", "tag:todo")]
    library.undo()
    assert library.saved_searches() == [SavedSearch("Old", "tag:todo")]
    assert library.rename_saved_search("Old", "Old").is_nothing
    with pytest.raises(InvalidValue, match="needs a name"):
        library.rename_saved_search("Old", " ")
    with pytest.raises(NotFound):
        library.rename_saved_search("nope", "x")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("", DEFAULT_SORT),
        ("year", (Sort(SortField.YEAR),)),
        ("year:asc", (Sort(SortField.YEAR),)),
        ("Title:desc", (Sort(SortField.TITLE, is_descending=True),)),
        ("author", (Sort(SortField.AUTHORS),)),
        ("authors:desc", (Sort(SortField.AUTHORS, is_descending=True),)),
        ("category:desc", (Sort(SortField.CATEGORY, is_descending=True),)),
    ],
)
def test_sort_orders_as_people_type_them(text: str, sort: tuple[Sort, ...]) -> None:
    assert parse_sort(text) == sort


@pytest.mark.parametrize("text", ["colour", "year:down", ":desc", "year:desc:asc"])
def test_what_is_no_sort_order_is_refused_naming_the_fields(text: str) -> None:
    with pytest.raises(InvalidValue, match="added, changed, title"):
        parse_sort(text)


def test_lists_rows_and_positions(library: Library) -> None:
    import_page(library)
    query = library.parse_query("author:hamrick")
    listing = Listing(query.root, (Sort(SortField.YEAR),))
    hits = library.hits(listing)
    assert hits.count == 2
    ids = [PaperId(one) for one in hits.first_ids]
    assert [row.key for row in library.rows(ids)] == ["hamrick2019combining", "hamrick2020role"]
    assert list(library.ids(listing, 1, 1)) == [ids[1]]
    assert library.position(listing, ids[1]) == 1
    assert library.position(listing, PaperId(999)) is None
    assert library.hits(listing, first=1).first_ids.tolist() == [ids[0]]


def test_a_search_that_is_not_understood_says_where(library: Library) -> None:
    query = library.parse_query("year:soon deep")
    assert [("year:soon deep"[part.start : part.end]) for part in query.misunderstood] == ["year:soon"]


def test_a_library_that_cannot_be_written_says_so(clock: FakeClock) -> None:
    library = Library(FakeStore(clock, is_writable=False), clock=clock, settings=Settings())
    assert not library.is_writable
    with pytest.raises(LibraryReadOnly, match=r"memory\.refman"):
        library.create_tag("rl")


def test_check_and_backup_are_those_of_the_store(library: Library, tmp_path: Path) -> None:
    assert library.check() == []
    if isinstance(library.store, FakeStore):
        return
    library.backup(tmp_path / "copy.refman")
    assert (tmp_path / "copy.refman").exists()


def test_counts_in_words() -> None:
    assert [count_of(number, "paper") for number in (0, 1, 2191)] == ["0 papers", "1 paper", "2,191 papers"]
