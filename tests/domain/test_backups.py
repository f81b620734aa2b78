"""Which backups are kept, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.backups import (
    SHORTEST_INTERVAL,
    Backup,
    BackupReason,
    Differences,
    backup_name,
    cap_for,
    interval_for,
    is_big_removal,
    kept,
    parse_backup_name,
)

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
ROOMY = 10**15


def backup(number: int, when: datetime, size: int = 1) -> Backup:
    return Backup(number, when, "timed", f"/b/{number}", size)


def test_a_name_says_number_time_and_reason() -> None:
    name = backup_name(12, START, BackupReason.QUIT)
    assert name == "000012-20260101T090000Z-quit.refman"
    assert parse_backup_name(name) == (12, START, "quit")
    assert parse_backup_name("000012-20261301T090000Z-quit.refman") is None
    assert parse_backup_name("library.json") is None


@pytest.mark.uncovered
def test_four_hundred_days_of_work_leave_the_promised_backups() -> None:
    present: list[Backup] = []
    now = START
    number = 0
    while now < START + timedelta(days=400):
        if 9 <= now.hour < 18:
            number += 1
            present = kept([*present, backup(number, now)], most_bytes=ROOMY)
        now += timedelta(minutes=30)
    newest = present[0].when
    ages = [newest - one.when for one in present]
    assert sum(age <= timedelta(hours=6) for age in ages) == 13
    hours = {one.when.replace(minute=0) for one in present}
    assert {newest.replace(minute=0) - timedelta(hours=n) for n in range(9)} <= hours
    days = [one.when.date() for one in present]
    assert {newest.date() - timedelta(days=n) for n in range(14)} <= set(days)
    weeks = {day.isocalendar()[:2] for day in days}
    assert {(newest - timedelta(weeks=n)).isocalendar()[:2] for n in range(8)} <= weeks
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(present) <= 13 + 24 + 14 + 8 + 12


def test_a_clock_that_jumps_takes_no_day_away() -> None:
    days = [backup(n, START + timedelta(days=n)) for n in range(10)]
    future = backup(10, START + timedelta(days=365 * 50))
    assert len(kept([*days, future], most_bytes=ROOMY)) == 11
    # And back again: the one from the future counts as old as the one that followed it.
    after = backup(11, START + timedelta(days=11))
    left = kept([*days, future, after], most_bytes=ROOMY)
    assert {one.number for one in left} >= {*range(10), 11}
    past = backup(12, datetime(1970, 1, 1, tzinfo=UTC))
    assert kept([*days, past], most_bytes=ROOMY)[0] == past


@given(
    st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(1, 100)), min_size=1, max_size=60),
    st.integers(0, 2000),
)
def test_the_newest_stays_and_all_fit(given_backups: list[tuple[int, int]], most: int) -> None:
    backups = [backup(n, START + timedelta(minutes=at), size) for n, (at, size) in enumerate(given_backups)]
    left = kept(backups, most_bytes=most)
    assert left[0] == backups[-1]
    assert sum(one.size for one in left) <= most or len(left) == 1
    assert [one.number for one in left] == sorted({one.number for one in left}, reverse=True)
    assert kept(left, most_bytes=most) == left


def test_little_room_keeps_the_newest_and_old_ones() -> None:
    days = [backup(n, START + timedelta(days=n), 10) for n in range(14)]
    left = kept(days, most_bytes=45)
    assert left[0].number == 13
    assert left[-1].number == 0
    assert len(left) == 4


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], most_bytes=ROOMY) == []


def test_backups_take_a_little_of_the_time_and_the_disk() -> None:
    assert interval_for(0.1) == SHORTEST_INTERVAL
    assert interval_for(60) == timedelta(minutes=200)
    assert cap_for(1000) == 5 * 1024**3
    assert cap_for(4 * 1024**3) == 12 * 1024**3


@pytest.mark.parametrize(
    ("removed", "total", "is_big"),
    [(101, 10**6, True), (100, 10**6, False), (11, 50, True), (11, 55, False), (10, 10, False), (30, 100, True)],
)
def test_what_a_big_removal_is(removed: int, total: int, is_big: bool) -> None:
    assert is_big_removal(removed, total) is is_big
    assert Differences(total, total - removed, removed, 0, 0).is_big is is_big
