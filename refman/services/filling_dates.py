"""Dates as one thing: parts of two dates are never mixed into a day that nobody named."""

from refman.domain.derived import year_of
from refman.domain.fields import field_of
from refman.domain.paper import Draft, FieldValue, Origin
from refman.services.import_plan import Difference

DATE_FIELDS = ("year", "month", "day", "date")
_PARTS = ("year", "month", "day")


def fill_dates(draft: Draft, paper: Draft) -> tuple[dict[str, FieldValue], list[Difference]]:
    """The date fields that a draft fills, and where its date is another one."""
    read = {name: draft.fields[name] for name in DATE_FIELDS if draft.plain(name)}
    here = {name: paper.fields[name] for name in DATE_FIELDS if name in paper.fields}
    is_closed = any(not value.plain and value.origin is Origin.PERSON for value in here.values())
    if not read or is_closed:
        return {}, []
    if not any(value.plain for value in here.values()):
        return read, []
    years = year_of(draft), year_of(paper)
    if None not in years and years[0] != years[1]:
        return {}, [Difference("year", str(years[1]), str(years[0]))]
    if draft.plain("date") or paper.plain("date"):
        return {}, []
    return _fill_parts(draft, paper)


def _fill_parts(draft: Draft, paper: Draft) -> tuple[dict[str, FieldValue], list[Difference]]:
    """From the year down, as long as what stands above is equal."""
    fills: dict[str, FieldValue] = {}
    for name in _PARTS:
        read, here = draft.plain(name), paper.plain(name)
        if read and here and read != here:
            show = field_of(name).show
            return fills, [Difference(name, show(here), show(read))]
        if read and not here:
            fills[name] = draft.fields[name]
        if not read:
            break
    return fills, []
