"""What browsers, editors and the clipboard do to a page changes nothing."""

import html
import re
import textwrap
import unicodedata

import pytest

from tests.formats.page import CAPTURED, DRAFTS, HEAD, PAGE, PAPERS, bare, read, without_spans

_DATE = r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d+(?:, \d{4})?)"
_HEADER = re.compile(rf"^(\d+\.\d)?([A-Z]+){_DATE}$", re.MULTILINE)
_BADGES = re.compile(r"^(?:(h-index|Novelty|AI Score)(\d+%?)|([\d,]+)(papers|citations))$", re.MULTILINE)


def _parts(separator: str, page: str = PAGE) -> str:
    page = _HEADER.sub(lambda m: separator.join(part for part in m.groups() if part), page)
    return _BADGES.sub(lambda m: separator.join(part for part in m.groups() if part), page)


def _wrapped(width: int, page: str = PAGE) -> str:
    return "\n".join(textwrap.fill(line, width, break_long_words=False) for line in page.split("\n"))


def _numbered(separator: str) -> str:
    count = iter(range(1, 99))
    return _HEADER.sub(lambda m: f"{next(count)}.{separator}{m.group()}", PAGE)


_NO_BLANK_LINES = re.sub(r"\n+", "\n", PAGE)
_VARIANTS = {
    "blanks between badges": _parts(" "),
    "tabs between badges": _parts("\t"),
    "badges on lines of their own": _parts("\n"),
    "badges on lines of their own with blank lines": _parts("\n\n"),
    "dots between badges": _parts(" · "),
    "no blank lines": _NO_BLANK_LINES,
    "no blank lines, badges on lines of their own": re.sub(r"\n+", "\n", _parts("\n")),
    "doubled blank lines": PAGE.replace("\n\n", "\n\n\n"),
    "every line doubled": PAGE.replace("\n", "\n\n"),
    "blank lines with blanks": PAGE.replace("\n\n", "\n \t\n"),
    "CRLF": PAGE.replace("\n", "\r\n"),
    "CR": PAGE.replace("\n", "\r"),
    "mixed line ends": PAGE.replace("\n\n", "\r\n\n").replace("stems", "stems"),
    "Unicode line separators": PAGE.replace("\n", "\u2028"),
    "no-break spaces": PAGE.replace(" ", "\u00a0"),
    "narrow no-break spaces": PAGE.replace(" ", "\u202f"),
    "a byte-order mark": "\ufeff" + PAGE,
    "decomposed accents": unicodedata.normalize("NFD", PAGE),
    "HTML entities": html.escape(PAGE).replace("ć", "&#263;").replace("é", "&eacute;").replace("'", "&#39;"),
    "entities for no-break spaces": PAGE.replace(", ", ",&nbsp;"),
    "zero-width characters": PAGE.replace(". ", ".\u200b ").replace("LG", "\u200eLG"),
    "blanks around lines": re.sub(r"^|$", "   ", PAGE, flags=re.MULTILINE),
    "hard-wrapped": _wrapped(80),
    "hard-wrapped wide": _wrapped(120),
    "hard-wrapped, no blank lines": re.sub(r"\n+", "\n", _wrapped(80)),
    "hard-wrapped narrow": _wrapped(48),
    "hard-wrapped, CRLF": _wrapped(72).replace("\n", "\r\n"),
    "list numbers": _numbered(" "),
    "list numbers indented": _numbered("\t").replace("\n1", "\n  1"),
    "list numbers on lines of their own": _numbered("\n"),
    "list bullets": _HEADER.sub(r"• \g<0>", PAGE),
    "small letters in badges": HEAD.lower().replace("lars buesing", "Lars Buesing") + PAGE[len(HEAD) :],
    "capitals in labels": PAGE.replace("h-index", "H-INDEX").replace("citations", "Citations"),
    "headers in small letters": _HEADER.sub(lambda m: m.group().lower(), PAGE),
    "headers in capitals": _HEADER.sub(lambda m: m.group().upper(), PAGE),
    "full names of months": PAGE.replace("Nov 29", "November 29").replace("AIMay", "AI May"),
    "no comma before the year": re.sub(r"(\w{3} \d+), (\d{4})$", r"\1 \2", PAGE, flags=re.MULTILINE),
    "commas before et al.": PAGE.replace(" et al.\n", ", et al.\n"),
    "et al without its dot": PAGE.replace(" et al.\n", " et al\n"),
    "full category names": _HEADER.sub(lambda m: m.group().replace("AI", "cs.AI").replace("LG", "cs.LG"), PAGE),
    "no line end at the end": PAGE.rstrip(),
    "blank lines around": f"\n\n{PAGE}\n\n\n",
}


@pytest.mark.parametrize("variant", [name for name in _VARIANTS if name != "full category names"])
def test_the_same_papers_come_out(variant: str) -> None:
    result = read(_VARIANTS[variant])
    assert without_spans(result) == DRAFTS
    assert result.problems == ()
    assert [(p.name, p.category_code, p.capture) for p in result.profiles] == [
        (p.name, p.category_code, p.capture) for p in read(PAGE).profiles
    ]


@pytest.mark.parametrize("variant", list(_VARIANTS))
def test_each_span_holds_its_paper_and_nothing_else(variant: str) -> None:
    text = _VARIANTS[variant]
    for draft in read(text).drafts:
        assert draft.span
        place = text[draft.span.start : draft.span.end]
        assert place == place.strip()
        assert without_spans(read(place)) == [bare(draft)]
        assert draft.span.line == len(re.split("\r\n|[\n\r\u2028]", text[: draft.span.start]))


def test_full_category_names_are_kept_and_certain() -> None:
    result = read(_VARIANTS["full category names"])
    assert [draft.plain("primaryclass") for draft in result.drafts] == [d.plain("primaryclass") for d in DRAFTS]
    assert result.drafts[0].plain("category_code") == "cs.AI"
    assert result.problems == ()


@pytest.mark.parametrize("title_width", [40, 60])
def test_hard_wrapped_titles_and_authors_are_joined(title_width: int) -> None:
    page = HEAD + "\n\n".join(
        "\n".join(
            [
                paper.header,
                textwrap.fill(paper.title, title_width),
                "",
                textwrap.fill(paper.authors, 30),
                "",
                textwrap.fill(paper.abstract, 72, break_long_words=False),
            ]
        )
        for paper in PAPERS
    )
    assert without_spans(read(page)) == DRAFTS


def test_a_hyphen_that_stands_for_a_missing_word_keeps_its_blank() -> None:
    paper = PAPERS[0]
    wrapped = "We compare low-\nand high-level planning in a self-\nsupervised setting.\nIt works."
    text = "\n".join([paper.header, paper.title, "", paper.authors, "", wrapped])
    assert read(text).drafts[0].plain("abstract") == (
        "We compare low- and high-level planning in a self-supervised setting. It works."
    )


def test_line_ends_of_every_kind_count_once() -> None:
    text = PAGE.replace("\n\n", "\r\n\n")
    assert [draft.span.line for draft in read(text).drafts if draft.span] == [
        draft.span.line for draft in read(PAGE).drafts if draft.span
    ]


def test_an_ampersand_that_is_no_entity_stays() -> None:
    paper = PAPERS[0]
    text = "\n".join([paper.header, "Q&A &amp; R&D &lt;here&gt;", "", paper.authors, "", "AT&T; &unknown; &copy."])
    draft = read(text, captured_on=CAPTURED).drafts[0]
    assert draft.plain("title") == "Q&A & R&D <here>"
    assert draft.plain("abstract") == "AT&T; &unknown; &copy."
