"""Importing the real author page, again and again."""

import json
from datetime import date

from refman.domain.changes import OperationKind
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import CAPTURED, PAGE, import_page, import_texts, paper_of
from tests.services.short_pages import all_papers, figures

KEYS = (
    "zheng2026ai velickovic2024amplifying tomasev2022pushing mesnard2020counterfactual hamrick2020role "
    "mitrovic2020representation karkus2020beyond mirza2020physically velickovic2020pointer parascandolo2020divide "
    "guez2020value rezende2020causally hamrick2019combining buesing2019approximate weber2019credit "
    "buesing2018woulda gregor2018temporal buesing2018learning speiser2017fast weber2017imagination "
    "pascanu2017learning archer2015black park2014bayesian"
)


def _page() -> str:
    return PAGE.read_text("utf-8")


def test_the_page_adds_its_23_papers_with_keys_and_profile(library: Library) -> None:
    report = import_page(library)
    assert figures(report) == (23, 0, 0, 0)
    assert report.keys == tuple(KEYS.split())
    assert report.profiles == ("Lars Buesing",)
    assert report.problems == ()
    assert report.outcome.message == "23 added"
    assert (report.outcome.code, report.outcome.arguments) == ("imported", ("23", "0", "0", "0"))
    operation = report.outcome.changes.operation
    assert operation
    assert (operation.kind, operation.name, operation.papers) == (
        OperationKind.IMPORT,
        "Import 23 papers from a.txt",
        23,
    )


def test_the_stored_papers_say_what_the_page_means(library: Library) -> None:
    import_page(library)
    expected = json.loads(PAGE.with_suffix(".expected.json").read_text("utf-8"))
    stored = [
        {
            "title": paper.plain("title"),
            "authors": [name.display for name in paper.authors],
            "authors_truncated": paper.people["author"].truncated,
            "year": int(paper.plain("year")),
            "abstract": paper.plain("abstract"),
        }
        for paper in all_papers(library)
    ]
    assert stored == [{name: paper[name] for name in stored[0]} for paper in expected["papers"]]
    (profile,) = library.profiles()
    assert (profile.name, profile.captures[0].captured_on, profile.captures[0].h_index) == (
        "Lars Buesing",
        CAPTURED,
        13,
    )


def test_each_paper_remembers_its_place_in_the_kept_text(library: Library) -> None:
    import_page(library)
    (place,) = paper_of(library, "tomasev2022pushing").came_from
    source = library.source_text(place.source_id)
    assert source
    assert (source.name, source.format, source.text) == ("a.txt", "profile", _page())
    excerpt = source.text[place.span.start : place.span.end]
    assert excerpt.startswith("CVJan 13, 2022\nPushing the limits")
    assert source.text.count("\n", 0, place.span.start) + 1 == place.span.line


def test_the_same_page_again_adds_nothing_and_makes_no_step(library: Library, clock: FakeClock) -> None:
    first = import_page(library)
    before, version = all_papers(library), library.version()
    clock.pass_seconds(60)
    again = import_page(library)
    assert figures(again) == (0, 0, 23, 0)
    assert again.keys == first.keys
    assert again.profiles == ("Lars Buesing",)
    assert again.problems == ()
    assert again.outcome.is_nothing
    assert again.outcome.message == "23 already here"
    assert all_papers(library) == before
    assert len(library.history()) == 1
    assert library.version() == version


def test_undo_takes_the_whole_import_back_and_redo_brings_it(library: Library) -> None:
    import_page(library)
    before = all_papers(library)
    library.undo()
    assert all_papers(library) == []
    assert library.profiles() == []
    library.redo()
    assert all_papers(library) == before


def test_a_later_capture_renews_the_scores_alone(library: Library, clock: FakeClock) -> None:
    import_page(library)
    before = paper_of(library, "zheng2026ai")
    clock.pass_seconds(60)
    later = import_texts(library, _page().replace("95.5AI", "99AI"), captured_on=date(2026, 11, 30))
    assert figures(later) == (0, 0, 23, 0)
    assert later.problems == ()
    after = paper_of(library, "zheng2026ai")
    assert (after.plain("score"), after.plain("score_date")) == ("99", "2026-11-30")
    assert after.changed == before.changed
    (profile,) = library.profiles()
    assert [capture.captured_on for capture in profile.captures] == [date(2026, 11, 30), CAPTURED]


def test_an_earlier_capture_leaves_the_scores(library: Library) -> None:
    import_page(library)
    earlier = import_texts(library, _page().replace("95.5AI", "80AI"), captured_on=date(2026, 11, 1))
    assert figures(earlier) == (0, 0, 23, 0)
    assert earlier.problems == ()
    assert paper_of(library, "zheng2026ai").plain("score") == "95.5"


def test_the_same_profile_and_day_is_one_capture(library: Library) -> None:
    import_page(library)
    import_texts(library, _page().replace("h-index13", "h-index14"))
    (profile,) = library.profiles()
    assert [(one.captured_on, one.h_index) for one in profile.captures] == [(CAPTURED, 14)]


def test_the_page_twice_in_one_paste_is_23_papers(library: Library) -> None:
    report = import_texts(library, _page() + "\n\n" + _page())
    assert figures(report) == (23, 0, 23, 0)
    assert report.keys == tuple(KEYS.split()) * 2
    assert len(paper_of(library, "zheng2026ai").came_from) == 2


def test_the_page_in_two_files_is_23_papers_and_one_source(library: Library) -> None:
    report = import_texts(library, _page(), _page())
    assert figures(report) == (23, 0, 23, 0)
    assert len(paper_of(library, "zheng2026ai").came_from) == 1
    assert report.outcome.changes.operation
    assert report.outcome.changes.operation.name == "Import 46 papers from 2 files"
