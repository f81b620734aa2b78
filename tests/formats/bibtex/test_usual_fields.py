"""The short ways of an export give what the long ones give."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.export_profile import CaseProtection
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex import export_problems, field_writing
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.field_writing import Writing, written_fields
from refman.formats.bibtex.usual_fields import usual_values

_WORDS = st.sampled_from(
    [
        "Deep",
        "learning",
        "GPU",
        "of",
        "Bayesian",
        "Q-Learning",
        "a--",
        "-b",
        "c_d",
        "50%",
        "{x}",
        "é",
        "“q”",
        "12",
        "--",
        "x--y",
        "''",
        "`",
        "$a$",
        "#",
        "Ångström",
        ",",
        "and",
        "others",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=5).map(" ".join) | st.sampled_from(["a\r\nb", "a\nb", " x ", "-", "~", "\u2029"])
_FIELDS = st.sampled_from(
    [
        "title",
        "booktitle",
        "journal",
        "year",
        "month",
        "day",
        "date",
        "doi",
        "url",
        "volume",
        "pages",
        "note",
        "abstract",
        "institution",
        "school",
        "type",
        "language",
        "eprint",
        "crossref",
        "keywords",
        "zfield",
        "2x",
        "score",
        "annote",
        "subtitle",
    ]
)
_MONTHS = st.sampled_from(["5", "05", "may", "Sept", "13", "", "spring", "1--2"])
_VALUES = st.builds(
    FieldValue,
    _TEXTS | _MONTHS | st.integers(1, 2100).map(str),
    st.sampled_from([None] * 9 + ["{read}", "jan"]),
    is_guess=st.sampled_from([False] * 9 + [True]),
)
_PARTS = st.sampled_from(
    ["Doe", "Jane", "J. R.", "de", "O'Neil", "Smith-Jones", "Doe, Jr", "Black and White", "and", "Émile", "", "others"]
)
_NAMES = st.builds(Name, _PARTS, st.sampled_from(["", "", "", "von"]), _PARTS, st.sampled_from(["", "", "Jr"]))
_PEOPLE = st.builds(People, st.lists(_NAMES | st.just(Name(literal="ACM")), max_size=4).map(tuple), st.booleans())
_DRAFTS = st.builds(
    Draft,
    st.sampled_from(["article", "book", "misc", "Thesis", "inproceedings", "weird", "xdata"]),
    st.sampled_from(["doe2020", "", "a b", "é"]),
    st.dictionaries(_FIELDS, _VALUES, max_size=9),
    st.dictionaries(st.sampled_from(["author", "editor"]), _PEOPLE, max_size=2),
)
_DIALECTS = st.sampled_from(list(Dialect))


@given(
    _DRAFTS, _DIALECTS, st.sampled_from(list(CaseProtection)), st.sampled_from([frozenset(), frozenset({"learning"})])
)
def test_fields_are_those_of_the_long_way(
    draft: Draft, dialect: Dialect, braces: CaseProtection, learned: frozenset[str]
) -> None:
    writing = Writing(dialect, {}, braces=braces, learned=learned)
    with patch.object(field_writing, "usual_values", lambda *_: None):
        long = written_fields(draft, writing)
    assert written_fields(draft, writing) == long


@given(_DRAFTS, _DIALECTS)
def test_problems_are_those_of_the_long_way(draft: Draft, dialect: Dialect) -> None:
    with patch.object(export_problems, "_is_sound", lambda *_: False):
        long = export_problems.export_problems(draft, dialect)
    assert export_problems.export_problems(draft, dialect) == long


@pytest.mark.parametrize("dialect", list(Dialect))
def test_usual_papers_go_the_short_way(dialect: Dialect) -> None:
    fields = {"title": "A GPU of ours", "year": "2020", "month": "5", "doi": "10.1/a_b", "journal": "Journal"}
    draft = Draft(
        "article",
        "doe",
        {name: FieldValue(text) for name, text in fields.items()},
        {"author": People((Name("Jane", family="Doe"), Name("J. R.", family="O'Neil")))},
    )
    values = usual_values(draft, dialect, frozenset())
    assert values is not None
    assert values["title"] == "{A {GPU} of ours}"
    assert values["author"] == "{Doe, Jane and O'Neil, J. R.}"
    assert values["doi"] == "{10.1/a_b}"
    with patch.object(export_problems, "_of_values", side_effect=AssertionError):
        assert export_problems.export_problems(draft, dialect) == []
