"""The head of an author page: name, category and badges in any arrangement, any line missing."""

import re
from dataclasses import replace

import pytest

from refman.domain.profile import Capture
from tests.formats.page import CAPTURED, DRAFTS, HEAD, PAGE, codes, read, without_spans

_PAPERS_TEXT = PAGE[len(HEAD) :]
_CAPTURE = Capture(CAPTURED, 13, 23, 2191, 60, 47.0)


def _profiles(head: str) -> list[tuple[str, str, Capture]]:
    result = read(head + _PAPERS_TEXT)
    assert without_spans(result) == DRAFTS
    return [(profile.name, profile.category_code, profile.capture) for profile in result.profiles]


@pytest.mark.parametrize(
    "head",
    [
        "Lars Buesing\n\nLG\nh-index 13\n23 papers\n2,191 citations\nNovelty 60%\nAI Score 47\n\n23 Papers\n\n",
        "Lars Buesing\nLG\nh-index\n13\n23\npapers\n2,191\ncitations\nNovelty\n60%\nAI Score\n47\n23 Papers\n",
        "Lars Buesing\nLG\n13\nh-index\n23\npapers\n2,191\ncitations\n60%\nNovelty\n47\nAI Score\n23 Papers\n",
        "Lars Buesing\n\nLG\nh-index\n\n13\n\npapers\n\n23\n\ncitations\n\n2,191\n\nNovelty\n\n60%\n\nAI Score\n\n47\n",
        "Lars Buesing\nLG\n13 h-index\npapers 23\ncitations: 2,191\n60% Novelty\n47 AI Score\nPapers 23\n\n",
        "Lars Buesing\nLG h-index13 23papers 2,191citations Novelty60% AI Score47\n\n23 Papers\n\n",
        "Lars Buesing LG h-index 13 23 papers 2,191 citations Novelty 60% AI Score 47\n23 Papers\n\n",
        "Lars Buesing\nLG · h-index 13 · 23 papers · 2,191 citations · Novelty 60% · AI Score 47\n23 Papers\n\n",
        "Lars Buesing\nLGh-index1323papers2,191citationsNovelty60%AI Score47\n\n23 Papers\n\n",
        "Lars Buesing\n\nLG\nh-index13\n23papers\n2.191citations\nNovelty60%\nAI Score47\n\n23 Papers\n\n",
        "Lars Buesing\n\nLG\nh-index13\n23papers\n2 191citations\nNovelty60 %\nAI Score47\n\n23 Papers\n\n",
        "Lars Buesing\n\nLG\nh-index13\n23papers\n2\u202f191citations\nNovelty60\u00a0%\nAI Score47.0\n\n23 Papers\n\n",
        "Lars Buesing\n\nLG\nh‑index13\n23papers\n2'191citations\nNovelty60%\nAI Score47,0\n\n23 Papers\n\n",
        "Lars Buesing\n\nlg\nH-INDEX13\n23PAPERS\n2191CITATIONS\nNOVELTY60%\nai score47\n\n23 papers\n\n",
        "Home\n\nLars Buesing\n\nLG\nh-index13\n23papers\n2191citations\nNovelty60%\nAI Score47\n\n23 Papers\n\n",
    ],
)
def test_badges_are_read_in_any_arrangement(head: str) -> None:
    assert _profiles(head) == [("Lars Buesing", "LG", _CAPTURE)]


@pytest.mark.parametrize(
    ("missing", "capture"),
    [
        ("h-index13", replace(_CAPTURE, h_index=None)),
        ("23papers", replace(_CAPTURE, paper_count=None)),
        ("2,191citations", replace(_CAPTURE, citation_count=None)),
        ("Novelty60%", replace(_CAPTURE, novelty_percent=None)),
        ("AI Score47", replace(_CAPTURE, ai_score=None)),
        ("23 Papers", _CAPTURE),
    ],
)
@pytest.mark.parametrize("blank_lines", [True, False])
def test_any_badge_can_be_missing(missing: str, capture: Capture, *, blank_lines: bool) -> None:
    head = HEAD.replace(f"{missing}\n", "")
    assert _profiles(head if blank_lines else re.sub(r"\n+", "\n", head)) == [("Lars Buesing", "LG", capture)]


def test_the_category_can_be_missing() -> None:
    assert _profiles(HEAD.replace("LG\n", "")) == [("Lars Buesing", "", _CAPTURE)]


def test_numbers_without_a_name_make_no_profile_but_a_problem() -> None:
    result = read(PAGE.replace("Lars Buesing\n\nLG\n", "LG\n", 1))
    assert without_spans(result) == DRAFTS
    assert result.profiles == ()
    assert [(p.code, p.line, p.arguments) for p in result.problems] == [("nameless-profile", 1, ("“LG”",))]


def test_a_page_without_its_head_is_papers_only() -> None:
    result = read(_PAPERS_TEXT)
    assert without_spans(result) == DRAFTS
    assert result.profiles == ()
    assert result.problems == ()


def test_only_the_heading_is_left_of_the_head() -> None:
    result = read("23 Papers\n\n" + _PAPERS_TEXT)
    assert without_spans(result) == DRAFTS
    assert codes(result) == ["nameless-profile"]


@pytest.mark.parametrize("end", [len(HEAD), len(HEAD.rstrip()), HEAD.index("AI Score"), HEAD.index("23 Papers")])
def test_a_head_alone_is_a_profile_and_a_problem(end: int) -> None:
    result = read(HEAD[:end])
    assert result.drafts == ()
    assert [(profile.name, profile.category_code) for profile in result.profiles] == [("Lars Buesing", "LG")]
    assert "papers-differ" in codes(result)
    assert "The page says 23 papers, but 0 were found." in [problem.message for problem in result.problems]


@pytest.mark.parametrize("name", ["Robert Downey, Jr.", "Ingrid von Glehn", "李明", "Jean-Baptiste O'Neil", "OpenAI"])
def test_names_of_every_kind_head_a_page(name: str) -> None:
    assert _profiles(HEAD.replace("Lars Buesing", name)) == [(name, "LG", _CAPTURE)]


@pytest.mark.parametrize(
    ("badge", "heading", "expected"),
    [
        ("24papers", "23 Papers", [("counts-differ", "The page says 24 papers in one place and 23 in another.")]),
        (
            "23papers",
            "24 Papers",
            [
                ("counts-differ", "The page says 23 papers in one place and 24 in another."),
                ("papers-differ", "The page says 24 papers, but 23 were found."),
            ],
        ),
        ("1,023papers", "1,023 Papers", [("papers-differ", "The page says 1023 papers, but 23 were found.")]),
        ("22papers", "", [("papers-differ", "The page says 22 papers, but 23 were found.")]),
        ("", "22 Papers", [("papers-differ", "The page says 22 papers, but 23 were found.")]),
    ],
)
def test_counts_that_differ_are_told_with_their_numbers(
    badge: str, heading: str, expected: list[tuple[str, str]]
) -> None:
    result = read(HEAD.replace("23papers", badge).replace("23 Papers", heading) + _PAPERS_TEXT)
    assert [(problem.code, problem.message) for problem in result.problems] == expected
    assert all(problem.line > 0 for problem in result.problems)
    assert without_spans(result) == DRAFTS


def test_a_number_that_could_be_two_is_left_out_and_told() -> None:
    result = read("Lars Buesing\nLGh-index1323papers2,191citations\n\n" + _PAPERS_TEXT)
    assert [profile.capture for profile in result.profiles] == [Capture(CAPTURED, citation_count=2191)]
    assert [(problem.code, problem.arguments) for problem in result.problems] == [("unclear-number", ("1323",))]


def test_two_numbers_that_look_like_thousands_are_divided() -> None:
    result = read("Lars Buesing\nLG h-index 13 191 papers 2 191 citations\n\n" + _PAPERS_TEXT)
    assert [profile.capture for profile in result.profiles] == [
        Capture(CAPTURED, h_index=13, paper_count=191, citation_count=2191)
    ]
    assert codes(result) == ["papers-differ"]


def test_a_long_run_of_badges_is_read_in_pieces_and_never_as_papers() -> None:
    result = read("Jane Doe\nLG\n" + "h-index13\n" * 100 + _PAPERS_TEXT)
    assert without_spans(result) == DRAFTS
    assert [profile.name for profile in result.profiles] == ["Jane Doe"]


def test_text_between_head_and_papers_is_told() -> None:
    result = read(f"{HEAD}Sort by date\n\n{_PAPERS_TEXT}")
    assert without_spans(result) == DRAFTS
    assert [(problem.code, problem.line, problem.message) for problem in result.problems] == [
        ("text-without-paper", 12, "Skipped “Sort by date”: it belongs to no paper.")
    ]


def test_two_authors_in_one_paste_are_two_profiles() -> None:
    other = (
        "Jane Doe\n\nCL\nh-index5\n1papers\n10citations\nNovelty50%\nAI Score40\n\n1 Papers\n\n"
        "CLMay 7\nA Paper of Jane\n\nJane Doe\n\nWe do things."
    )
    for text in (f"{PAGE}\n\n{other}", f"{PAGE}\n{other}", re.sub(r"\n+", "\n", f"{PAGE}\n{other}")):
        result = read(text)
        assert without_spans(result)[:23] == DRAFTS
        assert [draft.plain("title") for draft in result.drafts[23:]] == ["A Paper of Jane"]
        assert [(p.name, p.category_code, p.capture) for p in result.profiles] == [
            ("Lars Buesing", "LG", _CAPTURE),
            ("Jane Doe", "CL", Capture(CAPTURED, 5, 1, 10, 50, 40.0)),
        ]
        assert result.problems == ()
        place = result.profiles[1].span
        assert text[place.start : place.end].startswith("Jane Doe")
        assert text[place.start : place.end].endswith("1 Papers")


def test_the_same_page_twice_gives_everything_twice() -> None:
    for text in (f"{PAGE}\n{PAGE}", f"{PAGE}\n\n{PAGE}", re.sub(r"\n+", "\n", f"{PAGE}\n{PAGE}")):
        result = read(text)
        assert without_spans(result) == DRAFTS * 2
        assert len(result.profiles) == 2
        assert result.problems == ()


def test_a_line_about_papers_and_citations_is_no_head() -> None:
    result = read(_PAPERS_TEXT.replace(" In early tests,", "\nWe study\n23 papers\nand others. In early tests,"))
    assert without_spans(result)[1:] == DRAFTS[1:]
    assert "workflows. We study 23 papers and others. In early tests" in result.drafts[0].plain("abstract")
    assert result.profiles == ()
    assert result.problems == ()
