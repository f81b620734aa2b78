"""What lists, sorting and search derive from the fields of a paper; one rule for storage, queries and views."""

import re

from refman.domain.dates import first_year
from refman.domain.fields import VENUE_FIELDS
from refman.domain.paper import Draft

_YEAR = re.compile(r"-?[0-9]{1,6}")


def venue_of(draft: Draft) -> str:
    """The first venue field that has a value, else ""."""
    return next((text for name in VENUE_FIELDS if (text := draft.plain(name))), "")


def year_of(draft: Draft) -> int | None:
    """The year for sorting and `year:`: that of the field `year`, else the first one the field `date` names."""
    year = draft.plain("year")
    text = year if _YEAR.fullmatch(year) else first_year(draft.plain("date"))
    return int(text) if text else None
