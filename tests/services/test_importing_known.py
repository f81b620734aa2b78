"""Importing papers that are here already, and the tags that come along."""

import pytest

from refman.domain.errors import InvalidValue
from refman.domain.paper import FieldValue, Origin
from refman.services.import_plan import (
    ImportInput,
    ImportOptions,
    OnDuplicate,
)
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import CAPTURED, import_texts, paper_of, stored_paper
from tests.services.short_pages import LONG, OTHER, SHORT, all_papers, figures


def test_a_fuller_draft_completes_the_paper(library: Library, clock: FakeClock) -> None:
    import_texts(library, SHORT)
    clock.pass_seconds(60)
    report = import_texts(library, LONG)
    assert figures(report) == (0, 1, 0, 0)
    assert report.problems == ()
    paper = paper_of(library, "smith2024paper")
    assert [name.family for name in paper.authors] == ["Smith", "Jones", "Young"]
    assert not paper.people["author"].truncated
    assert paper.changed == clock.now()
    assert report.outcome.message == "1 completed"


def test_a_differing_value_is_a_problem_with_its_line(library: Library) -> None:
    import_texts(library, SHORT)
    report = import_texts(library, "\n" + OTHER)
    assert figures(report) == (0, 0, 1, 0)
    (problem,) = report.problems
    assert (problem.file, problem.line, problem.code) == ("a.txt", 2, "differs")
    assert problem.message == (
        'smith2024paper: abstract is "First words." in the library and "Other words." here; it was left as it is.'
    )
    assert paper_of(library, "smith2024paper").plain("abstract") == "First words."


def test_what_a_person_edited_or_cleared_is_never_overwritten(library: Library) -> None:
    import_texts(library, SHORT)
    paper = paper_of(library, "smith2024paper")
    library.edit(paper.id, {"abstract": "", "authors": "Zoe Mine", "title": "A paper on things"})
    edited = stored_paper(library, paper.id)
    report = import_texts(library, LONG)
    after = stored_paper(library, paper.id)
    assert (after.fields, after.people) == (edited.fields, edited.people)
    # Title and first author are others now, so nothing tells that it is the same paper: it comes in beside it.
    assert figures(report) == (1, 0, 0, 0)


def test_a_cleared_field_is_not_filled_again(library: Library) -> None:
    import_texts(library, SHORT)
    paper = paper_of(library, "smith2024paper")
    library.edit(paper.id, {"abstract": "", "month": ""})
    report = import_texts(library, OTHER)
    assert figures(report) == (0, 0, 1, 0)
    assert report.problems == ()
    assert stored_paper(library, paper.id).fields["abstract"] == FieldValue("", None, Origin.PERSON)


def test_a_type_that_a_person_set_back_is_not_filled(library: Library) -> None:
    import_texts(library, SHORT)
    paper_id = paper_of(library, "smith2024paper").id
    article = "@article{x, title={A Paper on Things}, author={Ann Smith and others}, year=2024, journal={J}}"
    import_texts(library, article)
    assert stored_paper(library, paper_id).type == "article"
    library.edit(paper_id, {"type": "misc"})
    import_texts(library, article)
    assert stored_paper(library, paper_id).type == "misc"


def test_skip_leaves_papers_alone_and_counts_repeats_as_unchanged(library: Library) -> None:
    import_texts(library, SHORT)
    report = import_texts(library, LONG + "\n" + LONG, on_duplicate=OnDuplicate.SKIP)
    assert figures(report) == (0, 0, 1, 1)
    assert report.keys == ("smith2024paper", "smith2024paper")
    paper = paper_of(library, "smith2024paper")
    assert len(paper.authors) == 2
    assert report.outcome.is_nothing == (len(paper.came_from) == 1)


def test_skip_still_completes_a_new_paper_from_its_repeats(library: Library) -> None:
    report = import_texts(library, SHORT + "\n" + LONG, on_duplicate=OnDuplicate.SKIP)
    assert figures(report) == (1, 0, 1, 0)
    assert len(paper_of(library, "smith2024paper").authors) == 3


def test_keep_adds_a_paper_of_its_own_but_not_each_repeat(library: Library) -> None:
    import_texts(library, SHORT)
    report = import_texts(library, LONG + "\n" + LONG, on_duplicate=OnDuplicate.KEEP)
    assert figures(report) == (1, 0, 1, 0)
    assert report.keys == ("smith2024paperthings",) * 2
    assert len(all_papers(library)) == 2


def test_keep_adds_from_every_source(library: Library) -> None:
    report = import_texts(library, SHORT, LONG, on_duplicate=OnDuplicate.KEEP)
    assert figures(report) == (2, 0, 0, 0)


def test_a_new_paper_is_completed_by_a_second_file(library: Library) -> None:
    report = import_texts(library, SHORT, LONG)
    assert figures(report) == (1, 1, 0, 0)
    assert len(paper_of(library, "smith2024paper").authors) == 3


def test_a_paper_in_the_trash_is_another_one_that_hands_its_key_over(library: Library) -> None:
    import_texts(library, SHORT)
    trashed = paper_of(library, "smith2024paper").id
    library.trash([trashed])
    report = import_texts(library, SHORT)
    assert figures(report) == (1, 0, 0, 0)
    assert report.keys == ("smith2024paper",)
    assert paper_of(library, "smith2024paper").id != trashed
    library.undo()
    assert paper_of(library, "smith2024paper").id == trashed


def test_a_paper_without_a_key_gets_one_when_it_is_met(library: Library) -> None:
    outcome = library.new_paper("misc", {})
    (paper_id,) = outcome.changes.added
    library.edit(paper_id, {"title": "A Paper on Things", "authors": "Ann Smith"})
    assert stored_paper(library, paper_id).key == ""
    report = import_texts(library, SHORT)
    assert report.keys == ("smith2024paper",)
    assert stored_paper(library, paper_id).key == "smith2024paper"


def test_tags_go_on_every_paper_also_on_those_that_are_here(library: Library) -> None:
    import_texts(library, SHORT)
    report = import_texts(library, SHORT, tags=["RL/planning ", "to read"])
    assert figures(report) == (0, 1, 0, 0)
    assert set(paper_of(library, "smith2024paper").tags) == {"RL/planning", "to read"}
    again = import_texts(library, SHORT, tags=["rl/planning"])
    assert figures(again) == (0, 0, 1, 0)


def test_a_tag_that_cannot_be_is_refused_before_anything_is_read(library: Library) -> None:
    with pytest.raises(InvalidValue, match="is not a tag"):
        import_texts(library, SHORT, tags=["rl//x"])
    assert library.history() == []


def test_keywords_become_tags_when_asked_and_their_slashes_make_no_levels(library: Library) -> None:
    text = "@misc{a, title={One}, keywords={TCP/IP; deep learning; Deep Learning}}"
    options = ImportOptions(CAPTURED, keywords_as_tags=True)
    library.apply_import(library.plan_import([ImportInput("a.bib", text)], options))
    paper = paper_of(library, "a")
    assert set(paper.tags) == {"TCP\\/IP", "deep learning"}
    assert paper.plain("keywords") == "TCP/IP; deep learning; Deep Learning"
