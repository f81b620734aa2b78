"""What `FIELD=VALUE` means: names of JSON and BibTeX, typed text to values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from refman.domain.errors import InvalidValue
from refman.domain.fields import NAME_FIELDS, canonical_name, field_of
from refman.domain.paper import Origin, People
from refman.formats.bibtex.names import read_people
from refman.services.citekeys import parse_key

# btxdoc and bibtex.web section 90: what may stand in the name of a field or type.
_IDENTIFIER = re.compile(r"""(?![0-9])[^\x00-\x20"#%'(),={}\x7f-\U0010ffff]+""")
T = TypeVar("T")
_FIELDS_PREFIX = "fields."
_READ_ONLY = {
    "id": "it is given once",
    "added": "it is the time of the import",
    "changed": "it is the time of the last change",
    "venue": "it is read from journal, booktitle and the like; change those",
    "tags": "use refman tag add and remove",
    "notes": "use refman note",
    "authors_truncated": "end authors= with `and others`",
    "fields": "name one of them, as in fields.series=",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Typed changes. Field values are plain, "" clears; `key` and `type` None stay as they are."""

    fields: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, People] = field(default_factory=dict)
    key: str | None = None
    type: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What is changed, in the order of the fields."""
        special = [name for name, value in (("type", self.type), ("key", self.key)) if value is not None]
        return (*special, *self.fields, *self.people)


def parse_edit(changes: Mapping[str, str]) -> Edit:
    """Reads typed changes.

    Raises: InvalidValue whose first argument is the field, for the first value that its field cannot hold.
    """
    fields: dict[str, str] = {}
    people: dict[str, People] = {}
    special: dict[str, str] = {}
    for typed, text in changes.items():
        name = _stored_name(typed)
        is_special = name in ("key", "type") and not typed.strip().lower().startswith(_FIELDS_PREFIX)
        if name in (special if is_special else fields.keys() | people.keys()):
            raise given_twice(typed)
        if is_special:
            special[name] = _about("key", parse_key, text) if name == "key" else parse_type(text)
        elif name in NAME_FIELDS:
            people[name] = _about(name, parse_people, text)
        else:
            fields[name] = parse_value(name, text)
    return Edit(fields, people, special.get("key"), special.get("type"))


def given_twice(typed: str) -> InvalidValue:
    """The error about a field with two values in one edit."""
    return InvalidValue("field-twice", f"{typed}= is given twice, so nothing was changed; give it one value.", typed)


def parse_value(name: str, text: str) -> str:
    """The plain value of a field. Raises: InvalidValue whose first argument is the field."""
    return _about(name, field_of(name).parse, text)


def _about(name: str, parse: Callable[[str], T], text: str) -> T:
    """Parses; an error names the field first."""
    try:
        return parse(text)
    except InvalidValue as error:
        raise InvalidValue(error.code, error.message, name, *error.arguments) from None


def parse_people(text: str) -> People:
    """Names in BibTeX syntax as a person typed them; `and others` says that the list is cut.

    Raises: InvalidValue for an `and` or `and others` without a name beside it.
    """
    words = text.split()
    read = read_people(text)
    is_loose = bool(words) and "and" in (words[0].lower(), words[-1].lower())
    is_odd = is_loose or any(fault.code == "empty-name" for fault in read.faults)
    if is_odd or (read.people.truncated and not read.people.names):
        raise InvalidValue(
            "name-missing",
            f'A name is missing in "{text.strip()}"; write names joined by and, others at the end.',
            text,
        )
    return People(read.people.names, read.people.truncated, None, Origin.PERSON)


def parse_type(text: str) -> str:
    """An entry type in lower case. Raises: InvalidValue."""
    entry_type = text.strip().lower().removeprefix("@")
    if not _IDENTIFIER.fullmatch(entry_type):
        raise InvalidValue(
            "bad-type", f'"{text}" is not an entry type; write one such as article or misc.', "type", text
        )
    return entry_type


def _stored_name(typed: str) -> str:
    lowered = typed.strip().lower()
    if lowered in _READ_ONLY:
        raise InvalidValue("read-only-field", f"{lowered} cannot be edited: {_READ_ONLY[lowered]}.", lowered)
    name = canonical_name(lowered.removeprefix(_FIELDS_PREFIX))
    if not _IDENTIFIER.fullmatch(name):
        raise InvalidValue(
            "bad-field-name",
            f'"{typed}" cannot be the name of a BibTeX field; use letters, digits, - and _, with a letter first.',
            typed,
        )
    return name
