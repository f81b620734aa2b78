"""Cuts a typed search into words, phrases, brackets and operators, with their places; linear in the text.

Brackets and quotes count where they begin a word, so that pasted titles work: `O(n log n)` and `5" disk` are words.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from refman.domain.frozen import dataclass

FIELD_NAMES = (
    "author",
    "title",
    "abstract",
    "venue",
    "tag",
    "key",
    "doi",
    "type",
    "year",
    "added",
    "note",
    "category",
    "in",
    "has",
    "cited",
    "missing",
)
"""What can stand before a colon."""

_QUOTES = '"“”„‟'
_NEXT_QUOTE = re.compile(f"[{_QUOTES}]")
_NOT_BLANK = re.compile(r"\S")
_DASHES = re.compile(r"-+")
_FIELD = re.compile(r"([A-Za-z_]+):")
_WORD_PART = re.compile(r"[^\s()]+")


class Kind(StrEnum):
    """What a lexeme is. UNKNOWN is `word:value` whose word is no field."""

    TERM = "term"
    UNKNOWN = "unknown"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a search; `start` to `end` is all of it, `-`, field and quotes included.

    `field` is "" for a bare term, else a name in lower case; of UNKNOWN it is as typed. `value` is without quotes;
    `is_closed` is False for a quoted value whose quote never ends.
    """

    kind: Kind
    start: int
    end: int
    is_negated: bool = False
    field: str = ""
    value: str = ""
    is_quoted: bool = False
    is_closed: bool = True


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces in order."""
    cutter = _Cutter(text)
    while (found := _NOT_BLANK.search(text, cutter.place)) is not None:
        yield cutter.next_from(found.start())


class _Cutter:
    def __init__(self, text: str) -> None:
        self._text = text
        self.place = 0
        # For every bracket that is open: does it group, or is it a part of a word?
        self._open: list[bool] = []

    def next_from(self, start: int) -> Lexeme:
        dashes = _DASHES.match(self._text, start)
        begin = dashes.end() if dashes else start
        # Two dashes take each other back. A dash before a blank is a dash.
        is_negated = (begin - start) % 2 == 1 and begin < len(self._text) and not self._text[begin].isspace()
        first = self._text[begin : begin + 1]
        if first == "(":
            return self._open_group(start, begin + 1, is_negated=is_negated)
        if first == ")" and begin == start and not self._is_in_word_bracket:
            return self._close_group(start)
        return self._term(start, begin, is_negated=is_negated)

    def _open_group(self, start: int, end: int, *, is_negated: bool) -> Lexeme:
        self._open.append(True)
        self.place = end
        return Lexeme(Kind.OPEN, start, end, is_negated)

    def _close_group(self, start: int) -> Lexeme:
        """A bracket too many closes a group that is not there; the parser says so."""
        if self._open:
            self._open.pop()
        self.place = start + 1
        return Lexeme(Kind.CLOSE, start, self.place)

    @property
    def _is_in_word_bracket(self) -> bool:
        return bool(self._open) and not self._open[-1]

    def _term(self, start: int, begin: int, *, is_negated: bool) -> Lexeme:
        field, begin = self._field(begin)
        value, is_quoted, is_closed = self._value(begin, has_field=bool(field))
        kind = Kind.TERM if not field or field.lower() in FIELD_NAMES else Kind.UNKNOWN
        if begin == start and not is_quoted and value in (Kind.AND, Kind.OR):
            kind = Kind(value)
        name = field if kind is Kind.UNKNOWN else field.lower()
        return Lexeme(kind, start, self.place, is_negated, name, value, is_quoted, is_closed)

    def _field(self, begin: int) -> tuple[str, int]:
        """The name before a colon and where its value begins. `Note:` may lack its value, `Woulda:` is a word."""
        match = _FIELD.match(self._text, begin)
        if match is None:
            return "", begin
        following = self._text[match.end() : match.end() + 1]
        is_known = match.group(1).lower() in FIELD_NAMES
        # An address (`https://...`), a scope (`std::sort`), the end of a word, or an id as pages name it (`arXiv:`).
        is_word = not following or following.isspace() or following in "/:)" or match.group(1).lower() == "arxiv"
        return ("", begin) if is_word and not is_known else (match.group(1), match.end())

    def _value(self, begin: int, *, has_field: bool) -> tuple[str, bool, bool]:
        """The value that begins there, whether it was quoted and whether the quote ended; moves on behind it."""
        if self._text[begin : begin + 1] and self._text[begin] in _QUOTES:
            end = _NEXT_QUOTE.search(self._text, begin + 1)
            self.place = end.end() if end else len(self._text)
            return self._text[begin + 1 : end.start() if end else self.place], True, end is not None
        # `title:(a b)` is no part of the language: an empty value, then a group.
        self.place = begin if has_field and self._text[begin : begin + 1] == "(" else self._end_of_word(begin)
        return self._text[begin : self.place], False, True

    def _end_of_word(self, begin: int) -> int:
        """Up to a blank, or to a bracket that closes a group; brackets that open inside the word belong to it."""
        place = begin
        while place < len(self._text) and not self._text[place].isspace():
            char = self._text[place]
            if char == "(":
                self._open.append(False)
            if char == ")":
                if not self._is_in_word_bracket:
                    return place
                self._open.pop()
            part = _WORD_PART.match(self._text, place)
            place = part.end() if part else place + 1
        return place
