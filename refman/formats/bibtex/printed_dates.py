"""What a date of EDTF becomes for engine BibTeX, whose styles print `year` and `month` and look at no `date`.

Printed as biblatex prints the same date (manual, section 2.3.8 and its table of date specifications): decades and
centuries as ranges, circa and doubt as marks. So no year is named that the date does not name.
"""

import re
from types import MappingProxyType
from typing import NamedTuple

from refman.domain.dates import MONTH_MACROS, first_year, is_edtf

SEASONS = MappingProxyType({"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"})
"""The months of EDTF that are seasons, as biblatex prints them in English."""

_UNSPECIFIED = re.compile(r"(\d{2,3})(X{1,2})", re.ASCII)
_YEARS = re.compile(r"-?\d{4}[?~%]?", re.ASCII)
_MONTH = re.compile(r"-?\d{4}-(\d{2})(?!\d)", re.ASCII)
_CIRCA, _DOUBT = "~%", "?%"


class PrintedDate(NamedTuple):
    """`year` as plain text, `month` as a value expression; "" for what the date does not say."""

    year: str
    month: str


def printed_date(text: str) -> PrintedDate:
    """Year and month of a date as a style should print them; both "" for what is no EDTF.

    `199X` is 1990--1999, `1723~` ca. 1723, `1990?` 1990?, `../1990` --1990, `1999/2001` 1999--2001, `2001-21` Spring
    2001. Of other ranges that is told where they begin.
    """
    if not is_edtf(text):
        return PrintedDate("", "")
    begin, slash, end = text.partition("/")
    if begin in {"", ".."}:
        return PrintedDate(f"--{_year(end)}", "")
    if slash and _YEARS.fullmatch(begin) and _YEARS.fullmatch(end):
        return PrintedDate(_year(begin) if begin == end else f"{_year(begin)}--{_year(end)}", "")
    return PrintedDate(_year(begin), _month(begin))


def _year(part: str) -> str:
    if unspecified := _UNSPECIFIED.fullmatch(part):
        known, open_ = unspecified.groups()
        return f"{known}{'0' * len(open_)}--{known}{'9' * len(open_)}"
    if part.endswith("X") and "-" not in part[1:]:
        # Before the year 0 the two ends would run into each other.
        return part
    doubt = "?" if part[-1] in _DOUBT else ""
    circa = "ca. " if part[-1] in _CIRCA and not _month(part) else ""
    return f"{circa}{first_year(part)}{doubt}"


def _month(part: str) -> str:
    """Circa stands in front of what is printed first, and styles print the month before the year."""
    match = _MONTH.match(part)
    if not match:
        return ""
    number, circa = match.group(1), "ca. " if part[-1] in _CIRCA else ""
    if number in SEASONS:
        return f"{{{circa}{SEASONS[number]}}}"
    macro = MONTH_MACROS[int(number) - 1]
    return f'"{circa}" # {macro}' if circa else macro
