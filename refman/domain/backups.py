"""Backups of a library: what one is, which are kept, what one would change.

Order is that of their numbers. Times only say how old one is, so a clock that jumps takes no backup away.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from refman.domain.frozen import dataclass

SHORTEST_INTERVAL = timedelta(minutes=15)
"""Work that may be lost with the disk of the library."""
_ALL_WITHIN = timedelta(hours=6)
_LEAST_CAP = 5 * 1024**3
_COPIES_IN_CAP = 3
MANY_PAPERS = 100
"""More than these are never removed without asking."""
_BIG_PART = 5
_NO_REMOVAL = 10


class BackupReason(StrEnum):
    """Why a backup was made; a word of its file name."""

    TIMED = "timed"
    QUIT = "quit"
    ASKED = "asked"
    RESTORE = "restore"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy in a folder of backups; `size` in bytes."""

    number: int
    when: datetime
    reason: str
    path: str
    size: int


_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)-([a-z]+)\.refman")


def backup_name(number: int, when: datetime, reason: BackupReason) -> str:
    """`000012-20261122T090000Z-timed.refman`."""
    return f"{number:06d}-{when.astimezone(UTC):%Y%m%dT%H%M%SZ}-{reason.value}.refman"


def parse_backup_name(name: str) -> tuple[int, datetime, str] | None:
    """Number, time and reason of a `backup_name`; None for any other name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        # The format that `strptime` would need is ISO 8601, and `strptime` loads 2,000 lines of Python.
        when = datetime.fromisoformat(match[2])
    except ValueError:
        return None
    return int(match[1]), when, match[3]


def interval_for(seconds: float) -> timedelta:
    """How far apart backups are that take so many seconds each: they must take at most half a percent of the time."""
    return max(SHORTEST_INTERVAL, timedelta(seconds=200 * seconds))


def cap_for(library_bytes: int) -> int:
    """How many bytes all backups may take together: three copies of the library, or 5 GB where that is more."""
    return max(_COPIES_IN_CAP * library_bytes, _LEAST_CAP)


def is_big_removal(removed: int, total: int) -> bool:
    """True when so many papers of so many go that a backup must be made first: over 100, or over a fifth.

    A handful (10) of a small library is everyday work.
    """
    return removed > MANY_PAPERS or (removed > _NO_REMOVAL and removed * _BIG_PART > total)


def kept(backups: Iterable[Backup], *, most_bytes: int) -> list[Backup]:
    """Those to keep, newest first: all of 6 h, then the newest of 24 hours, 14 days, 8 weeks and 12 months.

    Hours, days ... count where there is a backup. Beyond `most_bytes` those go that stand closest to their
    neighbours for their age; the newest always stays.
    """
    aged = _with_ages(sorted(backups, key=lambda one: one.number, reverse=True))
    places = {place for place, (_, age) in enumerate(aged) if age <= _ALL_WITHIN}
    for many, period in _PERIODS:
        places |= _newest_of_each([_when(aged, place) for place in range(len(aged))], period, many)
    chosen = [aged[place] for place in sorted(places)]
    while len(chosen) > 1 and sum(one.size for one, _ in chosen) > most_bytes:
        del chosen[_closest(chosen)]
    return [one for one, _ in chosen]


_Aged = tuple[Backup, timedelta]
_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (24, lambda when: (when.date(), when.hour)),
    (14, lambda when: when.date()),
    (8, lambda when: when.isocalendar()[:2]),
    (12, lambda when: (when.year, when.month)),
)


def _with_ages(newest_first: Sequence[Backup]) -> list[_Aged]:
    """Ages as seen from the newest; one from the future is as old as the one that followed it."""
    aged: list[_Aged] = []
    latest = newest_first[0].when if newest_first else None
    for one in newest_first:
        assert latest is not None
        latest = min(latest, one.when)
        aged.append((one, newest_first[0].when - latest))
    return aged


def _when(aged: Sequence[_Aged], place: int) -> datetime:
    return aged[0][0].when - aged[place][1]


def _newest_of_each(times: Sequence[datetime], period: Callable[[datetime], object], many: int) -> set[int]:
    first: dict[object, int] = {}
    for place, when in enumerate(times):
        first.setdefault(period(when), place)
    return set(list(first.values())[:many])


def _closest(chosen: Sequence[_Aged]) -> int:
    """The place of the one that is missed least; never the newest, the oldest only as the last but one."""
    if len(chosen) == 2:
        return 1
    ages = [age.total_seconds() for _, age in chosen]
    gaps = [(ages[place + 1] - ages[place - 1]) / (ages[place + 1] + 1) for place in range(1, len(ages) - 1)]
    return 1 + gaps.index(min(gaps))


@dataclass(frozen=True, slots=True)
class Differences:
    """What a restore would change: papers that would go, come back, or become what they were; `titles` of the first.

    `others` names what else differs (`tags`, `saved searches`, ...).
    """

    here: int
    there: int
    going: int
    coming: int
    changing: int
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_big(self) -> bool:
        """Whether so many papers would go that a person must be asked."""
        return is_big_removal(self.going, self.here)

    @property
    def are_none(self) -> bool:
        """True when both hold the same."""
        return not (self.going or self.coming or self.changing or self.others)
