"""Papers, and drafts that are not stored yet."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from refman.domain.frozen import dataclass
from refman.domain.names import Name

PaperId = NewType("PaperId", int)
NoteId = NewType("NoteId", int)
SourceId = NewType("SourceId", int)
AttachmentId = NewType("AttachmentId", int)


class Origin(StrEnum):
    """Who gave a value. What a person typed or cleared is never overwritten by an import."""

    PERSON = "person"
    IMPORTER = "importer"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value of one field.

    `plain` is Unicode text for display, search and sort (numbers and dates too: `2026`, `5`, `95.5`).
    `source` is the BibTeX value as it was read, delimiters and macros included (`{The {DNA} Book}`, `jan`,
    `"a" # b`), or None when the value was typed, pasted as plain text or fetched; an edit sets it to None.
    An empty `plain` with origin PERSON is a field that a person cleared: no import fills it again.
    `is_guess` marks a value that was derived, not read (a category several archives share, the year of the parent of
    a crossref): shown and searched, never exported.
    """

    plain: str
    source: str | None = None
    origin: Origin = Origin.IMPORTER
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """The names of one role in order; `truncated` says that more followed (`et al.`, `and others`).

    `source`, `origin` and `is_guess` as of a `FieldValue`.
    """

    names: tuple[Name, ...] = ()
    truncated: bool = False
    source: str | None = None
    origin: Origin = Origin.IMPORTER
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stood in a source text: character offsets, `end` excluded, and the 1-based line of `start`."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as an importer read it.

    `fields` and `people` are keyed by the names of `domain.fields` (BibTeX names for unknown ones, lower case);
    `people` holds `author`, `editor` and other name roles. `key` is "" when the source gave none.
    """

    type: str = "misc"
    key: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, People] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span | None = None

    def plain(self, name: str) -> str:
        """The plain value of a field, "" when there is none."""
        value = self.fields.get(name)
        return value.plain if value else ""

    @property
    def authors(self) -> tuple[Name, ...]:
        """The names of the role `author`."""
        people = self.people.get("author")
        return people.names if people else ()

    @property
    def year(self) -> int | None:
        """The year as a number, None when there is none or it is not a number."""
        text = self.plain("year")
        return int(text) if text.isascii() and text.removeprefix("-").isdigit() else None


@dataclass(frozen=True, slots=True)
class Note:
    """Markdown text that belongs to one paper."""

    id: NoteId
    text: str
    added: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a paper: `stored` ones live under the library's attachment folder, others are links (`path`)."""

    id: AttachmentId
    path: str
    title: str
    media_type: str
    is_stored: bool
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """The place in a kept source from which a paper (or its update) was read."""

    source_id: SourceId
    source_name: str
    format: str
    imported: datetime
    span: Span


@dataclass(frozen=True, slots=True)
class Paper(Draft):
    """A stored paper; `notes` of the draft are here as texts, `stored_notes` with their ids. Times are UTC."""

    id: PaperId = PaperId(0)
    added: datetime = datetime.min
    changed: datetime = datetime.min
    trashed: datetime | None = None
    stored_notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    came_from: tuple[SourceSpan, ...] = ()
