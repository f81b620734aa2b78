"""The values of papers that hold nothing odd, in fewer steps than `field_writing` takes and the same (decision 0107).

What is not sure here gives None and goes the long way, which is the only one that knows every rule.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from refman.domain.fields import NAME_FIELDS, Kind, field_of
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue
from refman.formats.bibtex.case_protection import protected_spans
from refman.formats.bibtex.date_writing import DATE_FIELDS, date_values
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.text_to_latex import is_usual, verbatim_to_latex

_FAMILY = r"[A-Z][A-Za-z']*+(?:-[A-Z][A-Za-z']*+)*+"
_GIVEN = r"[A-Z][A-Za-z.']*+(?:[ -][A-Z][A-Za-z.']*+)*+"
_PEOPLE = re.compile(rf"{_FAMILY}, {_GIVEN}(?: and {_FAMILY}, {_GIVEN})*+")
_ADDRESSES = frozenset({"url", "doi"})
_NEVER_TEXT = frozenset({"archiveprefix", "primaryclass", "type", "ranking", "pages"})
# They change how other fields are written, or are called otherwise in some types.
_ODD = frozenset({"langid", "language", "date", "day", "institution", "school"})


def usual_values(draft: Draft, dialect: Dialect, learned: frozenset[str]) -> dict[str, str] | None:
    """Field name to value expression, None when something in the paper may be odd; `learned` as of `title_to_latex`."""
    fields = draft.fields
    texts = _texts_of(tuple(fields))
    if texts is None:
        return None
    for value in fields.values():
        if value.source is not None or value.is_guess or not value.plain:
            return None
    if not is_usual("\n".join([fields[name].plain for name in texts])):
        return None
    values = {name: f"{{{fields[name].plain}}}" for name in texts}
    return values if _add_others(values, draft, dialect, learned) and _add_people(values, draft) else None


@lru_cache(maxsize=4096)
def is_text(name: str) -> bool:
    """True for fields whose plain value leaves as text and nothing else, whatever the paper or the dialect."""
    kind = field_of(name).kind
    is_odd = name in DATE_FIELDS or name in _NEVER_TEXT
    return not is_odd and kind not in {Kind.VERBATIM, Kind.KEYS, Kind.DATE, Kind.TITLE}


@lru_cache(maxsize=4096)
def _texts_of(names: tuple[str, ...]) -> tuple[str, ...] | None:
    """Those that are text, titles among them; None when there are others than these, addresses, year and month."""
    texts = tuple(name for name in names if is_text(name) or field_of(name).kind is Kind.TITLE)
    known = {*texts, *_ADDRESSES, "year", "month"} - _ODD - NAME_FIELDS
    return texts if known.issuperset(names) else None


def _add_others(values: dict[str, str], draft: Draft, dialect: Dialect, learned: frozenset[str]) -> bool:
    fields = draft.fields
    for name in _titles_of(tuple(values)):
        values[name] = f"{{{_with_braces(fields[name].plain, learned)}}}"
    if "year" in fields or "month" in fields:
        dates = _dates(draft.plain("year"), draft.plain("month"), dialect)
        if dates is None:
            return False
        values.update(dates)
    for name in _ADDRESSES:
        if name in fields:
            plain = fields[name].plain
            if not plain.isascii():
                return False
            values[name] = f"{{{verbatim_to_latex(plain)}}}"
    return True


@lru_cache(maxsize=4096)
def _titles_of(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if field_of(name).kind is Kind.TITLE)


def _with_braces(title: str, learned: frozenset[str]) -> str:
    spans = protected_spans(title, learned)
    if not spans:
        return title
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [title[done:start], "{", title[start:end], "}"]
        done = end
    return "".join(parts) + title[done:]


@lru_cache(maxsize=8192)
def _dates(year: str, month: str, dialect: Dialect) -> dict[str, str] | None:
    """As `date_values` gives them for a paper that holds these and no more; not to be changed."""
    if not (year + month).isascii():
        return None
    given = {name: FieldValue(text) for name, text in (("year", year), ("month", month)) if text}
    return date_values(Draft(fields=given), dialect)


def _add_people(values: dict[str, str], draft: Draft) -> bool:
    for role, people in draft.people.items():
        if people.source is not None or people.is_guess or people.truncated:
            return False
        if people.names:
            written = _usual_people(people.names)
            if not written:
                return False
            values[role] = f"{{{written}}}"
    return True


def _usual_people(names: Sequence[Name]) -> str:
    """All names as `Family, Given`, "" when one of them may need more than that."""
    written: list[str] = []
    for name in names:
        if name.prefix or name.suffix or name.literal:
            return ""
        written.append(f"{name.family}, {name.given}")
    text = " and ".join(written)
    # As many separators as there must be: none of them is part of a name.
    is_sure = text.count(", ") == len(names) and text.count(" and ") == len(names) - 1
    return text if is_sure and _PEOPLE.fullmatch(text) else ""
