"""The blocks of a .bib as values of our own with the exact place of every key, field and value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bibtexparser.model import Entry, ExplicitComment, Field, ImplicitComment, Preamble, String

from refman.domain.errors import Problem
from refman.domain.paper import Draft, Span
from refman.formats.bibtex.drafts import read_draft
from refman.formats.bibtex.grammar import GAP_PATTERN, NAME_PATTERN, SPACE_PATTERN, START_PATTERN
from refman.formats.bibtex.splitter import Piece, split

# Stray bytes of a file that is UTF-8 otherwise (`surrogateescape`) are shown as Windows-1252.
_STRAYS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field: `text[start:end]` is `name = value`, `text[value_start:end]` the value expression `value`."""

    name: str
    value: str
    start: int
    value_start: int
    end: int


@dataclass(frozen=True, slots=True)
class EntryPart:
    """An entry. `is_sound` is False when something in it could not be placed: then it may only be kept or removed.

    `type` is in lower case; `text[type_start:type_end]` is the type as written, `text[key_start:key_end]` the key.
    `closing` is the offset of its last brace or parenthesis.
    """

    type: str
    key: str
    fields: tuple[FieldPart, ...]
    start: int
    end: int
    line: int
    type_start: int = 0
    type_end: int = 0
    key_start: int = 0
    key_end: int = 0
    closing: int = 0
    is_sound: bool = True
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    block: Entry | None = field(default=None, repr=False, compare=False)

    def field(self, name: str) -> FieldPart | None:
        """The first field of a name, in any case."""
        lowered = name.lower()
        return next((one for one in self.fields if one.name.lower() == lowered), None)


@dataclass(frozen=True, slots=True)
class OtherPart:
    """What is no entry: `kind` is string, preamble, comment (of any kind) or broken; `name` only of a string."""

    kind: str
    name: str
    value: str
    start: int
    end: int
    line: int
    problems: tuple[Problem, ...] = field(default=(), compare=False)


Part = EntryPart | OtherPart


def parts_of(text: str) -> Iterator[Part]:
    """Everything of a text in order; linear in its length."""
    return (_part(text, piece) for piece in split(text))


def draft_of(entry: EntryPart, macros: Mapping[str, str]) -> Draft:
    """The entry as refman stores it; `macros` are lower-case names to TeX."""
    return read_entry(entry, macros)[0]


def read_entry(entry: EntryPart, macros: Mapping[str, str]) -> tuple[Draft, tuple[Problem, ...]]:
    """The entry as refman stores it, and what was odd in it."""
    if entry.block is None:
        return Draft(entry.type, entry.key), entry.problems
    fields = [Field(one.key, _shown(one.value), one.start_line) for one in entry.block.fields]
    block = Entry(entry.block.entry_type, _shown(entry.key), fields)
    draft, problems = read_draft(block, Span(entry.start, entry.end, entry.line), macros)
    return draft, (*entry.problems, *problems)


def _shown(text: str) -> str:
    return text if text.isascii() else text.translate(_STRAYS)


def _part(text: str, piece: Piece) -> Part:
    span, block = piece.span, piece.block
    match block:
        case Entry():
            return _entry(text, piece, block)
        case String():
            return OtherPart("string", block.key, block.value, span.start, span.end, span.line, piece.problems)
        case Preamble():
            return OtherPart("preamble", "", block.value, span.start, span.end, span.line, piece.problems)
        case ExplicitComment() | ImplicitComment():
            return OtherPart("comment", "", "", span.start, span.end, span.line, piece.problems)
    return OtherPart("broken", "", "", span.start, span.end, span.line, piece.problems)


def _entry(text: str, piece: Piece, block: Entry) -> EntryPart:
    span = piece.span
    opening = START_PATTERN.match(text, span.start)
    if not opening:
        return EntryPart(block.entry_type, block.key, (), span.start, span.end, span.line, is_sound=False, block=block)
    key_start = _behind_space(text, opening.end() + 1)
    key_end = key_start + len(block.key)
    position, fields = key_end, []
    for one in block.fields:
        found = _field(text, position, one)
        if found is None:
            break
        fields.append(found)
        position = found.end
    closing = _closing(text, position)
    is_sound = (
        text[key_start:key_end] == block.key != "" and len(fields) == len(block.fields) and closing == span.end - 1
    )
    return EntryPart(
        block.entry_type,
        block.key,
        tuple(fields),
        span.start,
        span.end,
        span.line,
        opening.start(1),
        opening.end(1),
        key_start,
        key_end,
        closing,
        is_sound,
        piece.problems,
        block,
    )


def _field(text: str, position: int, block: Field) -> FieldPart | None:
    """The field that follows a comma after `position`."""
    start = _behind_gap(text, position)
    if text[start : start + 1] != ",":
        return None
    start = _behind_gap(text, start + 1)
    name = NAME_PATTERN.match(text, start)
    if not name or name.group() != block.key:
        return None
    equals = _behind_space(text, name.end())
    value_start = _behind_space(text, equals + 1)
    if text[equals : equals + 1] != "=" or not text.startswith(block.value, value_start):
        return None
    return FieldPart(block.key, block.value, start, value_start, value_start + len(block.value))


def _closing(text: str, position: int) -> int:
    closing = _behind_gap(text, position)
    return _behind_gap(text, closing + 1) if text[closing : closing + 1] == "," else closing


def _behind_space(text: str, position: int) -> int:
    match = SPACE_PATTERN.match(text, position)
    return match.end() if match else position


def _behind_gap(text: str, position: int) -> int:
    match = GAP_PATTERN.match(text, position)
    return match.end() if match else position
