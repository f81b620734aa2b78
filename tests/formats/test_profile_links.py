"""arXiv ids and DOIs of the clipboard's HTML become fields of the paper they stand at."""

import json
from collections.abc import Callable

import pytest

from refman.domain.paper import FieldValue
from refman.formats.base import ImportResult, Link, ReadContext
from refman.formats.clipboard_html import links
from refman.formats.profile import ProfileImporter
from tests.formats.page import CAPTURED, DATA, DRAFTS, HEAD, PAGE, PAPERS, PagePaper, without_spans

_FACTS = json.loads((DATA / "lars-buesing.facts.json").read_text("utf-8"))
_IDS = [fact["arxiv"] for fact in _FACTS]


def _read(html: str, text: str = PAGE) -> ImportResult:
    return ProfileImporter().read(text, ReadContext(CAPTURED, links(html)))


def _html(card: Callable[[PagePaper, str], str]) -> str:
    return "<h1>Lars Buesing</h1>" + "\n".join(
        card(paper, f"https://arxiv.org/abs/{arxiv_id}v1") for paper, arxiv_id in zip(PAPERS, _IDS, strict=True)
    )


def _rest(paper: PagePaper) -> str:
    return f"<p>{paper.authors}</p><p>{paper.abstract}</p>"


_CARDS: dict[str, Callable[[PagePaper, str], str]] = {
    "the title is the link": lambda p, url: f"<p>{p.header}</p><h3><a href='{url}'>{p.title}</a></h3>{_rest(p)}",
    "the card is the link": lambda p, url: f"<a href='{url}'><p>{p.header}</p><h3>{p.title}</h3>{_rest(p)}</a>",
    "an icon below": lambda p, url: f"<p>{p.header}</p><h3>{p.title}</h3>{_rest(p)}<a href='{url}'><svg/></a>",
    "an icon above": lambda p, url: f"<p>{p.header} <a href='{url}'>PDF</a></p><h3>{p.title}</h3>{_rest(p)}",
    "the date is the link": lambda p, url: f"<p>AI <a href='{url}'>May 7</a></p><h3>{p.title}</h3>{_rest(p)}",
    "title to the site, icon to arXiv": lambda p, url: (
        f"<p>{p.header}</p><h3><a href='/paper/1'>{p.title}</a></h3>{_rest(p)}<a href='{url}'>arXiv</a>"
    ),
    "two links to one paper": lambda p, url: (
        f"<h3><a href='{url}'>{p.title}</a></h3>{_rest(p)}<a href='{url.replace('abs', 'pdf')}'>PDF</a>"
    ),
    "an icon beside the title": lambda p, url: f"<p>{p.header}</p><h3>{p.title}<a href='{url}'></a></h3>{_rest(p)}",
    "a link named by a word of the abstract": lambda p, url: f"<h3>{p.title}</h3>{_rest(p)}<a href='{url}'>the</a>",
    "title in other case": lambda p, url: f"<p>{p.header}</p><h3><a href='{url}'>{p.title.upper()}</a></h3>",
}


@pytest.mark.parametrize("card", list(_CARDS))
def test_every_paper_gets_its_own_id(card: str) -> None:
    result = _read(_html(_CARDS[card]))
    assert [draft.plain("eprint") for draft in result.drafts] == _IDS
    assert {draft.plain("archiveprefix") for draft in result.drafts} == {"arXiv"}
    assert {draft.fields["eprint"] for draft in result.drafts} == {FieldValue(arxiv_id) for arxiv_id in _IDS}
    assert [draft.plain("primaryclass") for draft in result.drafts] == [d.plain("primaryclass") for d in DRAFTS]


def test_a_doi_becomes_the_doi_and_arxivs_own_the_eprint_too() -> None:
    first, second = PAPERS[:2]
    html = (
        f"<h3><a href='https://doi.org/10.1000/xyz'>{first.title}</a></h3>"
        f"<h3><a href='https://doi.org/10.48550/arXiv.2411.19744'>{second.title}</a></h3>"
    )
    drafts = _read(html).drafts
    assert (drafts[0].plain("doi"), drafts[0].plain("eprint")) == ("10.1000/xyz", "")
    assert (drafts[1].plain("doi"), drafts[1].plain("eprint")) == ("10.48550/arXiv.2411.19744", "2411.19744")
    assert without_spans(_read(html))[2:] == DRAFTS[2:]


@pytest.mark.parametrize("words", [["AI agents"], ["We introduce"], ["AI agents", "high score"]])
def test_a_link_inside_an_abstract_belongs_to_what_is_cited(words: list[str]) -> None:
    paper = PAPERS[0]
    abstract = paper.abstract
    for word in words:
        abstract = abstract.replace(word, f"<a href='https://arxiv.org/abs/1111.11111'>{word}</a>", 1)
    html = f"<p>{paper.header}</p><h3>{paper.title}</h3><p>{paper.authors}</p><p>{abstract}</p>"
    assert without_spans(_read(html)) == DRAFTS
    own = _read(f"{html}<a href='https://arxiv.org/abs/2605.06651'>arXiv</a>")
    assert own.drafts[0].plain("eprint") == "2605.06651"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<a href='https://arxiv.org/abs/1111.11111'>before every paper</a>",
        "<a href='https://scholarfeed.example/author/1'>Lars Buesing</a>",
        f"<h3>{PAPERS[0].title}</h3><a href='https://example.org/1111.11111'>PDF</a>",
        f"<h3>{PAPERS[0].title}</h3><a href='javascript:0'>PDF</a><a href='https://[x'>bad</a>",
    ],
)
def test_links_that_say_nothing_change_nothing(html: str) -> None:
    assert without_spans(_read(html)) == DRAFTS


def test_the_same_page_twice_gives_each_paper_its_link() -> None:
    html = _html(_CARDS["title to the site, icon to arXiv"])
    result = _read(html * 2, f"{PAGE}\n{PAGE}")
    assert [draft.plain("eprint") for draft in result.drafts] == _IDS * 2


def test_links_of_a_selection_that_begins_inside_a_paper() -> None:
    html = _html(_CARDS["an icon above"])
    text = PAGE[PAGE.index("We introduce the AI") :]
    assert [d.plain("eprint") for d in _read(html[html.index("We introduce") :], text).drafts] == _IDS[1:]


def test_links_given_without_text_before_them_work_by_title() -> None:
    given = tuple(Link(paper.title, f"https://arxiv.org/abs/{i}") for paper, i in zip(PAPERS, _IDS, strict=True))
    result = ProfileImporter().read(PAGE, ReadContext(CAPTURED, given))
    assert [draft.plain("eprint") for draft in result.drafts] == _IDS


def test_links_given_without_text_before_them_work_by_order() -> None:
    given = tuple(
        link
        for paper, arxiv_id in zip(PAPERS, _IDS, strict=True)
        for link in (Link(paper.title, "/paper"), Link("PDF", f"https://arxiv.org/pdf/{arxiv_id}"))
    )
    result = ProfileImporter().read(PAGE, ReadContext(CAPTURED, given))
    assert [draft.plain("eprint") for draft in result.drafts] == _IDS


def test_a_title_without_letters_takes_no_link() -> None:
    text = f"{HEAD}AIMay 7\n?!\n\nJane Doe\n\nWe show it."
    html = "<p>…</p><a href='https://arxiv.org/abs/1111.11111'>x</a>"
    assert [draft.plain("eprint") for draft in _read(html, text).drafts] == [""]
