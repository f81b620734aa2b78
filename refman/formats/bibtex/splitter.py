"""Cuts the text of a .bib into bibtexparser's blocks as BibTeX 0.99d reads it, and loses no neighbour.

bibtexparser's own splitter is not used: it fails on values that end in a backslash, goes wrong silently at a missing
comma, folds `%` comments into field names and knows no offsets (docs/decisions/0040-own-splitter.md). A test holds
the two together on what both read right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from refman.domain.paper import Span
from refman.formats.bibtex.braces import Braces
from refman.formats.bibtex.entries import EntryReader, Fault, FieldPlace
from refman.formats.bibtex.grammar import NAME_PATTERN, SPACE_PATTERN, START_PATTERN
from refman.formats.bibtex.marks import LineCounter, count_lines

_LINE = re.compile(r"[^\r\n]*+")
_STRICT_START = re.compile(r"[{(]\s*+[^\s,{}()]++\s*+,")
BLANK = " \t\r\n\f\v\ufeff"


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a .bib with its place in the whole text: `text[span.start:span.end]` is `block.raw`.

    Every character of the text that is not white space (or a byte-order mark) is in exactly one piece. Of an entry
    `fields[i]` is the place of its i-th field and `key` that of its key (empty where it has none), offsets from the
    start of the piece.
    """

    block: Block
    span: Span
    problems: tuple[Problem, ...] = ()
    fields: Sequence[FieldPlace] = ()
    key: tuple[int, int] = (0, 0)
    beyond: Sequence[Field] = ()
    """Fields behind a missing comma, which BibTeX ignores."""


def split(text: str, line: int = 1) -> Iterator[Piece]:
    """The blocks of a text that begins on `line`, in order; linear in its length, one block at a time in memory."""
    return _Splitter(text, line).pieces()


@dataclass(frozen=True, slots=True)
class _Cut:
    """A block that was read, where it ends, and its faults."""

    block: Block
    end: int
    faults: tuple[Fault, ...] = ()
    fields: Sequence[FieldPlace] = ()
    key: tuple[int, int] = (0, 0)
    beyond: Sequence[Field] = ()


class _Splitter:
    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._braces = Braces(text)
        self._entries = EntryReader(text, self._braces)
        self._lines = LineCounter(text, 0, line)

    def pieces(self) -> Iterator[Piece]:
        """The blocks and the text between them."""
        done = position = 0
        while match := START_PATTERN.search(self._text, position):
            if not self._starts_block(match):
                position = match.end()
                continue
            yield from self._text_between(done, match.start())
            line = self._lines.line_of(match.start())
            cut = self._cut(match, line)
            yield self._piece(cut, match.start(), line)
            done = position = cut.end
        yield from self._text_between(done, len(self._text))

    def _starts_block(self, match: re.Match[str]) -> bool:
        """BibTeX takes any `@word{`; `me@home {...}` in free text is only taken when a key and a comma follow."""
        if match.group(1).lower() == "comment":
            return True
        if not match.group(2):
            return False
        before = self._text[match.start() - 1 : match.start()]
        return not before.isalnum() or _STRICT_START.match(self._text, match.end()) is not None

    def _cut(self, match: re.Match[str], line: int) -> _Cut:
        match match.group(1).lower():
            case "comment":
                return self._cut_comment(match)
            case "string":
                return self._cut_string(match)
            case "preamble":
                return self._cut_preamble(match)
        return self._cut_entry(match, line)

    def _cut_comment(self, match: re.Match[str]) -> _Cut:
        """In braces up to the partner, as biber reads it; without them to the end of the line."""
        end = self._braces.end_of_braced(match.end()) if match.group(2) == "{" else -1
        line = _LINE.match(self._text, match.start())
        end = end if end >= 0 or not line else line.end()
        raw = self._text[match.start() : end]
        return _Cut(ExplicitComment(raw, raw=raw), end)

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
        return _Cut(String(name.group(), self._text[start:end], raw=raw), closing + 1)

    def _cut_preamble(self, match: re.Match[str]) -> _Cut:
        start = self._behind_space(match.end() + 1)
        end = self._braces.end_of_value(start)
        closing = self._behind_space(end)
        if end <= start or self._text[closing : closing + 1] not in {"}", ")"}:
            return self._broken(match, "The @preamble is not closed.")
        raw = self._text[match.start() : closing + 1]
        return _Cut(Preamble(self._text[start:end], raw=raw), closing + 1)

    def _cut_entry(self, match: re.Match[str], line: int) -> _Cut:
        line += count_lines(self._text, match.start(), match.end())
        entry = self._entries.read(match.end(), line)
        raw = self._text[match.start() : entry.end]
        faults = tuple(entry.faults)
        if entry.is_broken:
            return _Cut(ParsingFailedBlock(ValueError(faults[-1].message), raw=raw), entry.end, faults)
        block = Entry(match.group(1).lower(), entry.key, entry.fields, raw=raw)
        start = match.start()
        key_start = (entry.key_start if entry.key else match.end()) - start
        places = [FieldPlace(*(offset - start for offset in place)) for place in entry.places]
        return _Cut(block, entry.end, faults, places, (key_start, key_start + len(entry.key)), entry.beyond)

    def _broken(self, match: re.Match[str], message: str) -> _Cut:
        end = self._entries.end_of_broken(match.end())
        raw = self._text[match.start() : end]
        return _Cut(
            ParsingFailedBlock(ValueError(message), raw=raw), end, (Fault(match.start(), "broken-block", message),)
        )

    def _behind_space(self, position: int) -> int:
        match = SPACE_PATTERN.match(self._text, position) if position >= 0 else None
        return match.end() if match else position

    def _text_between(self, start: int, end: int) -> Iterator[Piece]:
        raw = self._text[start:end].strip(BLANK)
        if raw:
            begin = start + len(self._text[start:end]) - len(self._text[start:end].lstrip(BLANK))
            cut = _Cut(ImplicitComment(raw, raw=raw), begin + len(raw))
            yield self._piece(cut, begin, self._lines.line_of(begin))

    def _piece(self, cut: _Cut, start: int, line: int) -> Piece:
        problems = tuple(
            Problem(line + count_lines(self._text, start, fault.at), fault.code, fault.message, (fault.argument,))
            for fault in cut.faults
        )
        return Piece(cut.block, Span(start, cut.end, line), problems, cut.fields, cut.key, cut.beyond)
