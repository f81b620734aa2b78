"""The plain meaning of a search over one paper, and which characters of a title it hits."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.folding import tokens
from refman.domain.names import Name
from refman.domain.paper import Attachment, AttachmentId, FieldValue, Note, NoteId, Paper, PaperId, People
from refman.domain.query import EVERYTHING, And, InTrash, Not, Or, Text, TextField
from refman.domain.query_match import hit_spans, leaves, matches, names_trash
from refman.domain.query_parser import parse_query

ADDED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _paper(**fields: str) -> Paper:
    return Paper(fields={name: FieldValue(text) for name, text in fields.items()}, id=PaperId(1), added=ADDED)


def _finds(text: str, paper: Paper) -> bool:
    query = parse_query(text, today=date(2026, 11, 22), zone=UTC)
    assert query.misunderstood == ()
    return matches(query.root, paper)


RICH = replace(
    _paper(
        title="Réseaux de neurones: a Self-Supervised view",
        abstract="We learn 机器学习 models.",
        journal="Ærø Letters",
        year="2020",
        doi="10.1000/XYZ",
        primaryclass="cs.AI",
        category_code="AI",
        note="in a bib file",
    ),
    type="InProceedings",
    key="glehn2020_deep",
    people={"author": People((Name("Ingrid", "von", "Glehn"), Name(literal="The ATLAS Collaboration")))},
    tags=("RL/Planning", "to read"),
    stored_notes=(Note(NoteId(1), "Compare with **Bishop**", ADDED, ADDED),),
    attachments=(Attachment(AttachmentId(1), "x.pdf", "", "Application/PDF", is_stored=True),),
)
BARE = _paper(title="Bare")
TRASHED = replace(RICH, trashed=ADDED)


@pytest.mark.parametrize("stored", ["https://example.org/x", "http://www.Example.org/X/y", "example.org/x?a=b"])
def test_a_bare_address_finds_the_paper_that_has_it(stored: str) -> None:
    paper = replace(RICH, fields={**RICH.fields, "url": FieldValue(stored)})
    for text in ("https://example.org/x", "http://www.example.org/x/", "www.EXAMPLE.org"):
        assert _finds(text, paper)
    for text in ("https://example.org/z", "https://other.org", '"https://example.org"'):
        assert not _finds(text, paper)


@pytest.mark.parametrize(
    "text",
    [
        "reseau",
        "RÉSEAUX NEURONES",
        "self-super",
        '"self supervised view"',
        "学习",
        "aero",
        "bishop",
        "planning",
        "glehn2020",
        "deep",
        "ingrid",
        'author:"von glehn"',
        'author:"Glehn, Ingrid"',
        "author:atlas",
        "title:neurones",
        "abstract:models",
        "venue:letters",
        "note:compare",
        "key:glehn",
        "reseau OR zzz",
        "-zzz",
        "-(zzz OR bare)",
        "tag:rl",
        "tag:rl/planning",
        'tag:"To Read"',
        "-tag:none",
        "doi:10.1000",
        "doi:https://doi.org/10.1000/xyz",
        "type:inproceedings",
        "year:2020",
        "year:2019..",
        "year:..2020",
        "added:2026-11-20",
        "added:7d",
        "added:<2026-11-21",
        "category:ai",
        "category:cs",
        "category:cs.ai",
        "has:doi has:note has:tag has:pdf has:file has:key has:author has:venue has:year has:date",
        "-has:editor -has:publisher",
        "in:library",
    ],
)
def test_finds_the_paper_that_has_it_alone(text: str) -> None:
    assert _finds(text, RICH)


@pytest.mark.parametrize(
    "text",
    [
        '"self super"',
        "neurones-reseaux",
        '"glehn ingrid"',
        "title:models",
        "abstract:reseau",
        "note:bib",
        "tag:r",
        "tag:planning",
        "tag:none",
        "doi:1000",
        "type:article",
        "year:2021..",
        "year:<2020",
        "added:today",
        "added:<2026-11-20",
        "category:c",
        "category:stat",
        "has:publisher",
        "-has:note",
        "in:trash",
        "reseau zzz",
        "-reseau",
        "1000",
    ],
)
def test_does_not_find_what_it_has_not(text: str) -> None:
    assert not _finds(text, RICH)


@pytest.mark.parametrize(
    "text",
    ["year:1900..", "tag:rl", "author:glehn", "doi:10", "category:cs", "has:note", "has:tag", "has:file", "has:key"],
)
def test_a_paper_without_a_value_is_in_no_range_of_it(text: str) -> None:
    assert not _finds(text, BARE)
    assert _finds(f"-{text}", BARE)
    assert _finds("tag:none", BARE)


def test_trashed_papers_are_found_only_by_a_search_that_names_the_trash() -> None:
    assert not _finds("reseau", TRASHED)
    assert not _finds("", TRASHED)
    assert _finds("in:trash", TRASHED)
    assert _finds("in:trash reseau", TRASHED)
    assert _finds("reseau OR in:trash", TRASHED)
    assert not _finds("in:library", TRASHED)
    assert not _finds("-in:trash", TRASHED)


def test_the_year_of_a_date_is_a_year() -> None:
    paper = _paper(date="2018/2020")
    assert _finds("year:2018 has:year has:date", paper)
    assert not _finds("year:2019", paper)


def test_a_time_without_a_zone_is_utc() -> None:
    assert _finds("added:2026-11-20", replace(BARE, added=ADDED.replace(tzinfo=None)))


def test_everything_is_everything_outside_the_trash() -> None:
    assert matches(EVERYTHING, BARE)
    assert not matches(EVERYTHING, TRASHED)
    assert matches(Or((EVERYTHING, InTrash())), TRASHED)


def test_a_name_field_without_names_is_no_value() -> None:
    assert not _finds("has:author", replace(BARE, people={"author": People(())}))


def test_leaves_come_from_left_to_right() -> None:
    a, b, c = (Text((word,)) for word in "abc")
    assert list(leaves(Or((And((a, Not(b))), c)))) == [a, b, c]
    assert list(leaves(EVERYTHING)) == [EVERYTHING]
    assert names_trash(Or((a, Not(InTrash()))))
    assert not names_trash(And((a, b)))


def test_what_is_no_node_has_no_meaning() -> None:
    with pytest.raises(TypeError, match="no meaning"):
        matches(cast(Any, "deep"), BARE)


def _hit(text: str, title: str, field: TextField = TextField.TITLE) -> list[str]:
    return [title[start:end] for start, end in hit_spans(parse_query(text).root, title, field)]


@pytest.mark.parametrize(
    ("text", "title", "hit"),
    [
        ("", "Deep learning", []),
        ("deep", "Deep, deeper, the deepest", ["Deep", "deep", "deep"]),
        ('"deep"', "Deep, deeper", ["Deep"]),
        ("self-sup", "Self-Supervised and self – supported", ["Self-Sup", "self – sup"]),
        ("reseau", "Des Réseaux", ["Réseau"]),
        ("reseau", "Des Re\u0301seaux", ["Re\u0301seau"]),
        ("stras", "Straße", ["Straß"]),
        ("strass", "Straße", ["Straß"]),
        ("aer", "Ærø", ["Ær"]),
        ("学习", "深度学习与学习", ["学习", "学习"]),
        ("학습", "기계 학습", ["학습"]),
        ("deep learning", "Deep learning", ["Deep", "learning"]),
        ("de dee", "deep", ["dee"]),
        ("deep -learning", "Deep learning", ["Deep"]),
        ("title:deep abstract:learning", "Deep learning", ["Deep"]),
        ("(deep OR learning) year:2020", "Deep learning", ["Deep", "learning"]),
        ("ab-cd", "ab cd ab cd", ["ab cd", "ab cd"]),
        ("ab-ab", "ab ab ab", ["ab ab ab"]),
    ],
)
def test_hits_are_marked_in_the_unfolded_title(text: str, title: str, hit: list[str]) -> None:
    assert _hit(text, title) == hit


def test_hits_of_another_field_are_not_marked() -> None:
    assert _hit("title:deep", "deep", TextField.ABSTRACT) == []
    assert _hit("deep", "deep", TextField.ABSTRACT) == ["deep"]


_titles = st.text(st.sampled_from("ab éß学a\u0301-가ﬁ’x²") | st.characters(exclude_categories=["Cs"]), max_size=12)


@given(_titles, st.data())
def test_what_matches_is_marked_and_what_is_marked_matches(title: str, data: st.DataObject) -> None:
    words = tokens(title) or ["x"]
    word = data.draw(st.sampled_from(words))
    leaf = Text((word[: data.draw(st.integers(1, len(word)))],), TextField.TITLE)
    spans = hit_spans(leaf, title, TextField.TITLE)
    assert bool(spans) == matches(leaf, _paper(title=title))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(title) for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))
