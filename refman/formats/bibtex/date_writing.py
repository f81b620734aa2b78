"""Year, month and date as each dialect writes them."""

from refman.domain.dates import MONTH_MACROS, MONTH_NAMES, first_year, is_edtf, join_date, month_number, split_date
from refman.domain.month_texts import read_month
from refman.domain.paper import Draft
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.macros import MONTHS
from refman.formats.bibtex.printed_dates import printed_date
from refman.formats.bibtex.text_to_latex import text_to_latex, verbatim_to_latex

DATE_FIELDS = frozenset({"year", "month", "day", "date"})


def date_values(draft: Draft, dialect: Dialect) -> dict[str, str]:
    """Field name to value expression; what was read leaves as read where the dialect can carry it."""
    return _bibtex(draft) if dialect is Dialect.BIBTEX else _biblatex(draft)


def _bibtex(draft: Draft) -> dict[str, str]:
    """`year` and `month = jan`; `date` only where it says more than they can, styles do not look at it."""
    values = printed_values(draft)
    if year := draft.plain("year"):
        values.setdefault("year", _source(draft, "year") or f"{{{text_to_latex(year, Dialect.BIBTEX)}}}")
    if month := draft.plain("month"):
        values.setdefault("month", _bibtex_month(draft, month))
    for name in ("year", "month", "day"):
        # An empty value says that nothing is inherited from the parent of a crossref.
        if (source := _source(draft, name)) and name not in values:
            values[name] = source
    if (date := draft.plain("date")) and _says_more_than_month_and_year(draft, date):
        values["date"] = _source(draft, "date") or f"{{{verbatim_to_latex(date)}}}"
    return values


def printed_values(draft: Draft) -> dict[str, str]:
    """Year and month as value expressions of a date that says more than they, or has no year beside it.

    A year that was read or changed since says it by itself; then there are none.
    """
    date = draft.plain("date")
    if not date or (split_date(date) and draft.plain("year")):
        return {}
    printed = printed_date(date)
    values = {"year": f"{{{printed.year}}}", "month": printed.month} if printed.year else {}
    if (year := draft.fields.get("year")) and (year.source is not None or year.plain not in {"", first_year(date)}):
        return {}
    if "month" in draft.fields and draft.fields["month"].source is not None:
        values.pop("month", "")
    return {name: value for name, value in values.items() if value}


def _says_more_than_month_and_year(draft: Draft, date: str) -> bool:
    """A range, a season, circa; or a day, unless year or month were changed since."""
    parts = split_date(date)
    return parts is None or (parts[2] != "" and parts == tuple(draft.plain(name) for name in ("year", "month", "day")))


def _bibtex_month(draft: Draft, month: str) -> str:
    source = _source(draft, "month")
    if source and source.lower() != "sept":
        return source
    number = month_number(month)
    return MONTH_MACROS[number - 1] if number else f"{{{text_to_latex(month, Dialect.BIBTEX)}}}"


def _biblatex(draft: Draft) -> dict[str, str]:
    """`date`, or `year` and `month` as they were read; a date that is none goes along with these."""
    parts = draft.plain("year"), draft.plain("month"), draft.plain("day")
    date = draft.plain("date")
    written = _source(draft, "date") or f"{{{verbatim_to_latex(date)}}}"
    if is_edtf(date) and (split_date(date) in {None, parts} or not parts[0]):
        return {"date": written}
    if dated := date_of_month(*parts):
        return (
            {"date": f"{{{dated}}}"} if not date or is_edtf(date) else {"date": written, **_joined_date(draft, *parts)}
        )
    values = {} if is_edtf(date) else _year_and_month_as_read(draft)
    values = values or _joined_date(draft, *parts)
    if (day := _source(draft, "day")) and not parts[2].isdigit():
        values = {**values, "day": day}
    return {"date": written, **values} if date and not is_edtf(date) else values


def date_of_month(year: str, month: str, day: str) -> str:
    """The date of EDTF of a month in words that is no single month (`mar/apr`, `May 5--7`, `Spring`), "" for none."""
    read = read_month(month) if month and not day and month_number(month) is None else None
    return read.date_in(year) if read and join_date(year, "", "") else ""


def _joined_date(draft: Draft, year: str, month: str, day: str) -> dict[str, str]:
    """One `date`; where no date can say it (a year in words, a month that is none), the parts, none of them left out.

    biblatex still takes `year` and `month` (manual, section 2.3.9) and keeps what is no number as text.
    """
    joined = join_date(year, *(part if part.isascii() and part.isdigit() else "" for part in (month, day)))
    if joined and (not month or month_number(month)):
        return {"date": f"{{{joined}}}"}
    values = {"year": _source(draft, "year") or _as_text(year)} if year else {}
    number, day_source = month_number(month), _source(draft, "day")
    if number and day and not day_source:
        # biber takes the month from the first word; it has no field for a day.
        values["month"] = _as_text(f"{MONTH_NAMES[number - 1]} {day}")
    elif month:
        values["month"] = f"{{{number}}}" if number else _source(draft, "month") or _as_text(month)
    return {**values, "day": day_source} if day_source else values


def _as_text(plain: str) -> str:
    return f"{{{text_to_latex(plain, Dialect.BIBLATEX)}}}"


def _year_and_month_as_read(draft: Draft) -> dict[str, str]:
    """biblatex takes `year` and `month` of old files; biber wants the month as a number or one of its macros."""
    year, month = _source(draft, "year"), _source(draft, "month")
    if not year or draft.plain("day"):
        return {}
    if not draft.plain("month"):
        return {"year": year}
    number = month_number(draft.plain("month"))
    if month and number and month.lower() not in MONTHS and not month.strip('{}"').isdigit():
        month = f"{{{number}}}"
    return {"year": year, "month": month} if month else {}


def _source(draft: Draft, name: str) -> str | None:
    value = draft.fields.get(name)
    return value.source if value else None
