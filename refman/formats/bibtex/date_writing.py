"""Year, month and date as each dialect writes them."""

from refman.domain.dates import MONTH_MACROS, first_year, join_date, month_number, split_date
from refman.domain.paper import Draft
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.macros import MONTHS
from refman.formats.bibtex.text_to_latex import text_to_latex, verbatim_to_latex

DATE_FIELDS = frozenset({"year", "month", "day", "date"})


def date_values(draft: Draft, dialect: Dialect) -> dict[str, str]:
    """Field name to value expression; what was read leaves as read where the dialect can carry it."""
    return _bibtex(draft) if dialect is Dialect.BIBTEX else _biblatex(draft)


def _bibtex(draft: Draft) -> dict[str, str]:
    """`year` and `month = jan`; `date` only where it says more than they can, styles do not look at it."""
    values: dict[str, str] = {}
    if year := draft.plain("year") or first_year(draft.plain("date")):
        values["year"] = _source(draft, "year") or f"{{{text_to_latex(year, Dialect.BIBTEX)}}}"
    if month := draft.plain("month"):
        values["month"] = _bibtex_month(draft, month)
    if (date := draft.plain("date")) and split_date(date) is None:
        values["date"] = _source(draft, "date") or f"{{{verbatim_to_latex(date)}}}"
    return values


def _bibtex_month(draft: Draft, month: str) -> str:
    source = _source(draft, "month")
    if source and source.lower() != "sept":
        return source
    number = month_number(month)
    return MONTH_MACROS[number - 1] if number else f"{{{text_to_latex(month, Dialect.BIBTEX)}}}"


def _biblatex(draft: Draft) -> dict[str, str]:
    parts = draft.plain("year"), draft.plain("month"), draft.plain("day")
    date = draft.plain("date")
    if date and (split_date(date) is None or split_date(date) == parts or not parts[0]):
        return {"date": _source(draft, "date") or f"{{{verbatim_to_latex(date)}}}"}
    as_read = _year_and_month_as_read(draft)
    if as_read:
        return as_read
    joined = join_date(parts[0], parts[1] if parts[1].isdigit() else "", parts[2])
    if joined:
        return {"date": f"{{{joined}}}"}
    return {"year": f"{{{text_to_latex(parts[0], Dialect.BIBLATEX)}}}"} if parts[0] else {}


def _year_and_month_as_read(draft: Draft) -> dict[str, str]:
    """biblatex takes `year` and `month` of old files; the month must be a number or one of biber's macros."""
    year, month = _source(draft, "year"), _source(draft, "month")
    if not year or draft.plain("day") or draft.plain("date"):
        return {}
    if not draft.plain("month"):
        return {"year": year}
    if month and (month.lower() in MONTHS or month.strip('{}"').isdigit()):
        return {"year": year, "month": month}
    number = month_number(draft.plain("month"))
    return {"year": year, "month": f"{{{number}}}"} if number and month else {}


def _source(draft: Draft, name: str) -> str | None:
    value = draft.fields.get(name)
    return value.source if value else None
