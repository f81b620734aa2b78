"""A selection that begins or ends anywhere: what is there comes out whole, the rest is told."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refman.domain.errors import Problem
from tests.formats.page import DRAFTS, HEAD, PAGE, PAPERS, bare, codes, read, without_spans

_FIRST, _SECOND, _LAST = PAPERS[0], PAPERS[1], PAPERS[-1]
_PLACES = [(draft.span.start, draft.span.end) for draft in read(PAGE).drafts if draft.span]


def _from(text: str) -> int:
    return PAGE.index(text)


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("-Mathematician: Accelerating", "paper-without-header"),
        ("\nAI Co-Mathematician: Accelerating", "paper-without-header"),
        ("AI Co-Mathematician: Accelerating", "paper-without-header"),
        ("Zheng, Ingrid", "text-before-papers"),
        ("We introduce the AI co-math", "text-before-papers"),
        ("open-ended research", "text-before-papers"),
        ("evaluated.\n", "text-before-papers"),
    ],
)
def test_a_selection_that_begins_inside_a_paper(start: str, code: str) -> None:
    result = read(PAGE[_from(start) :])
    assert without_spans(result) == DRAFTS[1:]
    assert [(problem.code, problem.line) for problem in result.problems] == [(code, 1 + start.startswith("\n"))]


def test_a_selection_that_begins_at_a_paper_is_whole() -> None:
    result = read(PAGE[_from(_SECOND.header) :])
    assert without_spans(result) == DRAFTS[1:]
    assert result.problems == ()


def test_what_was_skipped_is_quoted_with_its_line() -> None:
    result = read(PAGE[_from("evaluated.\n") :])
    message = "Skipped “evaluated.”: it stands before the first paper; the selection may have begun inside one."
    assert result.problems == (Problem(1, "text-before-papers", message, ("“evaluated.”",)),)


def test_a_long_skipped_text_is_quoted_by_its_beginning() -> None:
    result = read(PAGE[_from("We introduce the AI") :])
    assert result.problems[0].arguments == ("“We introduce the AI co-mathematician, a workbench for mathem…”",)


def test_the_end_inside_an_abstract_keeps_the_paper_and_tells() -> None:
    result = read(PAGE[: _from("ture of coordinates within the manifold.")].rstrip())
    assert without_spans(result)[:-1] == DRAFTS[:-1]
    last = result.drafts[-1]
    assert last.plain("title") == _LAST.title
    assert last.people == DRAFTS[-1].people
    assert _LAST.abstract.startswith(last.plain("abstract"))
    assert codes(result) == ["cut-abstract"]
    assert result.problems[0].line == PAGE.count("\n") + 1


@pytest.mark.parametrize(
    "end", ["See https://example.org/view/modular-rl/", "So it is (in short.)", "It “works.”", "Why?"]
)
def test_an_abstract_that_can_end_there_is_not_said_to_be_cut(end: str) -> None:
    result = read("\n".join([*_LAST.lines[:-1], end]))
    assert result.drafts[0].plain("abstract") == end
    assert result.problems == ()


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("\n".join(_LAST.lines[:4]), ["no-abstract"]),
        ("\n".join([*_LAST.lines[:3], "Mijung Park, Wittawat Jitkri"]), ["cut-authors"]),
        ("\n".join([*_LAST.lines[:3], "Mijung Park, Wittawat Jitkrittum\n"]), ["no-abstract"]),
    ],
)
def test_the_end_in_the_authors_keeps_title_and_names(kept: str, expected: list[str]) -> None:
    result = read(PAGE[: _from(_LAST.header)].removeprefix(HEAD) + kept)
    assert without_spans(result)[:-1] == DRAFTS[:-1]
    assert result.drafts[-1].plain("title") == _LAST.title
    assert result.drafts[-1].authors[0].family == "Park"
    assert result.drafts[-1].plain("abstract") == ""
    assert codes(result) == expected


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (_LAST.header, ["header-without-paper"]),
        (f"{_LAST.header}\nBayesian Mani", ["cut-title"]),
        (f"{_LAST.header}\n{_LAST.title}\n\n", ["cut-title"]),
        ("MLOct 24, 20", ["text-without-paper"]),
        ("ML", ["text-without-paper"]),
    ],
)
def test_the_end_before_the_authors_gives_no_paper(kept: str, expected: list[str]) -> None:
    result = read(PAGE[: _from(_LAST.header)].removeprefix(HEAD) + kept)
    assert without_spans(result) == DRAFTS[:-1]
    assert codes(result) == expected
    assert all(kept[:5] in problem.message for problem in result.problems)


@given(st.integers(0, len(PAGE)))
@example(_PLACES[-1][1])
@example(len(HEAD))
def test_an_end_anywhere_leaves_the_papers_before_it_whole(end: int) -> None:
    result = read(PAGE[:end])
    whole = [draft for draft, (_, last) in zip(DRAFTS, _PLACES, strict=True) if last <= end]
    drafts = without_spans(result)
    assert drafts[: len(whole)] == whole
    assert len(drafts) <= len(whole) + 1
    assert len(whole) == 23 or result.problems


# A cut inside the first header cannot be seen: what is left of it is a header still.
@given(st.integers(_from(_FIRST.title), len(PAGE)))
@example(_PLACES[3][0])
@example(_PLACES[3][0] + 3)
def test_a_beginning_anywhere_leaves_the_papers_after_it_whole(start: int) -> None:
    result = read(PAGE[start:])
    whole = [draft for draft, (first, _) in zip(DRAFTS, _PLACES, strict=True) if first >= start]
    before = PAGE[start : _PLACES[23 - len(whole)][0]] if whole else PAGE[start:]
    drafts = without_spans(result)
    assert drafts == whole
    assert bool(result.problems) == bool(before.strip()) or not whole


def test_without_blank_lines_cuts_are_no_worse() -> None:
    page = re.sub(r"\n+", "\n", PAGE)
    places = [(draft.span.start, draft.span.end) for draft in read(page).drafts if draft.span]
    for end in range(places[2][0], places[4][1], 37):
        whole = [draft for draft, (_, last) in zip(DRAFTS, places, strict=True) if last <= end]
        assert without_spans(read(page[:end]))[: len(whole)] == whole
    for start in range(places[2][0] + 1, places[4][1], 37):
        whole = [draft for draft, (first, _) in zip(DRAFTS, places, strict=True) if first >= start]
        assert without_spans(read(page[start:])) == whole


def test_what_follows_the_last_paper_is_told() -> None:
    for footer in (
        "\n\nLoad more\n\n© 2026 Scholar Feed\nTerms Privacy",
        "\nLoad more\n© 2026 Scholar Feed\nTerms Privacy",
    ):
        result = read(PAGE.rstrip() + footer)
        assert without_spans(result) == DRAFTS
        assert [(p.code, p.arguments) for p in result.problems] == [
            ("text-without-paper", ("“Load more © 2026 Scholar Feed Terms Privacy”",))
        ]


def test_one_paper_alone_is_read() -> None:
    result = read("\n".join(_SECOND.lines))
    assert [bare(draft) for draft in result.drafts] == [_SECOND.draft]
    assert result.problems == ()
    assert result.profiles == ()


@pytest.mark.parametrize("text", ["", "\n\n", "Hello", _FIRST.abstract, "https://example.org/\n", "\x00\ud800"])
def test_a_text_without_papers_is_one_problem_at_least(text: str) -> None:
    result = read(text)
    assert result.drafts == ()
    assert codes(result)[0] == "no-papers"
    assert result.problems[0].line == 0
