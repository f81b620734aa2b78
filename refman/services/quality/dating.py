"""Months, dates and pages."""

import calendar
import re
from collections.abc import Iterator

from refman.domain.dates import MONTH_MACROS, is_edtf, month_number, split_date
from refman.domain.fields import Kind, field_of
from refman.domain.quality import CheckName, Finding, Fix, Severity
from refman.formats.bibtex.date_writing import date_of_month
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.page_ranges import page_ranges
from refman.formats.bibtex.values import is_macro, operands
from refman.services.quality.subjects import Subject, Value

_NUMERIC_DATE = re.compile(r"(-?[0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_LOOSE_YEAR = re.compile(r"\s*([0-9]{4})\s*[.,;]?\s*")
_PLAIN_YEAR = re.compile(r"-?[0-9]{3,4}")
_PAGE_LABEL = re.compile(r"(?:pp?|pages?|S|seiten?)\s*[.:]?\s*(?=[0-9])", re.IGNORECASE)
_NO_PAGES = re.compile(r"(?:0+\s*-*\s*0*|\?+(?:--?\?+)?|n\s*/?\s*a|-+|x+--?x+)", re.IGNORECASE)
_DASHES = re.compile(r"[-‐-―−]{2,}")
_RANGE = re.compile(r"([A-Za-z]*)([0-9]+)--\1([0-9]+)")


def check_month(subject: Subject) -> Iterator[Finding]:
    """BibTeX wants its macros (`jan`), biber those or a number."""
    value = subject.values.get("month")
    if value is None or value.source is None:
        return
    parts = list(operands(value.source))
    if len(parts) == 1:
        yield from _month(value, parts[0], subject.dialect, date=_date_meant(subject, value.plain))


def _date_meant(subject: Subject, month: str) -> str:
    """The date that ranges, days and seasons in `month` mean, "" for one that stands there or is not understood."""
    draft = subject.draft
    return "" if draft.plain("date") else date_of_month(draft.plain("year"), month, draft.plain("day"))


def _month(value: Value, operand: str, dialect: Dialect, *, date: str) -> Iterator[Finding]:
    text = operand.strip('{}" ')
    number = month_number(text)
    is_bare = is_macro(operand)
    if number is None:
        if date and dialect is Dialect.BIBLATEX and not is_bare:
            message = f"biber takes no “{value.plain}” for a month; write date = {{{date}}} instead of it."
            arguments = (value.plain, date)
            yield value.finding(CheckName.MONTH, Severity.WARNING, "month-as-date", said=message, arguments=arguments)
        elif text.isdigit() or (dialect is Dialect.BIBLATEX and not is_bare):
            message = f"“{text}” is no month; write a macro such as mar."
            yield value.finding(CheckName.MONTH, Severity.WARNING, "no-month", said=message, arguments=(text,))
        return
    macro = MONTH_MACROS[number - 1]
    if (is_bare and text.lower() == macro) or (text.isdigit() and dialect is Dialect.BIBLATEX):
        return
    if is_bare:
        message = f"No style knows the month {text}; {macro} is meant."
        severity = Severity.WARNING
    else:
        message = f"The month {operand} is printed as it stands; the macro {macro} is printed as the style wants it."
        severity = Severity.NOTICE
    fix = Fix("month", macro, is_expression=True)
    yield value.finding(CheckName.MONTH, severity, "month-macro", said=message, arguments=(operand, macro), fix=fix)


def check_date(subject: Subject) -> Iterator[Finding]:
    """Dates are of EDTF for biblatex; a year is a number."""
    if subject.dialect is Dialect.BIBLATEX or subject.values.get("date"):
        for name, value in subject.values.items():
            is_date = field_of(name).kind is Kind.DATE and field_of(name).bibtex_name
            if is_date and (name == "date" or subject.dialect is Dialect.BIBLATEX):
                yield from _date(value)
    yield from _year(subject)


def _date(value: Value) -> Iterator[Finding]:
    text = value.plain.strip()
    if not is_edtf(text):
        message = f"“{text}” is no date that biblatex reads; write 2026-05-07, 2026-05, 2026 or 2019/2021."
        yield value.finding(
            CheckName.DATE, Severity.WARNING, "no-date", said=message, arguments=(text,), fix=_numeric(value, text)
        )
    elif (parts := split_date(text)) and parts[2] and int(parts[2]) > _days(int(parts[0]), int(parts[1])):
        message = f"There is no day {text}."
        yield value.finding(CheckName.DATE, Severity.WARNING, "no-day", said=message, arguments=(text,))


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if year > 0 else 31


def _numeric(value: Value, text: str) -> Fix | None:
    match = _NUMERIC_DATE.fullmatch(text)
    date = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
    return value.fix(date) if date and is_edtf(date) else None


def _year(subject: Subject) -> Iterator[Finding]:
    value = subject.values.get("year")
    if value is None:
        return
    text = value.plain.strip()
    if not _PLAIN_YEAR.fullmatch(text):
        match = _LOOSE_YEAR.fullmatch(value.text)
        fix = value.fix(match[1]) if match else None
        message = f"“{text}” is no year; styles sort and label by four digits."
        yield value.finding(CheckName.DATE, Severity.NOTICE, "no-year", said=message, arguments=(text,), fix=fix)


def check_pages(subject: Subject) -> Iterator[Finding]:
    """Ranges have two hyphens and go upwards; nothing stands before the figures."""
    value = subject.values.get("pages")
    if value is None or (not value.is_plain and value.tex is None):
        return
    text = value.text.strip()
    if _NO_PAGES.fullmatch(text):
        message = f"“{text}” names no pages."
        yield value.finding(CheckName.PAGES, Severity.NOTICE, "no-pages", said=message, arguments=(text,))
        return
    mended = text if "\\" in text else page_ranges(_DASHES.sub("--", _PAGE_LABEL.sub("", text)))
    if mended != text:
        message = f"The pages {text} are written {mended} for BibTeX."
        yield value.finding(
            CheckName.PAGES,
            Severity.NOTICE,
            "pages-form",
            said=message,
            arguments=(text, mended),
            fix=value.fix(mended),
        )
    elif falling := _falling(mended):
        message = f"The pages {falling} go backwards."
        yield value.finding(CheckName.PAGES, Severity.WARNING, "pages-fall", said=message, arguments=(falling,))


def _falling(pages: str) -> str:
    """The first range whose end is before its start; 1234--45 is short for 1234--1245."""
    for match in _RANGE.finditer(pages):
        if len(match[2]) == len(match[3]) and int(match[3]) < int(match[2]):
            return match.group()
    return ""
