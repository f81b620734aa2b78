"""Years and days in a search."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from refman.domain.query import (
    AddedRange,
    YearRange,
)
from refman.domain.query_parser import parse_query
from tests.domain.parsing import TODAY, meaning_of


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("year:2020", 2020, 2020),
        ("year:=2020", 2020, 2020),
        ('year:"2020"', 2020, 2020),
        ("year:2018..2020", 2018, 2020),
        ("year:2018..2018", 2018, 2018),
        ("year:2018..", 2018, None),
        ("year:..2020", None, 2020),
        ("year:>=2019", 2019, None),
        ("year:>2019", 2020, None),
        ("year:<=2019", None, 2019),
        ("year:<2019", None, 2018),
        ("year:-44", -44, -44),
    ],
)
def test_years(text: str, low: int | None, high: int | None) -> None:
    assert meaning_of(text) == YearRange(low, high)


def _day(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("added:today", "2026-11-22", "2026-11-23"),
        ("added:Yesterday", "2026-11-21", "2026-11-22"),
        ("added:7d", "2026-11-15", "2026-11-23"),
        ("added:2w", "2026-11-08", "2026-11-23"),
        ("added:1m", "2026-10-23", "2026-11-23"),
        ("added:1y", "2025-11-22", "2026-11-23"),
        ("added:9999y", "1970-01-01", "2026-11-23"),
        ("added:2026-11-05", "2026-11-05", "2026-11-06"),
        ("added:2026-11", "2026-11-01", "2026-12-01"),
        ("added:2026-12", "2026-12-01", "2027-01-01"),
        ("added:2026", "2026-01-01", "2027-01-01"),
        ("added:>=2026-01-01", "2026-01-01", None),
        ("added:>2026-01", "2026-02-01", None),
        ("added:<today", None, "2026-11-22"),
        ("added:<=2025", None, "2026-01-01"),
        ("added:2026-01..2026-03", "2026-01-01", "2026-04-01"),
        ("added:2026-01..", "2026-01-01", None),
        ("added:..yesterday", None, "2026-11-22"),
    ],
)
def test_days_of_being_added(text: str, start: str | None, end: str | None) -> None:
    assert meaning_of(text) == AddedRange(_day(start), _day(end))


def test_days_begin_where_the_person_is() -> None:
    query = parse_query("added:today", today=TODAY, zone=timezone(timedelta(hours=2)))
    start = datetime(2026, 11, 21, 22, tzinfo=UTC)
    assert query.root == AddedRange(start, start + timedelta(days=1))


def test_without_a_day_and_zone_those_of_the_system_hold() -> None:
    root = parse_query("added:today").root
    assert isinstance(root, AddedRange)
    assert root.start is not None
    assert root.end is not None
    assert timedelta(hours=22) < root.end - root.start < timedelta(hours=26)
