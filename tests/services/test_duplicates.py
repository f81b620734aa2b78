"""Which drafts are one paper: the rules, the traps of the real page, and the cost."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.paper import Draft, PaperId
from refman.services import duplicates
from refman.services.duplicates import Known, Matcher, Traits, claim_of, traits_of
from tests.services.papers import PAGE, draft, with_fields

_FACTS: list[dict[str, Any]] = json.loads(PAGE.with_suffix(".facts.json").read_text("utf-8"))


def _same(one: Draft, other: Draft) -> bool:
    return Matcher([Known(traits_of(one))]).find(traits_of(other), 0) is not None


_BASE = draft("Deep Learning", "Ann Smith", "Bob Jones", year="2020")


@pytest.mark.parametrize(
    "other",
    [
        _BASE,
        draft("deep learning.", "Ann Smith", year="2020"),
        draft("Deep Léarning", "B. Jones", year="2020"),
        draft("Deep Learning", "Zoe First", "Bob Jones", year="2020"),
        draft("Deep Learning", "Ann Smith", year="2021"),
        draft("Deep Learning", "Ann Smith", year="2019"),
        draft("Deep Learning", "Ann Smith"),
        draft("Deep Learning", "Ann Smith", date="2020-05/2020-07"),
    ],
    ids=lambda other: f"{other.plain('title')}, {other.authors[0].display}, {other.plain('year')}",
)
def test_title_author_and_near_year_are_one_paper(other: Draft) -> None:
    assert _same(_BASE, other)
    assert _same(other, _BASE)


@pytest.mark.parametrize(
    "other",
    [
        draft("Deep Learning", "Ann Smith", year="2022"),
        draft("Deep Learning", "Carl Other", year="2020"),
        draft("Deep Learning", year="2020"),
        draft("Deep Learning: A Survey", "Ann Smith", year="2020"),
        draft("Deep", "Ann Smith", year="2020"),
        draft("", "Ann Smith", year="2020"),
    ],
    ids=lambda other: f"{other.plain('title')}, {other.plain('year')}",
)
def test_another_year_author_or_title_is_another_paper(other: Draft) -> None:
    assert not _same(_BASE, other)
    assert not _same(other, _BASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft("A", doi="10.1000/X"), draft("B", doi="https://doi.org/10.1000/x")),
        (draft("A", eprint="2605.06651v2"), draft("B", eprint="arXiv:2605.06651")),
        (draft("A", eprint="hep-th/9711200"), draft("B", doi="10.48550/arXiv.hep-th/9711200")),
        (draft("A", eprint="1.2", archiveprefix="hal", doi="10.1/x"), draft("B", doi="10.1/x")),
    ],
)
def test_an_equal_identifier_is_enough(one: Draft, other: Draft) -> None:
    # 10.1/x is no DOI: registrants have four digits.
    assert _same(one, other) == (one.plain("doi") != "10.1/x")


def test_different_identifiers_are_different_papers_whatever_the_title() -> None:
    assert not _same(with_fields(_BASE, doi="10.1000/a"), with_fields(_BASE, doi="10.1000/b"))
    assert not _same(with_fields(_BASE, eprint="2001.00001"), with_fields(_BASE, eprint="2001.00002"))
    assert not _same(
        with_fields(_BASE, eprint="2001.00001", doi="10.1000/a"),
        with_fields(_BASE, eprint="2001.00001", doi="10.1000/b"),
    )


def test_the_doi_of_a_preprint_is_no_other_doi() -> None:
    preprint = with_fields(_BASE, doi="10.48550/arXiv.2001.00001")
    assert _same(preprint, with_fields(_BASE, doi="10.1000/published"))


def test_without_authors_the_year_must_be_equal() -> None:
    assert _same(draft("Preface", year="2020"), draft("preface", year="2020"))
    assert not _same(draft("Preface", year="2020"), draft("Preface", year="2021"))


def test_the_nearest_year_is_preferred() -> None:
    older, same = (Known(traits_of(with_fields(_BASE, year=year))) for year in ("2019", "2020"))
    assert Matcher([older, same]).find(traits_of(_BASE), 0) is same


def test_a_paper_takes_in_what_its_drafts_know() -> None:
    matcher = Matcher()
    known = matcher.add(traits_of(_BASE))
    with_doi = traits_of(with_fields(_BASE, doi="10.1000/a"))
    assert matcher.find(with_doi, 0) is known
    matcher.absorb(known, with_doi)
    assert matcher.find(traits_of(draft("Renamed", doi="10.1000/a")), 0) is known
    assert matcher.find(traits_of(with_fields(_BASE, doi="10.1000/b")), 0) is None


def _claimed(matcher: Matcher, one: Draft) -> Known:
    traits = traits_of(one)
    known = matcher.add(traits)
    known.claims[0] = claim_of(traits, 0)
    return known


def test_entries_of_one_file_with_different_keys_stay_two() -> None:
    matcher = Matcher()
    first = _claimed(matcher, replace(_BASE, key="a"))
    other_key = traits_of(replace(_BASE, key="b"))
    assert matcher.find(other_key, 0) is None
    assert matcher.find(other_key, 1) is None
    assert matcher.resembling(other_key) is first
    assert matcher.find(traits_of(replace(_BASE, key="a")), 0) is first


def test_an_entry_without_a_key_is_none_that_has_one_in_the_same_file() -> None:
    matcher = Matcher()
    first = _claimed(matcher, replace(_BASE, key="a"))
    assert matcher.find(traits_of(_BASE), 0) is None
    assert matcher.find(traits_of(_BASE), 1) is first
    first.claims[0] = claim_of(traits_of(_BASE), 0)
    assert matcher.find(traits_of(replace(_BASE, key="b")), 0) is None
    assert matcher.find(traits_of(replace(_BASE, key="a")), 0) is first


@pytest.mark.parametrize(("kind", "is_one"), [("article", True), ("misc", False)])
def test_entries_of_two_files_are_one_only_by_doi_and_type(kind: str, is_one: bool) -> None:
    matcher = Matcher()
    first = _claimed(matcher, with_fields(replace(_BASE, key="a", type="article"), doi="10.1000/a"))
    other = traits_of(with_fields(replace(_BASE, key="b", type=kind), doi="10.1000/a"))
    assert matcher.find(other, 1) is (first if is_one else None)
    assert (matcher.resembling(other) is first) != is_one


def test_a_stored_paper_is_asked_about_only_where_keys_differ() -> None:
    asked: list[int] = []

    def is_entry(paper_id: PaperId) -> bool:
        asked.append(paper_id)
        return paper_id == 1

    known = [Known(traits_of(replace(_BASE, key="a")), PaperId(1))]
    matcher = Matcher(known, is_entry=is_entry)
    assert matcher.find(traits_of(replace(_BASE, key="a")), 0) is known[0]
    assert matcher.find(traits_of(_BASE), 0) is known[0]
    assert asked == []
    assert matcher.find(traits_of(replace(_BASE, key="b")), 0) is None
    page = [Known(traits_of(replace(_BASE, key="a")), PaperId(2))]
    assert Matcher(page, is_entry=is_entry).find(traits_of(replace(_BASE, key="b")), 0) is page[0]
    assert asked == [1, 2]


def test_both_keys_of_one_file_live_on_also_when_their_doi_is_equal() -> None:
    matcher = Matcher()
    with_doi = with_fields(replace(_BASE, key="a"), doi="10.1000/a")
    first = _claimed(matcher, with_doi)
    assert matcher.find(traits_of(replace(with_doi, key="b")), 0) is None
    assert matcher.find(traits_of(with_doi), 0) is first


def test_a_second_entry_with_the_key_that_says_more_is_no_repeat() -> None:
    matcher = Matcher()
    first = _claimed(matcher, replace(_BASE, key="a"))
    assert matcher.find(traits_of(with_fields(replace(_BASE, key="a"), number="March")), 0) is None
    assert matcher.find(traits_of(replace(_BASE, key="a")), 0) is first


def test_key_and_title_win_over_another_paper_of_that_title() -> None:
    first, second = (Known(traits_of(replace(_BASE, key=key))) for key in ("a", "b"))
    assert Matcher([first, second]).find(traits_of(replace(_BASE, key="b")), 0) is second


# The real page


def _full(fact: dict[str, Any]) -> Draft:
    """The paper as a publisher would give it: all authors, the year and venue of the printed one."""
    venue = fact["venue"] or {}
    year = venue.get("year") or 2000 + int(fact["arxiv"][:2])
    return draft(fact["title"], *fact["authors"], year=str(year))


def _of_page(fact: dict[str, Any]) -> Draft:
    authors = fact["seed_authors"].removesuffix(" et al.").split(", ")
    return draft(fact["title"], *authors, year=str(2000 + int(fact["arxiv"][:2])))


def test_every_paper_of_the_page_is_its_published_one_and_no_other() -> None:
    matcher = Matcher([Known(traits_of(_full(fact)), paper_id=fact["n"]) for fact in _FACTS])
    found = {fact["n"]: matcher.find(traits_of(_of_page(fact)), 0) for fact in _FACTS}
    assert {number: known and known.paper_id for number, known in found.items()} == {n: n for n in found}


def test_a_title_that_begins_with_a_whole_other_title_is_another_paper() -> None:
    ranganath = draft(
        "Black box variational inference", "Rajesh Ranganath", "Sean Gerrish", "David M. Blei", year="2014"
    )
    assert not any(_same(_of_page(fact), ranganath) for fact in _FACTS)


def test_papers_of_one_day_with_ten_common_authors_stay_two() -> None:
    by_number = {fact["n"]: _full(fact) for fact in _FACTS}
    assert not _same(by_number[20], by_number[21])


# Cost and safety


def test_the_cost_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    real = duplicates._can_be_same

    def counted(one: Traits, other: Traits) -> bool:
        compared.append(1)
        return real(one, other)

    monkeypatch.setattr(duplicates, "_can_be_same", counted)

    def cost(papers: int) -> int:
        compared.clear()
        matcher = Matcher()
        for number in range(papers):
            matcher.add(traits_of(draft(f"Title {number}", "Ann Smith", year="2020")))
        for number in range(papers):
            assert matcher.find(traits_of(draft(f"Title {number}", "Ann Smith", year="2020")), 0)
        return len(compared)

    assert cost(400) <= 2 * cost(200)


_words = st.text(st.characters(codec="utf-8"), max_size=12)


@given(_words, _words, _words, _words, _words)
def test_any_text_has_traits_and_is_itself(title: str, author: str, doi: str, eprint: str, year: str) -> None:
    authors = [author] if author.strip() else []
    anything = draft(title or "x", *authors, doi=doi, eprint=eprint, year=year)
    traits = traits_of(anything)
    assert not traits.title or _same(anything, anything)
