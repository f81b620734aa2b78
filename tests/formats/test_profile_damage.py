"""Lines lost, repeated or moved: never an exception, and every paper that was not touched comes out whole."""

import re
import sys
import textwrap
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.formats.page import DRAFTS, HEAD, PAGE, PAPERS, codes, read, without_spans

TraceFunction = Callable[[FrameType, str, Any], Any]

_LINES = PAGE.split("\n")
_BLOCKS = [[paper.header, paper.title, paper.authors, paper.abstract] for paper in PAPERS]
_WRAPPED_LINES = [part for line in _LINES for part in textwrap.wrap(line, 80, break_long_words=False) or [""]]
_WRAPPED_BLOCKS = [
    [part for line in block for part in textwrap.wrap(line, 80, break_long_words=False)] for block in _BLOCKS
]

_Edit = tuple[str, int]


def _edits(*kinds: str) -> st.SearchStrategy[list[_Edit]]:
    return st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 2000)), max_size=12)


def _damaged(lines: list[str], edits: list[_Edit]) -> list[str]:
    lines = list(lines)
    for kind, number in edits:
        at = number % len(lines)
        blanks = [index for index, line in enumerate(lines) if not line]
        if kind == "drop":
            del lines[at]
        elif kind == "repeat":
            lines.insert(at, lines[at])
        elif kind == "blank line in":
            lines.insert(at, "")
        elif kind == "blank line out" and blanks:
            del lines[blanks[number % len(blanks)]]
        elif kind == "swap":
            lines[at], lines[at - 1] = lines[at - 1], lines[at]
    return lines


def _untouched(lines: list[str], blocks: list[list[str]]) -> list[int]:
    """Indexes of the papers whose lines still stand together, blank lines aside."""
    text = "\n" + "\n".join(line for line in lines if line) + "\n"
    return [index for index, block in enumerate(blocks) if "\n" + "\n".join(block) + "\n" in text]


@given(_edits("drop", "repeat", "blank line in", "blank line out", "swap"))
def test_untouched_papers_come_out_whole(edits: list[_Edit]) -> None:
    lines = _damaged(_LINES, edits)
    drafts = without_spans(read("\n".join(lines)))
    assert [DRAFTS[index] for index in _untouched(lines, _BLOCKS) if DRAFTS[index] not in drafts] == []


@given(_edits("drop", "repeat", "swap"))
def test_untouched_papers_come_out_whole_where_every_blank_line_is_lost(edits: list[_Edit]) -> None:
    lines = _damaged([line for line in _LINES if line], edits)
    drafts = without_spans(read("\n".join(lines)))
    assert [DRAFTS[index] for index in _untouched(lines, _BLOCKS) if DRAFTS[index] not in drafts] == []


@given(_edits("drop", "blank line out"))
@example([("drop", 253), ("drop", 0), ("drop", 0), ("drop", 247)])
def test_untouched_papers_of_a_hard_wrapped_page_come_out_whole(edits: list[_Edit]) -> None:
    lines = _damaged(_WRAPPED_LINES, edits)
    drafts = without_spans(read("\n".join(lines)))
    assert [DRAFTS[index] for index in _untouched(lines, _WRAPPED_BLOCKS) if DRAFTS[index] not in drafts] == []


@given(st.text(), st.integers(0, len(PAGE)), st.integers(0, 400))
def test_any_text_put_anywhere_never_raises(text: str, start: int, length: int) -> None:
    result = read(PAGE[:start] + text + PAGE[start + length :])
    assert 20 <= len(result.drafts) <= 23 + text.count("\n") + text.count("\r")


_PIECES = st.sampled_from(
    [
        *(
            "AIMay 7",
            "LGNov 29, 2024",
            "95.5",
            "May 7",
            "LG",
            "h-index13",
            "h-index",
            "13",
            "23papers",
            "23 Papers",
            "%",
        ),
        *("A Title Here", "Jane Doe, John Roe et al.", "Jane Doe", "et al.", "We show it.", ",", "1.", "Novelty60%"),
        *("Feb 30, 2020", "AIFeb 30", "\u00a0", "\ufeff", "&amp;", "\x00", "\ud800", "\u2028", "x" * 400),
    ]
)


@given(st.lists(st.tuples(_PIECES, st.sampled_from(["\n", "\n\n", " ", "", "\r\n", "\t"])), max_size=40))
def test_pages_of_random_pieces_never_raise_and_lose_nothing_silently(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    result = read(text)
    assert result.drafts or result.problems
    for draft in result.drafts:
        assert draft.span
        place = text[draft.span.start : draft.span.end]
        assert draft.plain("title").split()[0].strip("�")[:1] in place + draft.plain("title")
        assert 0 <= draft.span.start < draft.span.end <= len(text)
    lines = [problem.line for problem in result.problems]
    assert lines == sorted(lines)
    assert all(line <= len(re.split("\r\n|[\r\n\u2028]", text)) for line in lines)


def _with(**parts: str) -> str:
    """The page with other lines in its third paper."""
    paper = PAPERS[2]
    lines = [
        parts.get("header", paper.header),
        parts.get("title", paper.title),
        "",
        parts.get("authors", paper.authors),
        "",
        parts.get("abstract", paper.abstract),
    ]
    return PAGE.replace("\n".join(paper.lines), "\n".join(lines))


def _others(page: str) -> list[str]:
    """What is wrong with any other paper than the third."""
    drafts = without_spans(read(page))
    return [draft.plain("title") for draft in DRAFTS[:2] + DRAFTS[3:] if draft not in drafts]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"authors": ""}, "no-authors"),
        ({"abstract": ""}, "no-abstract"),
        ({"title": ""}, "paper-without-title"),
        ({"header": ""}, "paper-without-header"),
        ({"title": "", "authors": "", "abstract": ""}, "header-without-paper"),
        ({"header": "CVFeb 30, 2022"}, "no-such-day"),
    ],
)
def test_a_lost_line_is_told_and_hurts_no_other_paper(parts: dict[str, str], code: str) -> None:
    for page in (_with(**parts), re.sub(r"\n+", "\n", _with(**parts))):
        assert _others(page) == []
        assert code in codes(read(page))
        line = next(problem.line for problem in read(page).problems if problem.code == code)
        assert page.split("\n")[line - 1] in [*PAPERS[2].lines, "CVFeb 30, 2022"]


def test_a_paper_without_authors_keeps_title_and_abstract() -> None:
    draft = read(_with(authors="")).drafts[2]
    assert draft.plain("title") == PAPERS[2].title
    assert draft.plain("abstract") == PAPERS[2].abstract
    assert draft.people == {}


def test_lines_in_an_abstract_that_look_like_headers_split_nothing() -> None:
    abstract = "We study dates\nLGNov 29, 2024\nAI May 7\nas they occur\nin lists of\nMay 7\npapers. So it is."
    page = _with(abstract=abstract)
    assert _others(page) == []
    result = read(page)
    assert result.drafts[2].plain("abstract") == " ".join(abstract.split("\n"))
    assert result.problems == ()


def test_an_abstract_that_quotes_a_header_and_a_sentence_after_it_splits_nothing() -> None:
    abstract = "The page shows\nAIMay 7\nSuch a line is hard to tell from a real one.\nAuthors follow, often."
    assert _others(_with(abstract=abstract)) == []
    assert len(read(_with(abstract=abstract)).drafts) == 23


def test_an_abstract_in_two_paragraphs_keeps_the_first_and_tells_of_the_second() -> None:
    page = _with(abstract="We do this. It is long.\n\nAnd we do that, too.")
    result = read(page)
    assert _others(page) == []
    assert result.drafts[2].plain("abstract") == "We do this. It is long."
    assert [problem.message for problem in result.problems] == [
        "Skipped “And we do that, too.”: it belongs to no paper."
    ]


def test_twice_the_papers_take_twice_the_steps() -> None:
    few, some, many = _steps(40), _steps(80), _steps(160)
    assert some < 2.1 * few
    assert many < 2.1 * some


def _steps(papers: int) -> int:
    """How many lines of Python the importer runs for so many papers; a clock would depend on the machine."""
    two_papers = PAGE.removeprefix(HEAD).split("\n\n")[:6]
    text = HEAD + "\n\n".join(two_papers * (papers // 2))
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> TraceFunction:
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        result = read(text)
    finally:
        sys.settrace(before)
    assert len(result.drafts) == papers
    return steps
