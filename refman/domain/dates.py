"""Dates as papers carry them: year, month, day, and EDTF text where those cannot say it.

EDTF: the Library of Congress specification of 2019, levels 0 and 1 as the biblatex manual section 2.3.8 takes them.
"""

import re
from datetime import date

from refman.domain.month_words import month_of_word

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_MACROS = tuple(name[:3].lower() for name in MONTH_NAMES)
"""The macros every BibTeX style defines (btxdoc section 3.1)."""

_TIME = r"T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?"
_PART = (
    rf"(?:-?\d{{4}}(?:-\d{{2}}(?:-\d{{2}}(?:{_TIME})?)?)?[?~%]?"
    r"|-?\d{3}X|-?\d{2}XX|-?\d{4}-(?:XX|\d{2}-XX|XX-XX)|Y-?\d{5,})"
)
_EDTF = re.compile(rf"(?:{_PART}(?:/(?:{_PART}|\.\.)?)?|(?:\.\.)?/{_PART})", re.ASCII)
_YEAR_MONTH_DAY = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTH_OF_PART = re.compile(r"-?\d{4}-(\d{2})(?:-(\d{2}))?", re.ASCII)
# Of five figures without the Y of EDTF nobody knows which year they mean.
_FIRST_YEAR = re.compile(r"Y(-?\d{5,})|(?<!\d)(?:(-?\d{4})(?!\d)|(-?\d{3})(?=X)|(-?\d{2})(?=XX))", re.ASCII)


def is_edtf(text: str) -> bool:
    """True for a date or range of EDTF level 0 or 1; months above 12 must be seasons (21-24), days fit loosely."""
    if not _EDTF.fullmatch(text):
        return False
    return all(_month_and_day_fit(part) for part in text.split("/"))


def _month_and_day_fit(part: str) -> bool:
    match = _MONTH_OF_PART.match(part)
    if not match:
        return True
    month = int(match.group(1))
    day = int(match.group(2) or 1)
    return (1 <= month <= 12 and 1 <= day <= 31) or (21 <= month <= 24 and not match.group(2))


def month_number(text: str) -> int | None:
    """1 to 12 from `5`, `05`, `may`, `May.`, `Sept`, `september`, `août`, `Mai`; None for anything else."""
    word = text.strip()
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return month_of_word(word)


def split_date(text: str) -> tuple[str, str, str] | None:
    """`2026-05-07` to ("2026", "5", "7"), shorter dates with "" for what is missing; None when that cannot say it."""
    match = _YEAR_MONTH_DAY.fullmatch(text)
    if not match or not _is_month_and_day(match.group(2) or "1", match.group(3) or "1"):
        return None
    year, month, day = match.groups()
    return year, str(int(month)) if month else "", str(int(day)) if day else ""


def join_date(year: str, month: str, day: str) -> str:
    """The inverse of `split_date`; "" without a four-digit year. A month or day that is none is left out."""
    if not re.fullmatch(r"-?[0-9]{4}", year):
        return ""
    if not _is_month_and_day(month, "1"):
        return year
    has_day = _is_month_and_day(month, day)
    return f"{year}-{int(month):02d}-{int(day):02d}" if has_day else f"{year}-{int(month):02d}"


def _is_month_and_day(month: str, day: str) -> bool:
    are_numbers = all(part.isascii() and part.isdigit() for part in (month, day))
    return are_numbers and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def first_year(text: str) -> str:
    """The first year an EDTF text names, for sorting and for `year:`; `199X` counts as 1990, "" when none."""
    match = _FIRST_YEAR.search(text)
    if not match:
        return ""
    far, full, decade, century = match.groups()
    return far or full or (f"{decade}0" if decade else f"{century}00")


def latest_day_not_after(month: int, day: int, captured_on: date) -> date:
    """The latest such day that is not after the capture; 29 February looks for a leap year.

    Raises: ValueError when no year has such a day.
    """
    for year in range(captured_on.year, captured_on.year - 9, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= captured_on:
            return candidate
    raise ValueError(f"no year has day {day} of month {month}")
