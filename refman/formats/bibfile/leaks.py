"""What of a .bib is for nobody else: paths of one's own disk, notes, the marks of programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, edited


class LeakKind(StrEnum):
    """Why a field stays at home."""

    FILE = "local file"
    NOTE = "note"
    PRIVATE = "private field"
    PATH = "local path in a value"
    UNUSED = "nothing uses it"
    TEXT = "text between entries"


@dataclass(frozen=True, slots=True)
class Leak:
    """A field of an entry; `is_kept` where the entry cannot be changed safely, so it is still in the text."""

    key: str
    field: str
    kind: LeakKind
    value: str
    is_kept: bool = False


_FILES = re.compile(r"file|pdf|localfile|local-url|attachment|attachments|bdsk-file-\d+", re.I)
# `note` itself is printed by every style.
_NOTES = re.compile(
    r"annote|annotation|comments?(-.*)?|review|notes|[\w.-]+-?notes?|mynote.*|priv.*note.*|todo.*|remarks?|extra", re.I
)
# PROTOCOLS of JabRef, BibDesk, Mendeley, Zotero with Better BibTeX, CiteULike, Papers.
_PRIVATE = re.compile(
    r"groups|owner|timestamp|creationdate|modificationdate|readstatus|ranking|priority|relevance|qualityassured"
    r"|printed|__markedentry|rating|read|date-(added|modified)|bdsk-(?!file).*|mendeley-.*|bibsource-.*|citeulike-.*"
    r"|posted-at|papers-.*|uri|username|private.*|x-.*|zotero.*|keywords|tags?|e-?mail",
    re.I,
)
_KEYWORDS = "keywords"
_PATH = re.compile(
    r"file:/|(?<![\w.:/])(?:/home/|/Users/|/root/|/mnt/|/media/|~/)|(?<!\w)[A-Za-z]:(?:\\\\|\\|/)(?!/)[\w ]"
)
_MOST_ROUNDS = 20


def leaks_of(document: Document, *, keeps_keywords: bool) -> Iterator[tuple[EntryId, Leak]]:
    """The fields that stay at home; `keywords` leave where the document sorts its bibliography by them."""
    for entry_id, entry in document.by_id.items():
        for one in entry.fields:
            kind = leak_kind(one.name, one.value)
            if kind and not (keeps_keywords and one.name.lower() == _KEYWORDS):
                yield entry_id, Leak(entry.key, one.name, kind, one.value.strip('{}"'))


def without_leaks(document: Document, *, keeps_keywords: bool = False) -> tuple[Document, list[Leak]]:
    """The text without them, and what was taken out."""
    found = [leak for _, leak in leaks_of(document, keeps_keywords=keeps_keywords)]
    for _ in range(_MOST_ROUNDS):
        # A field that stands twice goes twice.
        wanted: dict[EntryId, dict[str, str | None]] = {}
        for entry_id, leak in leaks_of(document, keeps_keywords=keeps_keywords):
            wanted.setdefault(entry_id, {})[leak.field] = None
        cleaned = edited(document, Edits({one: EntryChange(fields) for one, fields in wanted.items()}))
        if cleaned.text == document.text:
            break
        document = cleaned
    left = {(leak.key, leak.field) for _, leak in leaks_of(document, keeps_keywords=keeps_keywords)}
    return document, [
        Leak(one.key, one.field, one.kind, one.value, is_kept=(one.key, one.field) in left) for one in found
    ]


def local_preambles(document: Document) -> Iterator[Leak]:
    """Preambles that name local paths: they stay in the text, since entries may need what they define."""
    for part in document.others:
        if part.kind == "preamble" and _PATH.search(part.value):
            yield Leak("@preamble", f"line {part.line}", LeakKind.PATH, part.value.strip('{}"'), is_kept=True)


def leak_kind(name: str, value: str) -> LeakKind | None:
    """Why a field stays at home, None for one that may leave."""
    if _FILES.fullmatch(name):
        return LeakKind.FILE
    if _NOTES.fullmatch(name):
        return LeakKind.NOTE
    if _PRIVATE.fullmatch(name):
        return LeakKind.PRIVATE
    return LeakKind.PATH if _PATH.search(value) else None
