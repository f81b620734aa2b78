"""Editing by hand: names of fields, dates, people, keys; all or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, NotFound, RefmanError
from refman.domain.fields import FIELDS, canonical_name
from refman.domain.names import Name
from refman.domain.paper import FieldValue, Origin, PaperId, People
from refman.domain.settings import Settings
from refman.services.library import Library
from refman.services.operations import Step, run
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import draft, import_page, store_draft, stored_paper, with_fields


def _typed(plain: str) -> FieldValue:
    return FieldValue(plain, None, Origin.PERSON)


@pytest.fixture
def paper_id(library: Library) -> PaperId:
    """A paper as an importer read it."""
    stored = draft("Old title", "Ann Smith", key="smith2020old", year="2020", month="5", day="7", journal="Nature")
    return store_draft(library, stored)


def test_an_edit_is_one_step_and_undone_as_one(library: Library, paper_id: PaperId, clock: FakeClock) -> None:
    before = stored_paper(library, paper_id)
    clock.pass_seconds(60)
    outcome = library.edit(paper_id, {"title": "New  title", "publisher": "ACM", "type": "Article"})
    after = stored_paper(library, paper_id)
    assert (after.fields["title"], after.fields["publisher"]) == (_typed("New title"), _typed("ACM"))
    assert (after.type, after.changed) == ("article", clock.now())
    operation = outcome.changes.operation
    assert operation
    assert (operation.kind, operation.name) == (OperationKind.EDIT, "Edit type, title, publisher of smith2020old")
    assert outcome.changes.changed == {paper_id}
    library.undo()
    assert stored_paper(library, paper_id).fields == before.fields


@pytest.mark.parametrize(
    ("name", "stored", "text", "plain"),
    [
        ("journaltitle", "journal", "Science", "Science"),
        ("JOURNAL", "journal", "Science", "Science"),
        ("primary_class", "primaryclass", "cs.AI", "cs.AI"),
        ("location", "address", "Paris", "Paris"),
        ("doi", "doi", "https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("eprint", "eprint", "arXiv:2605.06651", "2605.06651"),
        ("abstract", "abstract", "one\ntwo", "one\ntwo"),
        ("month", "month", "March", "3"),
        ("bdsk-url-1", "bdsk-url-1", "https://x.org", "https://x.org"),
        ("fields.type", "type", "PhD", "PhD"),
        ("fields.key", "key", "Smi", "Smi"),
        ("fields.venue", "venue", "Room 1", "Room 1"),
    ],
)
def test_a_field_has_its_json_bibtex_and_biblatex_names(
    library: Library, paper_id: PaperId, name: str, stored: str, text: str, plain: str
) -> None:
    library.edit(paper_id, {name: text})
    assert stored_paper(library, paper_id).fields[stored] == _typed(plain)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"year": "last"}, "year", "bad-year"),
        ({"month": "13"}, "month", "bad-month"),
        ({"day": "32"}, "day", "bad-day"),
        ({"date": "yesterday"}, "date", "bad-date"),
        ({"score": "good"}, "score", "bad-number"),
        ({"year": "2021", "month": "2", "day": "30"}, "day", "no-such-day"),
        ({"bad name": "x"}, "bad name", "bad-field-name"),
        ({"1st": "x"}, "1st", "bad-field-name"),
        ({"ümlaut": "x"}, "ümlaut", "bad-field-name"),
        ({"type": "no type"}, "type", "bad-type"),
        ({"id": "3"}, "id", "read-only-field"),
        ({"venue": "ICML"}, "venue", "read-only-field"),
        ({"tags": "rl"}, "tags", "read-only-field"),
        ({"key": ""}, "key", "empty-key"),
        ({"key": "a b"}, "key", "bad-key"),
        ({"key": "a,b"}, "key", "bad-key"),
        ({"key": "a%b"}, "key", "bad-key"),
        ({"key": "a\\b"}, "key", "bad-key"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_and_nothing_is_changed(
    library: Library, paper_id: PaperId, changes: dict[str, str], field: str, code: str
) -> None:
    before = stored_paper(library, paper_id)
    with pytest.raises(InvalidValue) as caught:
        library.edit(paper_id, {"title": "New", **changes})
    assert (caught.value.code, caught.value.arguments[0]) == (code, field)
    assert stored_paper(library, paper_id) == before
    assert [step.kind for step in library.history()] == [OperationKind.CREATE]


def test_the_same_value_again_changes_nothing_and_keeps_its_source(library: Library) -> None:
    read = FieldValue("The Book", "{The {B}ook}")
    paper_id = store_draft(library, draft(title="x", key="k"))
    step = Step(OperationKind.EDIT, "Read it anew")
    run(library.store, step, lambda writer: writer.set_field(paper_id, "title", read))
    steps = len(library.history())
    outcome = library.edit(paper_id, {"title": "The Book", "key": "k", "type": "misc"})
    assert outcome.is_nothing
    assert outcome.message == "Nothing to change."
    assert stored_paper(library, paper_id).fields["title"] == read
    assert len(library.history()) == steps


def test_a_cleared_field_leaves_a_mark_and_an_empty_one_none(library: Library, paper_id: PaperId) -> None:
    library.edit(paper_id, {"journal": "", "publisher": ""})
    fields = stored_paper(library, paper_id).fields
    assert fields["journal"] == _typed("")
    assert "publisher" not in fields


# Keys


def test_the_key_is_renamed(library: Library, paper_id: PaperId) -> None:
    outcome = library.edit(paper_id, {"key": " Smith:2020-b "})
    assert library.ids_of_keys(["Smith:2020-b", "smith2020old"]) == {"Smith:2020-b": paper_id}
    assert outcome.changes.operation
    assert outcome.changes.operation.kind is OperationKind.RENAME_KEY
    assert outcome.message == "Key smith2020old renamed to Smith:2020-b"


def test_a_key_of_another_paper_is_refused_with_all_other_changes(library: Library, paper_id: PaperId) -> None:
    store_draft(library, draft("Other", key="Taken"))
    before = stored_paper(library, paper_id)
    with pytest.raises(ConflictError, match="taken"):
        library.edit(paper_id, {"title": "New", "key": "taken"})
    assert stored_paper(library, paper_id) == before


# People


def test_authors_take_bibtex_syntax(library: Library, paper_id: PaperId) -> None:
    library.edit(paper_id, {"authors": "Ludwig van Beethoven and {The ATLAS Collaboration} and others"})
    names = (Name("Ludwig", "van", "Beethoven"), Name(literal="The ATLAS Collaboration"))
    assert stored_paper(library, paper_id).people["author"] == People(names, True, None, Origin.PERSON)


def test_the_same_people_again_change_nothing(library: Library, paper_id: PaperId) -> None:
    assert library.edit(paper_id, {"author": "Smith, Ann"}).is_nothing
    library.edit(paper_id, {"editors": "Ed One"})
    assert stored_paper(library, paper_id).people["editor"].names == (Name("Ed", "", "One"),)


def test_people_are_cleared_for_good(library: Library, paper_id: PaperId) -> None:
    library.edit(paper_id, {"authors": ""})
    assert stored_paper(library, paper_id).people["author"] == People((), False, None, Origin.PERSON)


def test_names_from_an_editor_with_a_row_each(library: Library, paper_id: PaperId) -> None:
    names = [Name("Zoe", "", "New"), Name("Ann", "", "Smith")]
    library.edit_names(paper_id, "authors", names, True)
    assert stored_paper(library, paper_id).people["author"] == People(tuple(names), True, None, Origin.PERSON)
    library.edit_names(paper_id, "author", [], True)
    assert stored_paper(library, paper_id).people["author"] == People((), False, None, Origin.PERSON)


# Dates

_FULL = {"year": "2020", "month": "5", "day": "7", "date": ""}


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        (_FULL, {"year": "2021"}, {**_FULL, "year": "2021"}),
        (_FULL, {"month": "June"}, {**_FULL, "month": "6"}),
        (_FULL, {"day": ""}, {**_FULL, "day": ""}),
        (_FULL, {"date": "2022-03"}, {"year": "2022", "month": "3", "day": "", "date": ""}),
        (_FULL, {"date": "2019/2021"}, {"year": "", "month": "", "day": "", "date": "2019/2021"}),
        (_FULL, {"date": ""}, {"year": "", "month": "", "day": "", "date": ""}),
        (_FULL, {"date": "", "year": "1999"}, {"year": "1999", "month": "", "day": "", "date": ""}),
        ({"date": "2020-05-07"}, {"year": "2021"}, {"year": "", "month": "", "day": "", "date": "2021-05-07"}),
        ({"date": "2020-05-07"}, {"month": "", "day": ""}, {"year": "", "month": "", "day": "", "date": "2020"}),
        ({"date": "2020"}, {"month": "dec"}, {"year": "", "month": "", "day": "", "date": "2020-12"}),
        ({"date": "2019/2021"}, {"date": "2020-02-29"}, {"year": "2020", "month": "2", "day": "29", "date": ""}),
        ({}, {"day": "31", "month": "12"}, {"year": "", "month": "12", "day": "31", "date": ""}),
        ({}, {"year": "800", "month": "2", "day": "29"}, {"year": "800", "month": "2", "day": "29", "date": ""}),
    ],
)
def test_dates_stay_dates(
    library: Library, before: dict[str, str], changes: dict[str, str], after: dict[str, str]
) -> None:
    fields = {name: value for name, value in before.items() if value}
    paper_id = store_draft(library, with_fields(draft("T", key="k"), **fields))
    library.edit(paper_id, changes)
    paper = stored_paper(library, paper_id)
    assert {name: paper.plain(name) for name in after} == after


@pytest.mark.parametrize(
    ("date", "changes", "code"),
    [
        ("2019/2021", {"year": "2020"}, "part-of-range"),
        ("199X", {"month": "5"}, "part-of-range"),
        ("2020-05-07", {"year": ""}, "year-of-date"),
        ("2020-05-07", {"year": "800"}, "year-of-date"),
    ],
)
def test_a_part_of_a_range_is_refused_naming_date(
    library: Library, date: str, changes: dict[str, str], code: str
) -> None:
    paper_id = store_draft(library, draft("T", key="k", date=date))
    with pytest.raises(InvalidValue, match="date=") as caught:
        library.edit(paper_id, changes)
    assert caught.value.code == code
    assert stored_paper(library, paper_id).plain("date") == date


def test_the_day_of_a_dated_paper_must_exist(library: Library) -> None:
    paper_id = store_draft(library, draft("T", key="k", date="2020-02-29"))
    with pytest.raises(InvalidValue, match="no day 2021-02-29"):
        library.edit(paper_id, {"year": "2021"})


# Conflicts and things that are gone


def test_a_value_that_another_hand_changed_is_a_conflict(library: Library, paper_id: PaperId) -> None:
    library.edit(paper_id, {"title": "Theirs"})
    with pytest.raises(ConflictError, match="Title of smith2020old was changed elsewhere"):
        library.edit(paper_id, {"title": "Mine"}, expected={"title": "Old title"})
    library.edit(
        paper_id,
        {"title": "Mine"},
        expected={"title": "Theirs", "key": "smith2020old", "type": "misc", "fields.type": ""},
    )
    assert stored_paper(library, paper_id).plain("title") == "Mine"


def test_a_paper_that_is_gone_is_named(library: Library) -> None:
    with pytest.raises(NotFound, match="no paper 99"):
        library.edit(PaperId(99), {"title": "x"})
    with pytest.raises(NotFound, match="no paper 99"):
        library.edit_names(PaperId(99), "author", [], False)


# Many papers


def test_one_field_of_many_papers_is_one_step(library: Library) -> None:
    import_page(library)
    ids = list(library.ids_of_keys(["zheng2026ai", "hamrick2020role"]).values())
    outcome = library.edit_many(ids, "publisher", "arXiv")
    assert outcome.message == "Publisher of 2 papers changed"
    assert {stored_paper(library, one).plain("publisher") for one in ids} == {"arXiv"}
    library.edit_many(ids, "date", "2020-05")
    assert {stored_paper(library, one).plain("day") for one in ids} == {""}
    library.undo()
    library.undo()
    assert {stored_paper(library, one).plain("publisher") for one in ids} == {""}
    with pytest.raises(InvalidValue, match="one citation key"):
        library.edit_many(ids, "key", "x")


def test_many_fields_are_counted_in_the_name_of_the_step(library: Library, paper_id: PaperId) -> None:
    outcome = library.edit(paper_id, {"volume": "1", "number": "2", "pages": "3", "series": "4"})
    assert outcome.message == "4 fields of smith2020old changed"


_ODD_NAMES = ["authors", "editors", "primary_class", "fields.type", "fields.key", "x-y"]
_NAMES = st.sampled_from([*FIELDS, *_ODD_NAMES]) | st.text(max_size=8)
_DATES = st.sampled_from(["2020", "2020-02", "2020-02-29", "2019/2021", "199X", "", "5", "31", "feb", "-44", "12"])


@given(st.dictionaries(_NAMES, st.text(max_size=20) | _DATES, max_size=5), st.dictionaries(_NAMES, _DATES, max_size=5))
def test_whatever_is_typed_is_stored_or_refused_with_a_sentence(first: dict[str, str], second: dict[str, str]) -> None:
    clock = FakeClock()
    library = Library(FakeStore(clock), clock=clock, settings=Settings())
    paper_id = store_draft(library, draft("Old title", "Ann Smith", key="k", year="2020"))
    for changes in (first, second):
        before = stored_paper(library, paper_id)
        try:
            library.edit(paper_id, changes)
        except RefmanError as error:
            assert error.message
            assert stored_paper(library, paper_id) == before
        else:
            assert library.edit(paper_id, _without_dates(changes)).is_nothing


def _without_dates(changes: dict[str, str]) -> dict[str, str]:
    """What can be typed again; `date=` takes year, month and day away, so a part after it is another change."""
    names = {canonical_name(name.removeprefix("fields.")) for name in changes}
    return {} if names & {"date", "year", "month", "day"} else changes
