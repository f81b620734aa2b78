"""Entries as nearly all are, read by one loop that looks at each character once.

A key, then fields parted by commas, each a value in braces, in quotes or a single word; no comment, no `#`, nothing
odd. Whatever does not look like that is left to `entries`, which knows every case; on what both read they agree.
"""

import re

from refman.formats.bibtex.grammar import BRACED_PATTERN, QUOTED
from refman.formats.bibtex.raw_entries import RawEntry, RawField

LONGEST_NAME = 60
"""Characters of the name of a field: what is remembered of names stays small."""

_S = r"[ \t\r\n]*+"
_HEAD = re.compile(rf"{_S}(?<!\w)@([A-Za-z]++){_S}\{{{_S}([^\s,}}=]++){_S}(?=,)")
_NAME = f"[A-Za-z][A-Za-z0-9_:.+-]{{0,{LONGEST_NAME - 1}}}+"
# Behind the equals sign an opening brace, or the whole value.
_FIELD = re.compile(
    rf"{_S},{_S}({_NAME}){_S}={_S}(?:\{{|([A-Za-z0-9]++|{QUOTED})(?={_S}[,}}]))",
    re.DOTALL,
)
_END = re.compile(rf"{_S}(?:,{_S})?+\}}")
_BLOCKS = frozenset({"comment", "string", "preamble"})


class UsualEntries:
    """Reads entries of one text, in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The closing brace that was found last, and from where it was looked for.
        self._from, self._close = 0, -1

    def read(self, position: int) -> tuple[int, RawEntry] | None:
        """The entry that begins at `position` or behind white space, with its offset; None for anything unusual."""
        head = _HEAD.match(self._text, position)
        if head is None:
            return None
        kind = head.group(1).lower()
        if kind in _BLOCKS:
            return None
        fields: list[RawField] = []
        position = self._read_fields(head.end(), fields)
        end = _END.match(self._text, position) if position >= 0 else None
        if end is None:
            return None
        entry = RawEntry(kind, head.group(2), head.start(2), fields, end.end(), is_usual=True)
        return head.start(1) - 1, entry

    def _read_fields(self, position: int, fields: list[RawField]) -> int:
        """Takes fields as long as there are any; the offset behind the last one, -1 when one is not closed.

        The end of a value is looked for as `Braces.end_of_braced` does, but no deeper than four levels. A look for the
        next brace is thirty times as fast as an expression that runs over the value.
        """
        text = self._text
        size, find, match, take = len(text), text.find, _FIELD.match, fields.append
        looked_from, close = self._from, self._close
        while field := match(text, position):
            name, word = field.groups()
            start, position = field.start(1), field.end()
            if word is not None:
                take((name, word, start, position - len(word), None))
                continue
            brace = position - 1
            if not looked_from <= brace <= close:
                close = find("}", position)
                looked_from, close = brace, close if close >= 0 else size
                self._from, self._close = looked_from, close
            if close == size:
                return -1
            end = close + 1
            if find("{", position, close) >= 0:
                nested = BRACED_PATTERN.match(text, brace)
                if nested is None:
                    return -1
                end = nested.end()
            take((name, text[brace:end], start, brace, text[position : end - 1]))
            position = end
        return position
