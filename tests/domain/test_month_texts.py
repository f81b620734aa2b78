"""Months, days, ranges and seasons as people write them into `month`."""

import pytest

from refman.domain.month_texts import MonthText, read_month


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5", MonthText(5)),
        ("août", MonthText(8)),
        ("May 5", MonthText(5, days=(5, 0))),
        ("1er janvier", MonthText(1, days=(1, 0))),
        ("5. März", MonthText(3, days=(5, 0))),
        ("5 de mayo", MonthText(5, days=(5, 0))),
        ("May 5--7", MonthText(5, days=(5, 7))),
        ("5.–7. Mai", MonthText(5, days=(5, 7))),
        ("May 30--June 2", MonthText(5, 6, (30, 2))),
        ("30 May -- 2 June", MonthText(5, 6, (30, 2))),
        ("30. Mai – 2. Juni", MonthText(5, 6, (30, 2))),
        ("mar/apr", MonthText(3, 4)),
        ("Mar., Apr.", MonthText(3, 4)),
        ("Mar. -- Apr.", MonthText(3, 4)),
        ("March and April", MonthText(3, 4)),
        ("juillet-août", MonthText(7, 8)),
        ("Spring", MonthText(21)),
        ("Été", MonthText(22)),
        ("Fall", MonthText(23)),
        ("Winter 2001", MonthText(24, year="2001")),
        ("Winter, 2001", MonthText(24, year="2001")),
    ],
)
def test_what_is_understood(text: str, read: MonthText) -> None:
    assert read_month(text) == read


@pytest.mark.parametrize(
    "text",
    [
        *("", "Michaelmas", "Dec/Jan", "May 7--5", "May 32", "May 0", "May 5--40", "June or so", "13", "May/May"),
        *("Spring/Summer", "Winter 20011", "June 5-May 3", "Dec 31/Jan 2", "May 5--June 32", "a" * 500, "5 " * 400),
    ],
)
def test_what_is_not_understood_as_a_whole(text: str) -> None:
    assert read_month(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 5", "2001-05-05"),
        ("May 5--7", "2001-05-05/2001-05-07"),
        ("May 30--June 2", "2001-05-30/2001-06-02"),
        ("mar/apr", "2001-03/2001-04"),
        ("Autumn", "2001-23"),
        ("Winter 2001", "2001-24"),
        ("Winter 2002", ""),
    ],
)
def test_the_date_in_a_year(text: str, date: str) -> None:
    read = read_month(text)
    assert read is not None
    assert read.date_in("2001") == date
