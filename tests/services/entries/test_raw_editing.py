from dataclasses import replace
from pathlib import Path

import pytest

from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.listing import Listing
from refman.domain.names import Name
from refman.domain.paper import FieldValue, Origin, PaperId, People
from refman.formats.decoding import decode
from refman.services.entries.facade import Entries, entries_of
from refman.services.library import Library
from tests.services.papers import draft, import_texts, store_draft, stored_paper

FILE = """@string{jmlr = "Journal of Machine Learning Research"}

@Article{doe2020,
    author   = "Doe, Jane and Roe, Richard",
    TITLE    = {On {Things}},
    journal  = jmlr,
    year     = 2020,
    x-mine   = {kept}
}

@book{roe, title = {A Book}, author = {Roe, R.}, year = 1999}
"""


@pytest.fixture
def entries(library: Library) -> Entries:
    import_texts(library, FILE)
    return entries_of(library)


def _id(library: Library, key: str = "doe2020") -> PaperId:
    return library.ids_of_keys([key])[key]


def _exported(library: Library, *ids: PaperId, format: str = "bibtex") -> str:
    return library.export_text(list(ids), format)


OWN = FILE[FILE.index("@Article") : FILE.index("\n\n@book")]


def test_an_entry_of_a_file_is_edited_as_its_own_text(entries: Entries, library: Library) -> None:
    assert entries.text(_id(library)) == OWN


def test_what_was_changed_in_a_field_stands_in_the_own_text(entries: Entries, library: Library) -> None:
    library.edit(_id(library), {"year": "2021"})
    assert entries.text(_id(library)) == OWN.replace("2020,\n    x", "2021,\n    x")


def test_a_typed_entry_changes_adds_and_removes_fields_and_leaves_as_it_was_typed(
    entries: Entries, library: Library
) -> None:
    paper_id = _id(library)
    typed = OWN.replace("On {Things}", "On {Other} Things").replace("    x-mine   = {kept}\n", "    volume = 3,\n")
    outcome = entries.edit(paper_id, typed, expected=OWN)
    assert outcome.message == "BibTeX of doe2020 changed"
    paper = stored_paper(library, paper_id)
    assert paper.fields["title"] == FieldValue("On Other Things", "{On {Other} Things}", Origin.PERSON)
    assert paper.fields["volume"] == FieldValue("3", "3", Origin.PERSON)
    assert paper.fields["x-mine"] == FieldValue("", None, Origin.PERSON)
    # What was left alone keeps who gave it.
    assert paper.fields["journal"] == FieldValue("Journal of Machine Learning Research", "jmlr")
    assert entries.text(paper_id) == typed
    assert _exported(library, paper_id).endswith(f"\n\n{typed}\n\n")
    assert "@string{jmlr =" in _exported(library, paper_id)


def test_one_undo_takes_the_whole_edit_back_and_redo_brings_it_again(entries: Entries, library: Library) -> None:
    paper_id = _id(library)
    before = stored_paper(library, paper_id)
    typed = (
        OWN.replace("@Article{doe2020", "@book{doe2021").replace("2020,\n", "2021,\n").replace("Doe, Jane", "Poe, E.")
    )
    entries.edit(paper_id, typed)
    assert (stored_paper(library, paper_id).type, stored_paper(library, paper_id).key) == ("book", "doe2021")
    library.undo()
    assert replace(stored_paper(library, paper_id), changed=before.changed) == before
    assert entries.text(paper_id) == OWN
    library.redo()
    assert entries.text(paper_id) == typed


def test_a_change_of_nothing_but_blanks_leaves_too(entries: Entries, library: Library) -> None:
    paper_id = _id(library)
    tidy = OWN.replace("    ", "  ").replace("TITLE ", "title ")
    entries.edit(paper_id, tidy)
    assert _exported(library, paper_id).endswith(f"{tidy}\n\n")
    # Back to a text that was kept before: the newest counts.
    entries.edit(paper_id, OWN)
    assert _exported(library, paper_id).endswith(f"{OWN}\n\n")
    entries.edit(paper_id, tidy)
    assert entries.text(paper_id) == tidy
    assert entries.edit(paper_id, tidy).is_nothing


def test_names_are_set_and_cleared(entries: Entries, library: Library) -> None:
    paper_id = _id(library)
    entries.edit(paper_id, OWN.replace('"Doe, Jane and Roe, Richard"', "{{The Team} and others}"))
    people = stored_paper(library, paper_id).people["author"]
    assert people.names == (Name(literal="The Team"),) and people.truncated and people.origin is Origin.PERSON
    text = entries.text(paper_id)
    entries.edit(paper_id, "\n".join(line for line in text.splitlines() if "author" not in line))
    assert stored_paper(library, paper_id).people["author"] == People((), False, None, Origin.PERSON)


def test_a_key_of_another_paper_is_refused_with_its_line(entries: Entries, library: Library) -> None:
    typed = "\n" + OWN.replace("doe2020", "roe")
    (problem,) = entries.check(_id(library), typed).errors
    assert (problem.line, problem.code) == (2, "key-taken")
    with pytest.raises(ConflictError, match='The key "roe" belongs to another paper'):
        entries.edit(_id(library), typed)
    assert entries.text(_id(library)) == OWN


@pytest.mark.parametrize(
    ("typed", "line", "code"),
    [
        ("", 1, "no-entry-typed"),
        ("just words", 1, "no-entry-typed"),
        ("@article{a,\n  title = {open\n", 2, "brace-missing"),
        ("@article{a,\n  note = {x},\n  title = {open,\n  year = {2020},\n  pages = {1}\n}", 3, "brace-missing"),
        ('@article{a,\n  year = 2020,\n  title = "open\n}', 3, "brace-missing"),
        ("@article{a,\n  title = {X}\n  year = 2020\n}", 3, "missing-comma"),
        ("@article{a,\n  title = {X}, year = 12--34}", 2, "not-a-value"),
        ("@article{,\n  title = {X}}", 1, "key-missing"),
        ("@article{a, title = {X}}\n\n@article{b, title = {Y}}", 3, "second-entry"),
        ("% mine\n@article{a, title = {X}}", 1, "text-beside-entry"),
        ("@string{x = {Y}}\n@article{a, title = {X}}", 1, "block-beside-entry"),
        ("@set{a, entryset = {b,c}}", 1, "control-type"),
        ("@article{a{b, title = {X}}", 1, "bad-key"),
    ],
)
def test_what_cannot_be_stored_is_named_with_its_line(
    entries: Entries, library: Library, typed: str, line: int, code: str
) -> None:
    problem = entries.check(_id(library), typed).errors[0]
    assert (problem.line, problem.code) == (line, code)
    before = stored_paper(library, _id(library))
    with pytest.raises(InvalidValue):
        entries.edit(_id(library), typed)
    assert stored_paper(library, _id(library)) == before


def test_odd_things_are_told_and_kept(entries: Entries, library: Library) -> None:
    typed = OWN.replace("jmlr", "jlmr").replace("    x-mine", "    year = 1999,\n    x-mine")
    check = entries.check(_id(library), typed)
    assert check.errors == ()
    assert [(one.line, one.code) for one in check.notes] == [(4, "undefined-macro"), (6, "duplicate-field")]
    entries.edit(_id(library), typed)
    assert stored_paper(library, _id(library)).plain("journal") == "jlmr"
    assert _exported(library, _id(library)).endswith(f"{typed}\n\n")


def test_a_paper_that_was_changed_meanwhile_is_not_overwritten(entries: Entries, library: Library) -> None:
    paper_id = _id(library)
    library.edit(paper_id, {"year": "1990"})
    with pytest.raises(ConflictError) as caught:
        entries.edit(paper_id, OWN.replace("Things", "Thoughts"), expected=OWN)
    assert caught.value.code == "entry-changed"
    assert stored_paper(library, paper_id).plain("year") == "1990"
    entries.edit(paper_id, OWN.replace("Things", "Thoughts"), expected=entries.text(paper_id))
    assert stored_paper(library, paper_id).plain("year") == "2020"


def test_a_paper_that_is_gone(entries: Entries) -> None:
    with pytest.raises(NotFound):
        entries.text(PaperId(999))


def test_a_typed_paper_gets_an_entry_and_keeps_what_is_no_part_of_it(library: Library) -> None:
    typed = draft("Über Dinge", "Ada Lovelace", key="ada", year="2026", month="5", day="7", score="95.5")
    paper_id = store_draft(library, typed)
    entries = entries_of(library)
    text = entries.text(paper_id)
    assert "month = may" in text and "score" not in text
    entries.edit(paper_id, text.replace("misc", "Misc").replace("  year", "  note  = {N},\n  year"))
    paper = stored_paper(library, paper_id)
    assert (paper.plain("score"), paper.plain("day"), paper.plain("note")) == ("95.5", "7", "N")
    assert paper.plain("title") == "Über Dinge" and paper.fields["title"].origin is Origin.IMPORTER
    assert entries.text(paper_id).startswith("@Misc{ada,\n")
    assert _exported(library, paper_id) == entries.text(paper_id) + "\n\n"
    assert "date = {2026-05-07}" in _exported(library, paper_id, format="biblatex")


def test_a_key_that_waits_goes_on_waiting_unless_it_is_typed(library: Library) -> None:
    paper_id = store_draft(library, draft("Half a Thought"))
    entries = entries_of(library)
    text = entries.text(paper_id)
    assert text.startswith("@misc{halfthought,")
    entries.edit(paper_id, text.replace("Half a", "A Whole"))
    assert stored_paper(library, paper_id).key == ""
    entries.edit(paper_id, text.replace("{halfthought,", "{mine,"))
    assert stored_paper(library, paper_id).key == "mine"


def test_a_paper_without_a_key_gets_it_with_what_keys_are_made_of(library: Library) -> None:
    paper_id = store_draft(library, draft("Thoughts"))
    entries = entries_of(library)
    entries.edit(paper_id, entries.text(paper_id).replace("\n}", "\n  author = {Ada Lovelace},\n  year = 1843,\n}"))
    assert stored_paper(library, paper_id).key == "lovelace1843thoughts"


def test_a_type_of_biblatex_is_edited_in_biblatex(library: Library) -> None:
    paper_id = store_draft(library, replace(draft("Page", key="p", year="2026", journal="J"), type="online"))
    entries = entries_of(library)
    text = entries.text(paper_id)
    assert text.startswith("@online{p,") and "journaltitle = {J}" in text and "date = {2026}" in text
    entries.edit(paper_id, text.replace("{Page}", "{A Page}"))
    assert _exported(library, paper_id, format="biblatex").strip() == text.replace("{Page}", "{A Page}")
    assert "@misc{p," in _exported(library, paper_id)


def test_a_new_crossref_brings_what_the_parent_has_and_its_end_takes_it_away(library: Library) -> None:
    import_texts(
        library,
        "@inproceedings{c, title = {Child}, author = {Doe, J.}}\n"
        "@proceedings{p, title = {Parent}, year = 2001, publisher = {Press}}",
    )
    entries, paper_id = entries_of(library), _id(library, "c")
    entries.edit(paper_id, entries.text(paper_id).replace("{Doe, J.}", "{Doe, J.}, crossref = {p}"))
    paper = stored_paper(library, paper_id)
    assert paper.fields["booktitle"] == FieldValue("Parent", is_guess=True)
    assert (paper.plain("year"), paper.plain("publisher")) == ("2001", "Press")
    assert "crossref = {p}" in entries.text(paper_id) and "Parent" not in entries.text(paper_id)
    entries.edit(paper_id, entries.text(paper_id).replace(", crossref = {p}", ""))
    assert stored_paper(library, paper_id).plain("booktitle") == ""


CASES = sorted((Path(__file__).parents[2] / "data" / "bibtex" / "hardcases").glob("*.bib"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_hard_case_can_be_edited_and_leaves_as_typed(library: Library, path: Path) -> None:
    import_texts(library, decode(path.read_bytes(), path.name).text, format="bibtex")
    entries = entries_of(library)
    for number in sorted(library.ids(Listing())):
        paper_id = PaperId(number)
        text = entries.text(paper_id)
        check = entries.check(paper_id, text)
        before = stored_paper(library, paper_id)
        typed = text[:-1] + "\n" + text[-1]
        assert not check.errors, text
        entries.edit(paper_id, typed, expected=text)
        after = stored_paper(library, paper_id)
        assert {n: v.plain for n, v in after.fields.items()} == {n: v.plain for n, v in before.fields.items()}
        assert entries.text(paper_id) == typed
