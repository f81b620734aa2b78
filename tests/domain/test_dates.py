"""Dates as papers carry them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.dates import (
    MONTH_MACROS,
    MONTH_NAMES,
    first_year,
    is_edtf,
    join_date,
    latest_day_not_after,
    month_number,
    split_date,
)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026",
            "2026-05",
            "2026-05-07",
            "-0044",
            "-0044-03-15",
            "0000",
            "2026-05-07T10:00:00",
            "2026-05-07T10:00:00Z",
        ),
        *("2026-05-07T10:00:00+01:00", "1990~", "1990?", "1990%", "2004-06~", "2004-06-11?", "199X", "19XX", "-19XX"),
        *("2004-XX", "1985-04-XX", "1985-XX-XX", "Y17000", "Y-170000", "2001-21", "2001-24"),
        *("2019/2021", "2004-02-01/2005-02", "2019/", "2019/..", "../2019", "/2019", "1984~/2004-06"),
    ],
)
def test_edtf_of_levels_0_and_1(text: str) -> None:
    assert is_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "26", "20266", "2026-5", "2026-13", "2026-00", "2026-05-32", "2026-05-00", "2001-25", "2001-21-01"),
        *("2026/05/07", "May 2026", "2026 ", "1990~?", "/", "..", "../..", "2026//2027", "XXXX", "X", "Y2026"),
        *("2019/2021/2022", "٢٠٢٦", "2026-05-07T10:00", "2026\n"),
    ],
)
def test_what_is_no_edtf(text: str) -> None:
    assert not is_edtf(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("05", 5),
        ("12", 12),
        (" may ", 5),
        ("May.", 5),
        ("jan", 1),
        ("Janu", 1),
        ("Sept", 9),
        ("sept.", 9),
        ("SEPTEMBER", 9),
        ("0", None),
        ("13", None),
        ("", None),
        (".", None),
        ("ma", None),
        ("maybe", None),
        ("septembre", 9),
        ("août", 8),
        ("AOUT", 8),
        ("févr.", 2),
        ("März", 3),
        ("Maerz", 3),
        ("enero", 1),
        ("giugno", 6),
        ("out.", 10),
        ("mrt", 3),
        ("juin", 6),
        ("juil.", 7),
        ("jui", None),
        ("5th", None),
        ("٥", None),
    ],
)
def test_month_number(text: str, number: int | None) -> None:
    assert month_number(text) == number


def test_every_name_and_macro_of_a_month_is_its_number() -> None:
    for number, (name, macro) in enumerate(zip(MONTH_NAMES, MONTH_MACROS, strict=True), start=1):
        assert (month_number(name), month_number(macro)) == (number, number)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026", ("2026", "", "")),
        ("2026-05", ("2026", "5", "")),
        ("2026-05-07", ("2026", "5", "7")),
        ("-0044-03-15", ("-0044", "3", "15")),
    ],
)
def test_dates_that_year_month_and_day_can_say(text: str, parts: tuple[str, str, str]) -> None:
    assert split_date(text) == parts
    assert join_date(*parts) == text


@pytest.mark.parametrize(
    "text", ["", "199X", "2019/2021", "1990~", "2026-21", "2026-13", "2026-05-32", "2026-05-00", "٢٠٢٦"]
)
def test_dates_that_they_cannot_say(text: str) -> None:
    assert split_date(text) is None


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("", "5", "7"), ""),
        (("26", "5", "7"), ""),
        (("2026", "", "7"), "2026"),
        (("2026", "May", "7"), "2026"),
        (("2026", "13", "7"), "2026"),
        (("2026", "5", "Monday"), "2026-05"),
        (("2026", "5", "32"), "2026-05"),
    ],
)
def test_what_is_no_month_or_day_is_left_out(parts: tuple[str, str, str], text: str) -> None:
    assert join_date(*parts) == text


@given(st.dates())
def test_every_day_can_be_said(day: date) -> None:
    text = day.isoformat()
    assert is_edtf(text)
    parts = split_date(text)
    assert parts is not None
    assert join_date(*parts) == text
    assert first_year(text) == text[:4]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026-05-07", "2026"),
        ("-0044", "-0044"),
        ("199X", "1990"),
        ("-199X", "-1990"),
        ("19XX", "1900"),
        ("2019/2021", "2019"),
        ("../2021", "2021"),
        ("/2021", "2021"),
        ("1990~", "1990"),
        ("2004-XX", "2004"),
        ("Y17000", "17000"),
        ("Y-17000", "-17000"),
        ("May 2026", "2026"),
        ("1-2026", "2026"),
        ("y17000", ""),
        ("20345", ""),
        ("", ""),
        ("soon", ""),
        ("99", ""),
    ],
)
def test_first_year(text: str, year: str) -> None:
    assert first_year(text) == year


@pytest.mark.parametrize(
    ("month", "day", "captured_on", "found"),
    [
        (5, 7, date(2026, 11, 22), date(2026, 5, 7)),
        (11, 22, date(2026, 11, 22), date(2026, 11, 22)),
        (11, 23, date(2026, 11, 22), date(2025, 11, 23)),
        (12, 31, date(2026, 1, 1), date(2025, 12, 31)),
        (2, 29, date(2026, 11, 22), date(2024, 2, 29)),
        (2, 29, date(2104, 2, 28), date(2096, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_latest_not_after_the_capture(
    month: int, day: int, captured_on: date, found: date
) -> None:
    assert latest_day_not_after(month, day, captured_on) == found


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 1), (4, 31)])
def test_a_day_that_no_year_has_is_an_error(month: int, day: int) -> None:
    with pytest.raises(ValueError, match=f"no year has day {day} of month {month}"):
        latest_day_not_after(month, day, date(2026, 11, 22))


@given(st.integers(1, 12), st.integers(1, 28), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_latest_such_day_lies_within_a_year_before_the_capture(month: int, day: int, captured_on: date) -> None:
    assert 0 <= (captured_on - latest_day_not_after(month, day, captured_on)).days <= 366
