"""Year, month and day of an entry from BibTeX's `year` and `month` or from biblatex's `date`."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from refman.domain.dates import MONTH_NAMES, first_year, is_edtf, split_date
from refman.domain.errors import Problem
from refman.domain.month_texts import read_month
from refman.domain.paper import FieldValue
from refman.formats.bibtex.printed_dates import printed_date

# What most entries have: a number, or what a macro of the styles stands for.
_USUAL_MONTHS: Mapping[str, int] = MappingProxyType(
    {str(number): number for number in range(1, 13)} | {name: number for number, name in enumerate(MONTH_NAMES, 1)}
)


def read_dates(fields: dict[str, FieldValue], line: int) -> list[Problem]:
    """Puts the plain month number, the day and what `date` says into `fields`; `date` wins over `year`, as in biber.

    `line` is the entry's.
    """
    problems = _read_month(fields, line)
    if "date" in fields:
        problems += _read_date(fields, line)
    return problems


def _read_month(fields: dict[str, FieldValue], line: int) -> list[Problem]:
    month = fields.get("month")
    if month is None:
        return []
    number, day = split_month(month.plain)
    if number and month.plain != str(number):
        fields["month"] = FieldValue(str(number), month.source, month.origin, month.is_guess)
    if day:
        fields.setdefault("day", FieldValue(day))
    if month.source == "sept":
        return [Problem(line, "undefined-month", "No BibTeX style knows the month sept; sep is meant.", ("sept",))]
    return []


def split_month(text: str) -> tuple[int | None, str]:
    """`10 January` and `January 10` to (1, "10"), `Sept.` to (9, ""); (None, "") for what is no single month.

    Ranges and seasons keep their text, which lists show; `read_month` understands them at export.
    """
    if text in _USUAL_MONTHS:
        return _USUAL_MONTHS[text], ""
    read = read_month(text)
    if read is None or read.month > 12 or read.last or read.days[1]:
        return None, ""
    return read.month, str(read.days[0]) if read.days[0] else ""


def _read_date(fields: dict[str, FieldValue], line: int) -> list[Problem]:
    text = fields["date"].plain
    if not is_edtf(text):
        return [Problem(line, "bad-date", f'"{text}" is not a date that biblatex reads.', (text,))]
    problems = []
    year, month, day = _start(text)
    old = fields.get("year")
    if old and old.plain.replace("\u2013", "--") not in {year, printed_date(text).year}:
        message = f"The date {text} overrules the year {old.plain}."
        problems.append(Problem(line, "year-overruled", message, (text, old.plain)))
    for name, value in (("year", year), ("month", month), ("day", day)):
        if value and (name not in fields or fields[name].plain != value):
            fields[name] = FieldValue(value)
    return problems


def _start(text: str) -> tuple[str, str, str]:
    """Year, month and day where a date or range begins, what is unspecified left out; a season has no month."""
    start = re.sub(r"T.*", "", text.split("/")[0]).rstrip("?~%").removesuffix("-XX").removesuffix("-XX")
    return split_date(start) or (first_year(text), "", "")
