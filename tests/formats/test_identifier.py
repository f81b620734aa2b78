"""A pasted DOI or arXiv id alone, or several, one a line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Problem
from refman.domain.paper import Draft, FieldValue, Span
from refman.formats.base import ImportResult, ReadContext
from refman.formats.identifier import IdentifierImporter

_LIST = (Path(__file__).parent.parent / "data/identifier/list.txt").read_text("utf-8")


def _read(text: str) -> ImportResult:
    return IdentifierImporter().read(text, ReadContext(date(2026, 11, 22)))


def _fields(text: str) -> list[dict[str, str]]:
    return [{name: value.plain for name, value in draft.fields.items()} for draft in _read(text).drafts]


def test_a_doi_alone_is_a_draft_with_that_field() -> None:
    fields = {"doi": FieldValue("10.1000/xyz")}
    assert _read("\ufeff 10.1000/xyz\n") == ImportResult((Draft("misc", fields=fields, span=Span(2, 13, 1)),))


def test_a_list_of_everything() -> None:
    assert _fields(_LIST) == [
        {"doi": "10.1038/s41586-021-03819-2"},
        {"doi": "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"},
        {"eprint": "2605.06651v1", "archiveprefix": "arXiv", "primaryclass": "cs.AI"},
        {"eprint": "1806.03107", "archiveprefix": "arXiv"},
        {"eprint": "hep-th/9901001", "archiveprefix": "arXiv"},
    ]
    assert [draft.span and draft.span.line for draft in _read(_LIST).drafts] == [1, 2, 3, 4, 5]
    assert IdentifierImporter().confidence(_LIST, "") == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi: 10.1000/XYZ", {"doi": "10.1000/XYZ"}),
        ("DOI:10.1000/xyz.", {"doi": "10.1000/xyz"}),
        ("<https://doi.org/10.1000/xyz>", {"doi": "10.1000/xyz"}),
        ("dx.doi.org/10.1000/xyz", {"doi": "10.1000/xyz"}),
        ("(10.1000/xyz),", {"doi": "10.1000/xyz"}),
        (
            "10.48550/arXiv.2605.06651",
            {"doi": "10.48550/arXiv.2605.06651", "eprint": "2605.06651", "archiveprefix": "arXiv"},
        ),
        ("2605.06651", {"eprint": "2605.06651", "archiveprefix": "arXiv"}),
        ("arxiv: 2605.06651v2", {"eprint": "2605.06651v2", "archiveprefix": "arXiv"}),
        ("arXiv:2605.06651 [quant-ph]", {"eprint": "2605.06651", "archiveprefix": "arXiv", "primaryclass": "quant-ph"}),
        ("arXiv:2605.06651 [LG]", {"eprint": "2605.06651", "archiveprefix": "arXiv"}),
        ("arxiv.org/abs/math.GT/0309136", {"eprint": "math.GT/0309136", "archiveprefix": "arXiv"}),
        ("https://www.arxiv.org/html/2605.06651v3", {"eprint": "2605.06651v3", "archiveprefix": "arXiv"}),
    ],
)
def test_every_way_to_write_one(text: str, expected: dict[str, str]) -> None:
    assert _fields(text) == [expected]
    assert IdentifierImporter().confidence(text, "") == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "Hello",
        "9999.12345",
        "1234.5678",
        "3.14159",
        "10.5",
        "10.1000/",
        "https://example.org/10.1000/xyz",
        "See 10.1000/xyz for more",
        "10.1000/" + "x" * 400,
        "@misc{a, doi = {10.1000/xyz}}",
    ],
)
def test_what_is_no_identifier(text: str) -> None:
    assert _fields(text) == []
    assert IdentifierImporter().confidence(text, "") == 0
    assert len(_read(text).problems) == bool(text.strip())


def test_several_on_one_line_are_several_drafts() -> None:
    text = "10.1000/a, 10.1000/b; 2605.06651"
    assert [sorted(fields.values()) for fields in _fields(text)] == [
        ["10.1000/a"],
        ["10.1000/b"],
        ["2605.06651", "arXiv"],
    ]
    places = [draft.span for draft in _read(text).drafts if draft.span]
    assert [text[place.start : place.end] for place in places] == ["10.1000/a,", "10.1000/b;", "2605.06651"]


def test_other_lines_between_are_told() -> None:
    text = "10.1000/a\r\n\r\nnothing here\r\n10.1000/b"
    result = _read(text)
    assert len(result.drafts) == 2
    message = 'Skipped "nothing here": it is neither a DOI nor an arXiv id.'
    assert result.problems == (Problem(3, "no-identifier", message, ("nothing here",)),)
    assert IdentifierImporter().confidence(text, "") == 0.5
    assert IdentifierImporter().confidence("10.1000/a\n" + "text\n" * 3, "") == 0


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    result = _read(text)
    assert 0 <= IdentifierImporter().confidence(text, "") <= 1
    assert all(draft.span and text[draft.span.start : draft.span.end].strip() for draft in result.drafts)
