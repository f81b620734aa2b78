"""Papers and profiles as JSON, in the shape that scripts rely on: a change of it is a change of the program.

A field without a value is left out; authors, editors, tags, notes and the other fields are always there.
"""

import re
from datetime import datetime

from refman.domain.dates import split_date
from refman.domain.derived import venue_of
from refman.domain.fields import FIELDS, NAME_FIELDS, field_of
from refman.domain.names import Name
from refman.domain.paper import Paper, People
from refman.domain.profile import AuthorProfile, Capture

_NUMBERS = ("year", "month", "day", "score")
# Only what JSON knows as a number, and what a float holds exactly.
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_DATE_PARTS = ("year", "month", "day")
_BEFORE_VENUE = ("abstract", "category_code", "primaryclass", "score", "doi", "eprint")
_OWN_PLACE = frozenset(name for name, field in FIELDS.items() if field.json)


def paper_json(paper: Paper) -> dict[str, object]:
    """Everything known of a paper but its files."""
    shape: dict[str, object] = {
        "id": paper.id,
        "key": paper.key,
        "type": paper.type,
        "title": paper.plain("title"),
        "authors": _people(paper, "author"),
        "editors": _people(paper, "editor"),
        "authors_truncated": paper.people.get("author", People()).truncated,
        **_dates(paper),
        **{field_of(name).json: _value(name, paper.plain(name)) for name in _BEFORE_VENUE},
        "venue": venue_of(paper),
        "fields": _others(paper),
        "tags": list(paper.tags),
        "notes": [{"id": note.id, "text": note.text} for note in paper.stored_notes],
        "added": time_json(paper.added),
        "changed": time_json(paper.changed),
    }
    return {name: value for name, value in shape.items() if value != ""}


def time_json(moment: datetime) -> str:
    """`2026-11-22T10:00:00Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def profile_json(profile: AuthorProfile) -> dict[str, object]:
    """A profile with its captures, newest first."""
    captures = [_capture_json(capture) for capture in profile.captures]
    return {"name": profile.name, "category_code": profile.category_code, "captures": captures}


def _capture_json(capture: Capture) -> dict[str, object]:
    return {
        "captured_on": capture.captured_on.isoformat(),
        "h_index": capture.h_index,
        "paper_count": capture.paper_count,
        "citation_count": capture.citation_count,
        "novelty_percent": capture.novelty_percent,
        "ai_score": capture.ai_score,
    }


def _dates(paper: Paper) -> dict[str, object]:
    """Year, month and day; a date that these can say is split, another one stands as it is."""
    parts = {name: paper.plain(name) for name in _DATE_PARTS}
    date = paper.plain("date")
    split = split_date(date) if date else None
    if split:
        parts, date = dict(zip(_DATE_PARTS, split, strict=True)), ""
    return {**{name: _value(name, text) for name, text in parts.items()}, "date": date}


def _value(name: str, plain: str) -> str | int | float:
    """A number where the text is one; `forthcoming` as a year stays what it says."""
    if name not in _NUMBERS or not _NUMBER.fullmatch(plain):
        return plain
    number = float(plain)
    return int(number) if number.is_integer() else number


def _people(paper: Paper, role: str) -> list[dict[str, str]]:
    return [_name(name) for name in paper.people.get(role, People()).names]


def _name(name: Name) -> dict[str, str]:
    parts = {
        "given": name.given,
        "prefix": name.prefix,
        "family": name.family,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}


def _others(paper: Paper) -> dict[str, str]:
    """Every field without a place of its own by its BibTeX name; people in BibTeX syntax."""
    fields = {name: value.plain for name, value in paper.fields.items() if value.plain and name not in _OWN_PLACE}
    roles = {
        role: _bibtex_people(people)
        for role, people in paper.people.items()
        if people.names and role in NAME_FIELDS - _OWN_PLACE
    }
    named = {field_of(name).bibtex_name: text for name, text in {**fields, **roles}.items()}
    return {name: named[name] for name in sorted(named) if name}


def _bibtex_people(people: People) -> str:
    names = [f"{{{name.literal}}}" if name.literal else name.inverted for name in people.names]
    return " and ".join([*names, *(["others"] if people.truncated else [])])
