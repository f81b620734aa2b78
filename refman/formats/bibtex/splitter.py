"""Cuts the text of a .bib into bibtexparser's blocks as BibTeX 0.99d reads it, and loses no neighbour.

bibtexparser's own splitter is not used: it fails on values that end in a backslash, goes wrong silently at a missing
comma, folds `%` comments into field names and knows no offsets (docs/decisions/0040-own-splitter.md). A test holds
the two together on what both read right.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bibtexparser.model import (
    Block,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)

from refman.domain.errors import Problem
from refman.domain.frozen import dataclass
from refman.domain.paper import Span
from refman.formats.bibtex.braces import MOST_NESTED, Braces
from refman.formats.bibtex.entries import EntryReader
from refman.formats.bibtex.grammar import NAME_PATTERN, SPACE_PATTERN, START_PATTERN
from refman.formats.bibtex.marks import LineCounter, count_lines
from refman.formats.bibtex.raw_entries import Fault, RawEntry, RawField
from refman.formats.bibtex.stray_text import stray_text
from refman.formats.bibtex.usual_entries import UsualEntries

_LINE = re.compile(r"[^\r\n]*+")
_STRICT_START = re.compile(r"[{(]\s*+[^\s,{}()]++\s*+,")
_NO_KEY = re.compile(r"[{(]\s*+,")
_LINE_STARTS_AS_COMMENT = re.compile(r"(?:\A|[\r\n])[ \t]*+%[%\s]*+\Z")
_LONGEST_MARGIN = 80
_TOO_DEEP = f"Braces stand more than {MOST_NESTED} deep, which TeX cannot print; the entry is kept as text."
BLANK = " \t\r\n\f\v\ufeff"


class FieldPlace(NamedTuple):
    """The offsets of one field: its name ends at `name_end`, its value expression with delimiters at `end`."""

    start: int
    name_end: int
    value_start: int
    end: int


class Piece:
    """One block of a .bib with its place in the whole text: `text[span.start:span.end]` is `block.raw`.

    Every character of the text that is not white space (or a byte-order mark) is in exactly one piece. An entry is
    there as it was read, `entry`; what says the same in the words of bibtexparser is made when it is asked for.
    """

    __slots__ = ("_block", "_counted", "_start", "_text", "entry", "problems", "span")

    def __init__(
        self,
        text: str,
        start: int,
        span: Span,
        problems: tuple[Problem, ...],
        *,
        entry: RawEntry | None,
        block: Block | None = None,
    ) -> None:
        self.span = span
        self.problems = problems
        self.entry = entry
        self._block = block
        self._text = text
        # In `text`, which may be a window of the whole.
        self._start = start
        self._counted = start, span.line

    @property
    def block(self) -> Block:
        """The block of bibtexparser, always the same."""
        if self._block is None:
            self._block = self._made()
        return self._block

    @property
    def fields(self) -> Sequence[FieldPlace]:
        """Of an entry the places of its fields, in their order, from the start of the piece."""
        found = self.entry.fields if self.entry else ()
        return [
            FieldPlace(start - self._start, start - self._start + len(name), value_start - self._start, end)
            for name, value, start, value_start, _ in found
            for end in (value_start - self._start + len(value),)
        ]

    @property
    def key(self) -> tuple[int, int]:
        """Of an entry the place of its key, empty where it has none."""
        if self.entry is None:
            return (0, 0)
        start = self.entry.key_start - self._start
        return (start, start + len(self.entry.key))

    @property
    def beyond(self) -> Sequence[Field]:
        """Fields behind a missing comma, which BibTeX ignores."""
        return self._fields_of(self.entry.beyond) if self.entry else ()

    def line_of(self, offset: int) -> int:
        """The line of an offset that stands in `entry`."""
        # From the place that was asked last: an entry may have thousands of odd fields.
        place, line = self._counted if self._counted[0] <= offset else (self._start, self.span.line)
        self._counted = offset, line + count_lines(self._text, place, offset)
        return self._counted[1]

    def _made(self) -> Block:
        assert self.entry is not None
        raw = self._text[self._start : self.entry.end]
        return Entry(self.entry.type, self.entry.key, self._fields_of(self.entry.fields), raw=raw)

    def _fields_of(self, fields: Sequence[RawField]) -> list[Field]:
        lines = LineCounter(self._text, self._start, self.span.line)
        return [Field(name, value, lines.line_of(start)) for name, value, _, start, _ in fields]


def split(text: str, line: int = 1, offset: int = 0, above: RawEntry | None = None) -> Iterator[Piece]:
    """The blocks of a text that begins on `line`, in order; linear in its length, one block at a time in memory.

    `offset` is where the text begins in the one that spans count in, `above` the entry that ends there.
    """
    return _Splitter(text, line, offset).pieces(above)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An entry or a block that was read, where it ends, and its faults."""

    end: int
    faults: Sequence[Fault] = ()
    entry: RawEntry | None = None
    block: Block | None = None


class _Splitter:
    def __init__(self, text: str, line: int, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._braces = Braces(text)
        self._usual = UsualEntries(text)
        self._entries = EntryReader(text, self._braces)
        self._lines = LineCounter(text, 0, line, has_returns="\r" in text)

    def pieces(self, above: RawEntry | None) -> Iterator[Piece]:
        """The blocks and the text between them; `above` is the entry before the text."""
        done = 0
        text, offset = self._text, self._offset
        read, line_of = self._usual.read, self._lines.line_of
        while True:
            while usual := read(done):
                start, above = usual
                done = above.end
                yield Piece(text, start, Span(offset + start, offset + done, line_of(start)), (), entry=above)
            match = self._next_start(done)
            yield from self._text_between(done, match.start() if match else len(self._text), above)
            if match is None:
                return
            cut = self._cut(match)
            yield self._piece(cut, match.start())
            done, above = cut.end, cut.entry

    def _next_start(self, position: int) -> re.Match[str] | None:
        while (match := START_PATTERN.search(self._text, position)) and not self._starts_block(match):
            position = match.end()
        return match

    def _starts_block(self, match: re.Match[str]) -> bool:
        """BibTeX takes any `@word{`; `me@home {...}` in free text is only taken when a key and a comma follow."""
        if match.group(1).lower() == "comment":
            return True
        if not match.group(2) or self._is_template(match):
            return False
        before = self._text[match.start() - 1 : match.start()]
        return not before.isalnum() or _STRICT_START.match(self._text, match.end()) is not None

    def _is_template(self, match: re.Match[str]) -> bool:
        """A form to copy (`%% @book{,`): nobody can cite it, and to biber it is a comment."""
        if not _NO_KEY.match(self._text, match.end()):
            return False
        start = match.start()
        return _LINE_STARTS_AS_COMMENT.search(self._text, max(0, start - _LONGEST_MARGIN), start) is not None

    def _cut(self, match: re.Match[str]) -> _Cut:
        match match.group(1).lower():
            case "comment":
                return self._cut_comment(match)
            case "string":
                return self._cut_string(match)
            case "preamble":
                return self._cut_preamble(match)
        return self._cut_entry(match)

    def _cut_comment(self, match: re.Match[str]) -> _Cut:
        """In braces up to the partner, as biber reads it; without them to the end of the line."""
        end = self._braces.end_of_braced(match.end()) if match.group(2) == "{" else -1
        line = _LINE.match(self._text, match.start())
        end = end if end >= 0 or not line else line.end()
        raw = self._text[match.start() : end]
        return _Cut(end, block=ExplicitComment(raw, raw=raw))

    def _cut_string(self, match: re.Match[str]) -> _Cut:
        name = NAME_PATTERN.match(self._text, self._behind_space(match.end() + 1))
        equals = self._behind_space(name.end()) if name else -1
        if not name or self._text[equals : equals + 1] != "=":
            return self._broken(match, 'The @string has no name or no "=".')
        start = self._behind_space(equals + 1)
        end = self._braces.end_of_value(start)
        closing = self._behind_space(end)
        if end <= start or self._text[closing : closing + 1] not in {"}", ")"}:
            return self._broken(match, f"The value of the @string {name.group()} is not closed.")
        raw = self._text[match.start() : closing + 1]
        return _Cut(closing + 1, block=String(name.group(), self._text[start:end], raw=raw))

    def _cut_preamble(self, match: re.Match[str]) -> _Cut:
        start = self._behind_space(match.end() + 1)
        end = self._braces.end_of_value(start)
        closing = self._behind_space(end)
        if end <= start or self._text[closing : closing + 1] not in {"}", ")"}:
            return self._broken(match, "The @preamble is not closed.")
        raw = self._text[match.start() : closing + 1]
        return _Cut(closing + 1, block=Preamble(self._text[start:end], raw=raw))

    def _cut_entry(self, match: re.Match[str]) -> _Cut:
        entry = self._entries.read(match.end())
        if self._braces.is_too_deep(match.end() + 1, entry.end):
            entry.is_broken = True
            entry.faults.append(Fault(match.start(), "nested-too-deep", _TOO_DEEP, str(MOST_NESTED)))
        if entry.is_broken:
            raw = self._text[match.start() : entry.end]
            block = ParsingFailedBlock(ValueError(entry.faults[-1].message), raw=raw)
            return _Cut(entry.end, entry.faults, block=block)
        entry.type = match.group(1).lower()
        if not entry.key:
            entry.key_start = match.end()
        return _Cut(entry.end, entry.faults, entry=entry)

    def _broken(self, match: re.Match[str], message: str) -> _Cut:
        end = self._entries.end_of_broken(match.end())
        raw = self._text[match.start() : end]
        fault = Fault(match.start(), "broken-block", message)
        return _Cut(end, (fault,), block=ParsingFailedBlock(ValueError(message), raw=raw))

    def _behind_space(self, position: int) -> int:
        match = SPACE_PATTERN.match(self._text, position) if position >= 0 else None
        return match.end() if match else position

    def _text_between(self, start: int, end: int, above: RawEntry | None) -> Iterator[Piece]:
        raw = self._text[start:end].strip(BLANK)
        if raw:
            begin = start + len(self._text[start:end]) - len(self._text[start:end].lstrip(BLANK))
            fault = stray_text(above, self._text, begin, end) if above else None
            cut = _Cut(begin + len(raw), (fault,) if fault else (), block=ImplicitComment(raw, raw=raw))
            yield self._piece(cut, begin)

    def _piece(self, cut: _Cut, start: int) -> Piece:
        span = self._span(start, cut.end)
        problems = tuple(
            Problem(span.line + count_lines(self._text, start, fault.at), fault.code, fault.message, (fault.argument,))
            for fault in cut.faults
        )
        return Piece(self._text, start, span, problems, entry=cut.entry, block=cut.block)

    def _span(self, start: int, end: int) -> Span:
        return Span(self._offset + start, self._offset + end, self._lines.line_of(start))
