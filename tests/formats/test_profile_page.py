"""The real page gives exactly what it means."""

from refman.domain.names import Name
from refman.domain.paper import Span
from refman.domain.profile import Capture
from refman.formats.base import ProfileDraft
from refman.formats.profile import ProfileImporter
from tests.formats.page import CAPTURED, DRAFTS, EXPECTED, HEAD, PAGE, PAPERS, read, without_spans


def test_every_field_of_all_23_papers() -> None:
    result = read(PAGE)
    assert without_spans(result) == DRAFTS
    assert len(result.drafts) == 23
    assert result.problems == ()
    assert result.blocks == ()


def test_the_drafts_are_what_the_page_is_said_to_mean() -> None:
    read_back = [
        {
            "title": draft.plain("title"),
            "authors": [name.display for name in draft.authors],
            "authors_truncated": draft.people["author"].truncated,
            "category_code": draft.plain("category_code"),
            "primary_class": draft.plain("primaryclass"),
            "year": int(draft.plain("year")),
            "month": int(draft.plain("month")),
            "day": int(draft.plain("day")),
            "score": float(draft.plain("score")) if draft.plain("score") else None,
            "abstract": draft.plain("abstract"),
        }
        for draft in read(PAGE).drafts
    ]
    meant = [{name: value for name, value in paper.items() if name != "year_given"} for paper in EXPECTED["papers"]]
    assert read_back == meant


def test_the_profile_with_its_numbers() -> None:
    numbers = Capture(CAPTURED, h_index=13, paper_count=23, citation_count=2191, novelty_percent=60, ai_score=47.0)
    assert read(PAGE).profiles == (ProfileDraft("Lars Buesing", "LG", numbers, Span(0, len(HEAD.rstrip()), 1)),)
    assert EXPECTED["profile"] == {
        "name": "Lars Buesing",
        "category_code": "LG",
        "h_index": numbers.h_index,
        "paper_count": numbers.paper_count,
        "citation_count": numbers.citation_count,
        "novelty_percent": numbers.novelty_percent,
        "ai_score": numbers.ai_score,
    }


def test_each_span_is_the_paper_from_its_header_to_the_end_of_its_abstract() -> None:
    result = read(PAGE)
    places = [PAGE[d.span.start : d.span.end] for d in result.drafts if d.span]
    assert places == ["\n".join(paper.lines) for paper in PAPERS]
    lines = [PAGE.split("\n")[d.span.line - 1] for d in result.drafts if d.span]
    assert lines == [paper.header for paper in PAPERS]


def test_a_particle_belongs_to_the_name() -> None:
    assert read(PAGE).drafts[0].authors[1] == Name(given="Ingrid", prefix="von", family="Glehn")


def test_et_al_in_an_abstract_is_text() -> None:
    hamrick = read(PAGE).drafts[4]
    assert "MuZero (Schrittwieser et al., 2019)" in hamrick.plain("abstract")
    assert len(hamrick.authors) == 3


def test_a_list_that_is_whole_is_not_said_to_be_cut() -> None:
    assert [draft.people["author"].truncated for draft in read(PAGE).drafts].index(False) == 13


def test_the_page_is_known_for_what_it_is() -> None:
    assert ProfileImporter().confidence(PAGE, "") == 0.9
    assert ProfileImporter().confidence(HEAD, "") > 0.5
    assert ProfileImporter().confidence("\n".join(PAPERS[5].lines), "") > 0.5
    assert ProfileImporter().confidence("@misc{a, title = {T}}", "page.txt") == 0
    assert ProfileImporter().confidence(PAPERS[0].abstract, "") == 0
    assert ProfileImporter().confidence("", "") == 0
