import pytest

from refman.domain.errors import InvalidValue
from refman.domain.names import Name
from refman.domain.paper import FieldValue, PaperId
from refman.services.entries.facade import entries_of
from refman.services.library import Library
from tests.services.papers import draft, import_texts, paper_of, store_draft

FILE = """@string{acm = "ACM Press"}
@inproceedings{a,
   title = {A}, author = {Doe, J.},
   booktitle = {Proc. of Things}, editor = {Roe, R.}, publisher = acm,
   year = 2001, pages = {1--2}
}
@inproceedings{b,
   title = {B}, author = {Doe, J.},
   booktitle = {Proc. of Things}, editor = {Roe, R.}, publisher = acm,
   year = 2001
}
@misc{c, title = {C}}
"""


def _ids(library: Library, *keys: str) -> list[PaperId]:
    found = library.ids_of_keys(keys)
    return [found[key] for key in keys]


def _shown(library: Library, key: str) -> dict[str, str]:
    paper = paper_of(library, key)
    return {name: value.plain for name, value in paper.fields.items() if name not in {"crossref", "title"}}


def test_a_parent_is_made_of_what_children_share_and_taken_apart_again(library: Library) -> None:
    import_texts(library, FILE)
    crossrefs = entries_of(library).crossrefs
    before = {key: _shown(library, key) for key in "ab"}
    outcome = crossrefs.make_parent(_ids(library, "a", "b"))
    assert outcome.message == "2 papers share a parent now"
    (parent_id,) = outcome.changes.added
    parent = library.paper(parent_id)
    assert parent is not None
    assert (parent.type, parent.key) == ("proceedings", "roe2001proc")
    assert {name: value.source for name, value in parent.fields.items()} == {
        "title": "{Proc. of Things}",
        "booktitle": "{Proc. of Things}",
        "publisher": "acm",
        "year": "2001",
    }
    assert parent.people["editor"].names == (Name(given="R.", family="Roe"),)
    # The children show what they showed, but say less.
    assert {key: _shown(library, key) for key in "ab"} == before
    child = paper_of(library, "a")
    assert child.fields["booktitle"] == FieldValue("Proc. of Things", is_guess=True)
    assert child.fields["year"].source == "2001" and child.people["editor"].is_guess
    assert crossrefs.parent(child.id) == parent_id and crossrefs.parent(parent_id) is None
    assert [one.key for one in crossrefs.children(parent_id)] == ["a", "b"]
    text = library.export_text(_ids(library, "a", "b", "roe2001proc"), "bibtex")
    assert "@inproceedings{a,\n   title = {A}, author = {Doe, J.},\n" in text
    assert "crossref = {roe2001proc}" in text and text.count("Proc. of Things") == 2
    assert text.index("@proceedings{roe2001proc,") > text.index("@inproceedings{b,")

    crossrefs.flatten(_ids(library, "a", "b"))
    assert {key: _shown(library, key) for key in "ab"} == before
    flat = paper_of(library, "b")
    assert "crossref" not in flat.fields and flat.fields["publisher"].source == "acm"
    assert not flat.fields["booktitle"].is_guess and not flat.people["editor"].is_guess
    assert crossrefs.children(parent_id) == []


def test_undo_takes_parent_and_pointers_back_and_the_text_too(library: Library) -> None:
    import_texts(library, FILE)
    text = library.export_text(_ids(library, "a", "b"), "bibtex")
    entries_of(library).crossrefs.make_parent(_ids(library, "a", "b"))
    library.undo()
    assert library.export_text(_ids(library, "a", "b"), "bibtex") == text
    assert library.sidebar_counts().papers == 3


def test_what_cannot_have_a_parent_is_refused(library: Library) -> None:
    import_texts(library, FILE)
    crossrefs = entries_of(library).crossrefs
    with pytest.raises(InvalidValue, match="two papers at least"):
        crossrefs.make_parent(_ids(library, "a"))
    with pytest.raises(InvalidValue, match="no book title in common"):
        crossrefs.make_parent(_ids(library, "a", "c"))
    with pytest.raises(InvalidValue, match="None of these papers has a crossref parent"):
        crossrefs.flatten(_ids(library, "a", "c"))
    crossrefs.make_parent(_ids(library, "a", "b"))
    with pytest.raises(InvalidValue, match="has a crossref already"):
        crossrefs.make_parent(_ids(library, "a", "b"))


def test_typed_papers_get_a_book_and_macros_of_other_files_are_written_out(library: Library) -> None:
    typed = [
        store_draft(library, draft(f"T{number}", "Ann Poe", key=f"t{number}", booktitle="A Book", year="1999"))
        for number in range(2)
    ]
    crossrefs = entries_of(library).crossrefs
    outcome = crossrefs.make_parent(typed)
    (parent_id,) = outcome.changes.added
    assert [one.id for one in crossrefs.children(parent_id)] == typed
    import_texts(library, FILE)
    library.edit(_ids(library, "c")[0], {"crossref": "a"})
    crossrefs.flatten(_ids(library, "c"))
    assert paper_of(library, "c").fields["publisher"].source == "acm"
    assert crossrefs.parent(PaperId(10_000)) is None and crossrefs.children(PaperId(10_000)) == []
