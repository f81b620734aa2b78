"""The blocks of a .bib as values of our own with the exact place of every key, field and value."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from bibtexparser.model import Entry, ExplicitComment, ImplicitComment, Preamble, String

from refman.domain.errors import Problem
from refman.domain.frozen import dataclass
from refman.domain.paper import Draft, Span
from refman.formats.bibtex.drafts import read_raw
from refman.formats.bibtex.grammar import GAP_PATTERN, NAME_PATTERN, SPACE_PATTERN, START_PATTERN
from refman.formats.bibtex.raw_entries import RawEntry, RawField
from refman.formats.bibtex.splitter import Piece, split
from refman.formats.decoding import AS_CP1252


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
    piece: Piece | None = field(default=None, repr=False, compare=False)

    @property
    def block(self) -> Entry | None:
        """The same as bibtexparser says it."""
        block = self.piece.block if self.piece else None
        return block if isinstance(block, Entry) else None

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
    raw = entry.piece.entry if entry.piece else None
    if entry.piece is None or raw is None:
        return Draft(entry.type, entry.key), entry.problems
    fields = [one if one[1].isascii() else _shown_field(one) for one in raw.fields]
    whole = RawEntry(raw.type, shown(entry.key), raw.key_start, fields, raw.end)
    span = Span(entry.start, entry.end, entry.line)
    draft, problems = read_raw(whole, span, macros=macros, line_of=entry.piece.line_of)
    return draft, (*entry.problems, *problems)


def _shown_field(field: RawField) -> RawField:
    name, value, start, value_start, tex = field
    return name, shown(value), start, value_start, None if tex is None else shown(tex)


def shown(text: str) -> str:
    """As the library has it: stray bytes of a file that is UTF-8 otherwise (`surrogateescape`) as Windows-1252."""
    return text if text.isascii() else text.translate(AS_CP1252)


def _part(text: str, piece: Piece) -> Part:
    if piece.entry is not None:
        return _usual_entry(piece, piece.entry) if piece.entry.is_usual else _entry(text, piece, piece.entry)
    span, block = piece.span, piece.block
    match block:
        case String():
            return OtherPart("string", block.key, block.value, span.start, span.end, span.line, piece.problems)
        case Preamble():
            return OtherPart("preamble", "", block.value, span.start, span.end, span.line, piece.problems)
        case ExplicitComment() | ImplicitComment():
            return OtherPart("comment", "", "", span.start, span.end, span.line, piece.problems)
    return OtherPart("broken", "", "", span.start, span.end, span.line, piece.problems)


def _usual_entry(piece: Piece, entry: RawEntry) -> EntryPart:
    """One that was read with the place of everything in it; directly behind its `@` stands its type."""
    span = piece.span
    fields = tuple(
        FieldPart(name, value, start, value_start, value_start + len(value))
        for name, value, start, value_start, _ in entry.fields
    )
    return EntryPart(
        entry.type,
        entry.key,
        fields,
        span.start,
        span.end,
        span.line,
        span.start + 1,
        span.start + 1 + len(entry.type),
        entry.key_start,
        entry.key_start + len(entry.key),
        span.end - 1,
        is_sound=True,
        problems=piece.problems,
        piece=piece,
    )


def _entry(text: str, piece: Piece, entry: RawEntry) -> EntryPart:
    span = piece.span
    opening = START_PATTERN.match(text, span.start)
    if not opening:
        return EntryPart(entry.type, entry.key, (), span.start, span.end, span.line, is_sound=False, piece=piece)
    key_start = _behind_space(text, opening.end() + 1)
    key_end = key_start + len(entry.key)
    position, fields = key_end, []
    for one in entry.fields:
        found = _field(text, position, one)
        if found is None:
            break
        fields.append(found)
        position = found.end
    closing = _closing(text, position)
    is_sound = (
        text[key_start:key_end] == entry.key != "" and len(fields) == len(entry.fields) and closing == span.end - 1
    )
    return EntryPart(
        entry.type,
        entry.key,
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
        piece,
    )


def _field(text: str, position: int, read: RawField) -> FieldPart | None:
    """The field that follows a comma after `position`."""
    start = _behind_gap(text, position)
    if text[start : start + 1] != ",":
        return None
    start = _behind_gap(text, start + 1)
    name = NAME_PATTERN.match(text, start)
    if not name or name.group() != read[0]:
        return None
    equals = _behind_space(text, name.end())
    value_start = _behind_space(text, equals + 1)
    if text[equals : equals + 1] != "=" or not text.startswith(read[1], value_start):
        return None
    return FieldPart(read[0], read[1], start, value_start, value_start + len(read[1]))


def _closing(text: str, position: int) -> int:
    closing = _behind_gap(text, position)
    return _behind_gap(text, closing + 1) if text[closing : closing + 1] == "," else closing


def _behind_space(text: str, position: int) -> int:
    match = SPACE_PATTERN.match(text, position)
    return match.end() if match else position


def _behind_gap(text: str, position: int) -> int:
    match = GAP_PATTERN.match(text, position)
    return match.end() if match else position
