"""Importing BibTeX: keys, blocks and notes."""

from dataclasses import replace

import pytest

from refman.domain.listing import Listing
from refman.services.import_plan import (
    ImportInput,
    ImportOptions,
    OnDuplicate,
)
from refman.services.library import Library
from tests.services.papers import CAPTURED, import_texts, paper_of
from tests.services.short_pages import SHORT, figures

_BIB = """@string{jmlr = "J. Mach. Learn. Res."}
@preamble{"\\newcommand{\\x}{y}"}
@article{Smith2020, title={One}, author={Ann Smith}, year=2020, journal=jmlr}
@article{Jones2021, title={Two}, author={Bob Jones}, year=2021}
"""


def test_keys_and_blocks_of_a_bib_are_kept(library: Library) -> None:
    report = import_texts(library, _BIB)
    assert report.keys == ("Smith2020", "Jones2021")
    with library.store.read() as reader:
        assert reader.macros() == {"jmlr": '"J. Mach. Learn. Res."'}
        kinds = [block.kind for _, block in reader.blocks()]
    assert kinds == ["dialect", "string", "preamble"]
    again = import_texts(library, _BIB)
    assert figures(again) == (0, 0, 2, 0)
    assert again.outcome.is_nothing


def test_entries_of_one_file_with_different_keys_are_two_papers_each_time(library: Library) -> None:
    twins = "".join(f"@misc{{{key}, title={{One}}, author={{Ann Smith}}, year=2020}}\n" for key in ("a", "b"))
    assert figures(import_texts(library, twins)) == (2, 0, 0, 0)
    again = import_texts(library, twins)
    assert (figures(again), again.keys, again.problems) == ((0, 0, 2, 0), ("a", "b"), ())


def test_entries_without_title_are_known_by_their_key(library: Library) -> None:
    bib = "@misc{control, note={x}}"
    assert figures(import_texts(library, bib)) == (1, 0, 0, 0)
    assert figures(import_texts(library, bib)) == (0, 0, 1, 0)
    library.trash([paper_of(library, "control").id])
    report = import_texts(library, bib)
    assert (figures(report), report.keys) == ((1, 0, 0, 0), ("control",))


def test_a_key_that_is_taken_gets_a_letter_and_a_problem(library: Library) -> None:
    import_texts(library, "@misc{a, title={One}}")
    report = import_texts(library, "@misc{A, title={Two}}")
    assert report.keys == ("Aa",)
    (problem,) = report.problems
    assert (problem.code, problem.line, problem.arguments) == ("key-taken", 1, ("A", "Aa"))


def test_a_paper_that_is_here_keeps_its_key_and_the_person_is_told(library: Library) -> None:
    import_texts(library, SHORT)
    bib = "@misc{Smith24, title={A Paper on Things}, author={Ann Smith and others}, year=2024}"
    report = import_texts(library, bib)
    assert report.keys == ("smith2024paper",)
    assert [(one.code, one.arguments[1:]) for one in report.problems] == [
        ("differs", ("key", "smith2024paper", "Smith24"))
    ]


def test_notes_of_a_draft_come_with_it_once(library: Library) -> None:
    import_texts(library, SHORT)
    plan = library.plan_import([ImportInput("x", SHORT)], ImportOptions(CAPTURED))
    item = plan.items[0]
    plan = replace(plan, items=(replace(item, draft=replace(item.draft, notes=("read it",))),))
    assert figures(library.apply_import(plan)) == (0, 1, 0, 0)
    assert figures(library.apply_import(plan)) == (0, 0, 1, 0)
    assert [note.text for note in library.notes(paper_of(library, "smith2024paper").id)] == ["read it"]


def _two(first: str, second: str, **more: str) -> tuple[str, str]:
    entry = "@article{{{0}, title={{One}}, author={{Ann Smith}}, year=2020{1}}}\n"
    return entry.format(first, ""), entry.format(second, "".join(f", {name}={{{text}}}" for name, text in more.items()))


def test_entries_of_two_files_with_different_keys_stay_two(library: Library) -> None:
    first, second = _two("first", "second")
    import_texts(library, first)
    report = import_texts(library, second)
    assert (report.added, report.updated) == (1, 0)
    assert set(library.ids_of_keys(["first", "second"])) == {"first", "second"}
    [problem] = report.problems
    assert (problem.code, problem.arguments) == ("looks-like", ("second", "first"))
    assert "refman merge first second" in problem.message
    both = import_texts(library, *_two("third", "fourth"))
    assert (both.added, [one.code for one in both.problems]) == (2, ["looks-like", "looks-like"])
    again = import_texts(library, first + second)
    assert (again.added, again.problems) == (0, ())


@pytest.mark.parametrize("is_first", [True, False])
def test_an_entry_without_a_key_stays_beside_one_with_a_key(library: Library, *, is_first: bool) -> None:
    texts = _two("", "second")
    text = "".join(texts if is_first else reversed(texts))
    assert import_texts(library, text).added == 2
    again = import_texts(library, text)
    assert (again.added, again.updated) == (0, 0)
    assert set(library.ids_of_keys(["second"])) == {"second"}


def test_with_one_doi_and_type_both_keys_live_on(library: Library) -> None:
    first, second = (text.replace("year", "doi={10.1000/a}, year") for text in _two("first", "second"))
    import_texts(library, first)
    report = import_texts(library, second.replace("2020", "2020, volume=3"))
    assert (report.added, report.updated) == (0, 1)
    paper = paper_of(library, "first")
    assert paper.plain("volume") == "3"
    with library.store.read() as reader:
        assert reader.former_keys([paper.id]) == {paper.id: ["second"]}


def test_an_entry_completes_a_paper_of_a_page_and_its_key_lives_on(library: Library) -> None:
    made = library.new_paper("misc", {"title": "One", "authors": "Ann Smith", "year": "2020"})
    report = import_texts(library, _two("first", "second")[1])
    assert (report.added, report.updated) == (0, 1)
    [paper_id] = made.changes.added
    with library.store.read() as reader:
        assert reader.former_keys([paper_id]) == {paper_id: ["second"]}


def test_a_made_key_comes_back_also_when_it_was_the_second_choice(library: Library) -> None:
    entry = "@misc{{,\n title={{Rare {0}}}, author={{Ann Smith}}, year=2020}}\n"
    import_texts(library, entry.format("Birds"))
    report = import_texts(library, entry.format("Words in corpora"))
    [key] = report.keys
    paper_id = library.ids_of_keys([key])[key]
    library.trash([paper_id])
    assert import_texts(library, entry.format("Words in corpora")).keys == (key,)


_ALPHA = "@misc{proc, title={Alpha}, year=2001}\n"
_BETA = (
    "@inproceedings{ch2, author={Bob Ray},   title={Child of Beta}, crossref = {PROC}, related = {x, proc}}\n"
    "@proceedings{proc, title={Beta}, booktitle={Beta}, year=2002}\n"
)


def test_children_follow_their_parent_to_the_key_that_it_got(library: Library) -> None:
    import_texts(library, _ALPHA, _BETA)
    child = paper_of(library, "ch2")
    assert (child.plain("crossref"), child.plain("related")) == ("proca", "x,proca")
    written = library.export_text([child.id], "bibtex")
    assert written.startswith(
        "@inproceedings{ch2, author={Bob Ray},   title={Child of Beta}, crossref = {proca}, related = {x,proca}}\n"
    )
    assert "@proceedings{proca, title={Beta}" in written and "Alpha" not in written
    library.edit(child.id, {"title": "Another"})
    assert "crossref = {proca}" in library.export_text([child.id], "bibtex")
    library.undo()
    library.undo()
    assert len(library.ids(Listing())) == 0


def test_children_that_were_here_and_those_of_other_files_stay(library: Library) -> None:
    import_texts(library, "@inproceedings{ch1, title={Child of Alpha}, crossref={proc}}\n" + _ALPHA)
    import_texts(library, _BETA)
    assert paper_of(library, "ch1").plain("crossref") == "proc"
    assert paper_of(library, "ch2").plain("crossref") == "proca"


def test_of_two_entries_with_one_key_the_first_stays_the_parent(library: Library) -> None:
    import_texts(library, _BETA + "@misc{proc, title={Of the same key}, year=2003}\n")
    assert paper_of(library, "proca").plain("title") == "Of the same key"
    assert paper_of(library, "ch2").plain("crossref") == "PROC"


def test_children_follow_a_parent_that_is_here_under_another_key(library: Library) -> None:
    import_texts(library, "@proceedings{here, title={Beta}, year=2002, doi={10.1000/b}}\n")
    import_texts(library, _BETA.replace("year=2002", "year=2002, doi={10.1000/b}"))
    assert paper_of(library, "ch2").plain("crossref") == "here"


def test_a_file_that_is_read_again_adds_nothing_whatever_keys_it_got(library: Library) -> None:
    import_texts(library, _ALPHA, _BETA)
    again = import_texts(library, _ALPHA, _BETA)
    assert again.outcome.is_nothing and again.keys == ("proc", "ch2", "proca")
    changed = import_texts(library, "", _BETA.replace("year=2002", "year=2002, publisher={P}"))
    assert changed.added == 0
    assert paper_of(library, "proca").plain("publisher") == "P"
    kept = import_texts(library, "", _BETA, on_duplicate=OnDuplicate.KEEP)
    assert kept.added == 2
