"""What people write into `month` beside one month: days, ranges of months, seasons."""

import re
from typing import NamedTuple

from refman.domain.dates import month_number
from refman.domain.month_words import season_of_word

_WORD = r"([^\W\d_]++\.?+)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?+\.?+"
_TO = r"\s*+(?:-{1,3}|[\u2010-\u2015/&]|(?:and|to|und|et|bis|a)\b)\s*+"
_OF = r"\s*+(?:d[ei]\s++)?+"
_DAYS_LAST = re.compile(rf"{_WORD}\s*+{_DAY}{_TO}{_DAY}")
_DAYS_FIRST = re.compile(rf"{_DAY}{_TO}{_DAY}{_OF}{_WORD}")
_DAY_LAST = re.compile(rf"{_WORD}\s*+{_DAY}")
_DAY_FIRST = re.compile(rf"{_DAY}{_OF}{_WORD}")
_ACROSS_LAST = re.compile(rf"{_WORD}\s*+{_DAY}{_TO}{_WORD}\s*+{_DAY}")
_ACROSS_FIRST = re.compile(rf"{_DAY}{_OF}{_WORD}{_TO}{_DAY}{_OF}{_WORD}")
_MONTHS = re.compile(rf"{_WORD}(?:{_TO}|\s*+,\s*+){_WORD}")
_SEASON = re.compile(rf"{_WORD}(?:[,\s]\s*+(\d{{4}}))?+")


class MonthText(NamedTuple):
    """`month` is 1 to 12, or 21 to 24 for a season (EDTF); `last` the last month, `days` first and last; 0 for none.

    `year` is the one that stands beside a season, "" for none.
    """

    month: int
    last: int = 0
    days: tuple[int, int] = (0, 0)
    year: str = ""

    def date_in(self, year: str) -> str:
        """The date of EDTF in a year of four figures, "" where the text names another year."""
        if self.year not in {"", year}:
            return ""
        start = f"{year}-{self.month:02d}"
        first, last = self.days
        if first:
            end = f"{year}-{self.last or self.month:02d}"
            return f"{start}-{first:02d}" + (f"/{end}-{last:02d}" if last else "")
        return f"{start}/{year}-{self.last:02d}" if self.last else start


def read_month(text: str) -> MonthText | None:
    """`May`, `5. Mai`, `May 5--7`, `May 30--June 2`, `mar/apr`, `Winter 2001`; None for what is not
    understood as a whole.

    A range that runs over the end of a year is not: which of the two years it names cannot be known.
    """
    text = text.strip()
    if number := month_number(text):
        return MonthText(number)
    if len(text) > 60:
        return None
    return _with_days(text) or _across_months(text) or _of_months(text) or _of_season(text)


def _with_days(text: str) -> MonthText | None:
    for pattern, is_last in ((_DAYS_LAST, True), (_DAYS_FIRST, False), (_DAY_LAST, True), (_DAY_FIRST, False)):
        if match := pattern.fullmatch(text):
            groups = match.groups()
            word, days = (groups[0], groups[1:]) if is_last else (groups[-1], groups[:-1])
            number = month_number(word)
            first, last = int(days[0]), int(days[1]) if len(days) > 1 else 0
            is_range = 1 <= first <= 31 and (last == 0 or first < last <= 31)
            return MonthText(number, days=(first, last)) if number and is_range else None
    return None


def _across_months(text: str) -> MonthText | None:
    if match := _ACROSS_LAST.fullmatch(text):
        begins, first, ends, last = match.groups()
    elif match := _ACROSS_FIRST.fullmatch(text):
        first, begins, last, ends = match.groups()
    else:
        return None
    months, days = (month_number(begins) or 0, month_number(ends) or 0), (int(first), int(last))
    is_rising = 0 < months[0] < months[1] and min(days) >= 1 and max(days) <= 31
    return MonthText(*months, days=days) if is_rising else None


def _of_months(text: str) -> MonthText | None:
    match = _MONTHS.fullmatch(text)
    numbers = [month_number(word) or 0 for word in match.groups()] if match else []
    return MonthText(numbers[0], numbers[1]) if numbers and 0 < numbers[0] < numbers[1] else None


def _of_season(text: str) -> MonthText | None:
    match = _SEASON.fullmatch(text)
    number = season_of_word(match.group(1)) if match else None
    return MonthText(number, year=match.group(2) or "") if match and number else None
