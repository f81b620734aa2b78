"""What a field that is missing may be, from what else the entry says: proposals for a person to see."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from refman.domain.dates import first_year
from refman.domain.quality import HEAD_TYPE, Fix
from refman.formats.bibtex.arxiv import is_old_style
from refman.services.quality.subjects import Subject

_KIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "booktitle": ("journal", "series"),
        "school": ("institution", "organization", "publisher"),
        "institution": ("school", "organization", "publisher"),
        "publisher": ("organization", "institution", "howpublished"),
        "year": (),
    }
)
"""Fields that people fill instead, the nearest first."""
_CENTURY_OF_IDS = "20"


def substitute(subject: Subject, alternatives: str) -> Fix | None:
    """A value for the first of `school/institution` that can be told; None where nothing in the entry says it."""
    for name in alternatives.split("/"):
        if name in _KIN and (fix := _year(subject) if name == "year" else _of_kin(subject, name)):
            return fix
    return None


def nearest_type(kind: str, known: frozenset[str]) -> Fix | None:
    """The entry type that was meant by one that nobody knows (`artical`)."""
    near = get_close_matches(kind, sorted(known), n=1, cutoff=0.8)
    return Fix(HEAD_TYPE, near[0], is_certain=False) if near else None


def _of_kin(subject: Subject, name: str) -> Fix | None:
    value = next((subject.values[one] for one in _KIN[name] if one in subject.values), None)
    if value is None:
        return None
    is_tex = value.source is not None
    return Fix(name, value.source if value.source is not None else value.plain, is_expression=is_tex, is_certain=False)


def _year(subject: Subject) -> Fix | None:
    """That of the date, which BibTeX does not read; else that in which a preprint got its number."""
    year = first_year(subject.draft.plain("date"))
    if year:
        return Fix("year", year)
    number = subject.draft.plain("eprint")
    is_dated = number[:4].isdigit() and number[4:5] == "." and not is_old_style(number)
    return Fix("year", _CENTURY_OF_IDS + number[:2], is_certain=False) if is_dated else None
