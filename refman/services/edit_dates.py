"""Editing dates: a plain day is year, month and day; what these cannot say is one EDTF text in the field `date`."""

from collections.abc import Mapping
from datetime import date

from refman.domain.dates import join_date, split_date
from refman.domain.errors import InvalidValue
from refman.domain.paper import Draft

_PARTS = ("year", "month", "day")


def resolve_dates(paper: Draft, fields: Mapping[str, str]) -> dict[str, str]:
    """The changes with everything a date involves: `year=` on a dated paper changes the year inside its date.

    Raises: InvalidValue naming the field, also for a part of a range (change that with `date=`).
    """
    if not any(name in fields for name in (*_PARTS, "date")):
        return dict(fields)
    others = {name: value for name, value in fields.items() if name not in (*_PARTS, "date")}
    before = {name: paper.plain(name) for name in (*_PARTS, "date")}
    if "date" in fields:
        before = _with_date(fields["date"])
    typed = {name: fields[name] for name in _PARTS if name in fields}
    after = _with_parts(before, typed)
    _check_day(split_date(after["date"]) or (after["year"], after["month"], after["day"]))
    return {**others, **after}


def _with_date(text: str) -> dict[str, str]:
    """A whole date replaces every part of the one before."""
    split = split_date(text)
    if split is None:
        return {"year": "", "month": "", "day": "", "date": text}
    return {**dict(zip(_PARTS, split, strict=True)), "date": ""}


def _with_parts(before: dict[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    if not typed or not before["date"]:
        return {**before, **typed}
    split = split_date(before["date"])
    if split is None:
        name = next(iter(typed))
        raise InvalidValue(
            "part-of-range",
            f"The date of this paper is {before['date']}, which has no single {name}; change it with date=.",
            name,
            before["date"],
        )
    parts = {**dict(zip(_PARTS, split, strict=True)), **typed}
    joined = join_date(*(parts[name] for name in _PARTS))
    if not joined:
        raise InvalidValue(
            "year-of-date",
            f"The date of this paper is {before['date']}, and it needs a year of four digits; change it with date=.",
            "year",
            before["date"],
        )
    # What was read from biblatex has its date and the parts of it: both say the same.
    return {**before, **(parts if before["year"] else {}), "date": joined}


def _check_day(parts: tuple[str, str, str]) -> None:
    year, month, day = parts
    if not day:
        return
    try:
        # 2000 is a leap year, for a day whose year is not known or has not four digits.
        date(int(year) if year.isdecimal() and len(year) == 4 else 2000, int(month or 1), int(day))
    except ValueError:
        shown = "-".join(part for part in (year, month.zfill(2), day.zfill(2)) if part)
        raise InvalidValue(
            "no-such-day", f"There is no day {shown}; change year, month or day.", "day", shown
        ) from None
