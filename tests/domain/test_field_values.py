"""Typed text to plain values."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import InvalidValue
from refman.domain.field_values import (
    find_arxiv_id,
    find_doi,
    parse_date,
    parse_day,
    parse_doi,
    parse_eprint,
    parse_line,
    parse_month,
    parse_paragraphs,
    parse_score,
    parse_year,
    show_month,
)


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_line, "  Deep \n learning\u00a0nets\t", "Deep learning nets"),
        (parse_line, "Re\u0301seau", "Réseau"),
        (parse_line, " \n ", ""),
        (parse_paragraphs, "\r\n One\r\nTwo\rThree \n\n", "One\nTwo\nThree"),
        (parse_paragraphs, "e\u0301", "é"),
        (parse_year, " 2026 ", "2026"),
        (parse_year, "-44", "-44"),
        (parse_year, "", ""),
        (parse_month, "Sept.", "9"),
        (parse_month, "05", "5"),
        (parse_month, " ", ""),
        (parse_day, " 07", "7"),
        (parse_day, "", ""),
        (parse_date, " 2019/2021 ", "2019/2021"),
        (parse_date, "", ""),
        (parse_score, "95.5", "95.5"),
        (parse_score, " 7 ", "7"),
        (parse_score, "", ""),
        (parse_doi, "https://doi.org/10.1000/XYZ", "10.1000/XYZ"),
        (parse_doi, " not a doi ", "not a doi"),
        (parse_doi, "", ""),
        (parse_eprint, "arXiv:2605.06651v2", "2605.06651v2"),
        (parse_eprint, "hdl:1/2", "hdl:1/2"),
    ],
)
def test_what_is_typed_becomes_the_plain_value(parse: Callable[[str], str], text: str, value: str) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_year, "last year", "bad-year"),
        (parse_year, "20266", "bad-year"),
        (parse_year, "٢٠٢٦", "bad-year"),
        (parse_month, "13", "bad-month"),
        (parse_month, "Maybe", "bad-month"),
        (parse_day, "32", "bad-day"),
        (parse_day, "0", "bad-day"),
        (parse_day, "first", "bad-day"),
        (parse_day, "٧", "bad-day"),
        (parse_date, "7 May 2026", "bad-date"),
        (parse_score, "95,5", "bad-number"),
        (parse_score, ".5", "bad-number"),
        (parse_score, "٧", "bad-number"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_by_its_words(parse: Callable[[str], str], text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse(f" {text} ")
    assert (refused.value.code, refused.value.arguments) == (code, (text,))
    assert f'"{text}"' in refused.value.message


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/xyz", "10.1000/xyz"),
        (" doi:10.1000/xyz\n", "10.1000/xyz"),
        ("DOI: 10.1000/xyz", "10.1000/xyz"),
        ("http://dx.doi.org/10.1000/xyz", "10.1000/xyz"),
        ("doi.org/10.1000/xyz", "10.1000/xyz"),
        ("doi: https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1016%2F0022-2836%2881%2990087-5", "10.1016/0022-2836(81)90087-5"),
        ("10.1000/a%28b", "10.1000/a%28b"),
        ("10.1000/a/b", "10.1000/a/b"),
        ("10.1000%2Fxyz", ""),
        ("10.1000/", ""),
        ("10.1/xyz", ""),
        ("10.1000/xyz and more", ""),
        ("see 10.1000/xyz", ""),
        ("https://example.org/10.1000/xyz", ""),
        ("", ""),
    ],
)
def test_find_doi(text: str, doi: str) -> None:
    assert find_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2605.06651", "2605.06651"),
        ("arXiv:2605.06651v3", "2605.06651v3"),
        ("arxiv: 0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/2605.06651", "2605.06651"),
        ("arxiv.org/pdf/2605.06651.pdf", "2605.06651"),
        ("https://www.arxiv.org/html/2605.06651v1", "2605.06651v1"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("https://arxiv.org/abs/math.gt/0309136", "math.gt/0309136"),
        ("2613.06651", ""),
        ("2600.06651", ""),
        ("95.5", ""),
        ("2605.066", ""),
        ("2605.0665123", ""),
        ("arXiv:2605.06651 and more", ""),
        ("", ""),
    ],
)
def test_find_arxiv_id(text: str, arxiv_id: str) -> None:
    assert find_arxiv_id(text) == arxiv_id


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1", "January"), ("12", "December"), ("0", "0"), ("13", "13"), ("", ""), ("spring", "spring"), ("٥", "٥")],
)
def test_show_month(value: str, shown: str) -> None:
    assert show_month(value) == shown


_parsers = (
    *(parse_line, parse_paragraphs, parse_year, parse_month, parse_day, parse_date, parse_score, parse_doi),
    parse_eprint,
)


@given(
    st.sampled_from(_parsers),
    st.text(st.sampled_from("0123456789.-/ \n:ea\u0301٥") | st.characters(exclude_categories=["Cs"])),
)
def test_a_parsed_value_parses_to_itself(parse: Callable[[str], str], text: str) -> None:
    try:
        value = parse(text)
    except InvalidValue:
        return
    assert parse(value) == value
