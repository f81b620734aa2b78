"""Reads one entry as BibTeX 0.99d does, and says where it ends when it is broken."""

import re

from refman.formats.bibtex.braces import Braces
from refman.formats.bibtex.grammar import (
    FIELD_PATTERN,
    GAP_PATTERN,
    INLINE_START_PATTERN,
    LINE_START_PATTERN,
    NAME_PATTERN,
    SPACE_PATTERN,
)
from refman.formats.bibtex.marks import NextMark
from refman.formats.bibtex.raw_entries import Fault, RawEntry

_KEY_IN_BRACES = re.compile(r"[^\s,}]*+")
# BibTeX ends it at a comma or white space alone; where parentheses do not pair, the first is taken for the entry's end.
_KEY_IN_PARENTHESES = re.compile(r"(?:[^\s,()]|\([^\s,()]*+\))++(?=\s*+,)|[^\s,)]*+")
_KEY_WITH_BLANKS = re.compile(r"[^,{}()=\"\r\n]*+(?=[,)}])")
_BETWEEN_FIELDS = re.compile(r"[\s,]*+")
_FIELD_INSTEAD_OF_KEY = re.compile(rf"{NAME_PATTERN.pattern}\s*+=\s*+[\"{{0-9]")
_SWALLOWED_FIELD = re.compile(rf",\s*+{NAME_PATTERN.pattern}\s*+=\s*+[\"{{\w]")
_PARENTHESIS_AT_LINE_END = re.compile(r"\)(?=[ \t]*+(?:[\r\n]|\Z))")


# Faults of what is not closed.
_OPEN = frozenset({"value-not-closed", "entry-not-closed"})


class EntryReader:
    """Reads the entries of one text, in their order; all together cost one pass."""

    def __init__(self, text: str, braces: Braces) -> None:
        self._text = text
        self._braces = braces
        self._starts = NextMark(text, LINE_START_PATTERN)
        self._inline = NextMark(text, INLINE_START_PATTERN)
        self._ends = NextMark(text, _PARENTHESIS_AT_LINE_END)

    def read(self, opening: int) -> RawEntry:
        """The entry whose brace or parenthesis stands at `opening`."""
        reading = _Reading(self._text, opening, self._braces)
        fault = reading.read()
        if fault:
            self._settle(reading, fault, opening)
        return reading.entry

    def end_of_broken(self, opening: int) -> int:
        """Where a block that cannot be read ends: at its closing brace, but before the next line that starts one."""
        limit = self._next_line(opening)
        end = self._braces.end_of_braced(opening) if self._text[opening : opening + 1] == "{" else -1
        if end < 0:
            limit = self._next_inline(opening + 1, limit)
        return end if 0 <= end <= limit else _without_space(self._text, opening, limit)

    def _settle(self, reading: "_Reading", fault: Fault, opening: int) -> None:
        """Ends a faulty entry. A line inside it that starts an entry says that a brace is missing before that line.

        Where the entry or its last value is not closed, so does what looks like a start within a line behind that.
        """
        entry = reading.entry
        limit = self._next_line(opening)
        if fault.code in _OPEN:
            limit = self._next_inline(reading.behind_start, limit)
        if limit < reading.position:
            fault = reading.not_closed()
        entry.faults.append(fault)
        entry.is_broken = entry.is_broken or limit < reading.position or not entry.fields
        is_cut = entry.is_broken or fault.code == "entry-not-closed"
        end = -1 if is_cut else self._own_end(opening, reading.position)
        entry.end = end if 0 <= end <= limit else _without_space(self._text, opening, limit)
        if fault.code == "missing-comma" and 0 <= end <= limit:
            reading.read_beyond()

    def _next_line(self, position: int) -> int:
        following = self._starts.after(position)
        return following.start() if following else len(self._text)

    def _next_inline(self, position: int, limit: int) -> int:
        """The next start within a line before `limit`, else that."""
        if limit <= position:
            return limit
        following = self._inline.after(position)
        return min(limit, following.start()) if following else limit

    def _own_end(self, opening: int, position: int) -> int:
        if self._text[opening] == "{":
            return self._braces.end_of_braced(opening)
        match = self._ends.after(position)
        return match.end() if match else -1


def _without_space(text: str, start: int, end: int) -> int:
    """`end` moved left over white space, but not to `start`."""
    start = max(start + 1, end - 4096)
    return start + len(text[start:end].rstrip())


class _Reading:
    """One entry while it is read; `position` is how far."""

    def __init__(self, text: str, opening: int, braces: Braces) -> None:
        self.entry = RawEntry("", "", -1, [], -1)
        self._text = text
        self._opening = opening
        self._braces = braces
        self._closer = "}" if text[opening] == "{" else ")"
        self.position = opening + 1
        self._value_start = opening

    def read(self) -> Fault | None:
        """Fills `entry` (but for its type) up to its end or to the fault at which BibTeX stops."""
        fault = self._read_key()
        while fault is None and self.entry.end < 0:
            fault = self._read_comma_or_end() or self._read_field_or_end()
        return fault

    @property
    def behind_start(self) -> int:
        """Where that begins that was not read: behind the last sound field, or the start of a value that is open."""
        return max(self.position, self._value_start, self._opening + 1)

    def read_beyond(self) -> None:
        """Takes the fields between a missing comma and the end of the entry, whatever stands between them."""
        while name := NAME_PATTERN.match(self._text, self._behind(_BETWEEN_FIELDS)):
            self.position = name.end()
            equals = self._behind(SPACE_PATTERN)
            if self._text[equals : equals + 1] != "=":
                return
            self.position += 1
            start = self._behind(SPACE_PATTERN)
            end = self._braces.end_of_value(start)
            if not start < end < self.entry.end:
                return
            self.entry.beyond.append((name.group(), self._text[start:end], name.start(), start, None))
            self.position = end

    # Parts in their order

    def _read_key(self) -> Fault | None:
        start = self._behind(SPACE_PATTERN)
        if _FIELD_INSTEAD_OF_KEY.match(self._text, start):
            self._note(start, "no-key", "The entry has no key; refman makes one.")
            # The field follows without a comma, so the one that the loop wants is taken as given.
            return self._read_field_or_end()
        pattern = _KEY_IN_BRACES if self._closer == "}" else _KEY_IN_PARENTHESES
        self.entry.key_start = start
        self.entry.key = self._take(pattern)
        position = self._behind(SPACE_PATTERN)
        if self._text[position : position + 1] in {",", self._closer}:
            if not self.entry.key:
                self._note(start, "no-key", "The entry has no key; refman makes one.")
            return None
        return self._read_key_with_blanks(start)

    def _read_key_with_blanks(self, start: int) -> Fault | None:
        match = _KEY_WITH_BLANKS.match(self._text, start)
        if not match:
            return self._missing_comma()
        self.entry.key = match.group().rstrip()
        self.position = match.end()
        self._note(start, "key-with-blanks", f'BibTeX cannot read the key "{self.entry.key}": it holds a blank.')
        return None

    def _read_comma_or_end(self) -> Fault | None:
        start = self.position
        position = self._behind(GAP_PATTERN)
        char = self._text[position : position + 1]
        self._note_comment(start, position)
        if char == self._closer:
            self.entry.end = position + 1
        elif char == ",":
            self.position = position + 1
        else:
            return self._missing_comma()
        return None

    def _read_field_or_end(self) -> Fault | None:
        if self.entry.end >= 0:
            return None
        start = self.position
        position = self._behind(GAP_PATTERN)
        self._note_comment(start, position)
        if self._text[position : position + 1] == self._closer:
            self.entry.end = position + 1
            return None
        match = FIELD_PATTERN.match(self._text, position)
        if match:
            self._value_start = match.start(2)
            self._add_field(match.group(1), match.start(1), match.end(2))
            return None
        return self._read_odd_field(position)

    def _read_odd_field(self, start: int) -> Fault | None:
        """A field that the expression does not match: nested deeply, not closed, or followed by something odd."""
        name = NAME_PATTERN.match(self._text, start)
        if not name or name.group().startswith("@"):
            return self._no_field_name(start)
        self.position = name.end()
        position = self._behind(SPACE_PATTERN)
        if self._text[position : position + 1] != "=":
            message = f'"=" is missing after "{name.group()}"; BibTeX ignores the rest of the entry.'
            return Fault(position, "no-equals-sign", message, name.group())
        self.position = position + 1
        self._value_start = self._behind(SPACE_PATTERN)
        end = self._braces.end_of_value(self._value_start)
        if end <= self._value_start:
            return self._no_value(name.group(), end)
        self._add_field(name.group(), start, end)
        return None

    # Where reading stands

    def _behind(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self.position)
        self.position = match.end() if match else self.position
        return self.position

    def _take(self, pattern: re.Pattern[str]) -> str:
        start = self.position
        return self._text[start : self._behind(pattern)]

    def _add_field(self, name: str, start: int, end: int) -> None:
        self.entry.fields.append((name, self._text[self._value_start : end], start, self._value_start, None))
        self.position = end

    # Faults

    def _note(self, at: int, code: str, message: str) -> None:
        self.entry.faults.append(Fault(at, code, message, self.entry.key))

    def _note_comment(self, start: int, end: int) -> None:
        percent = self._text.find("%", start, end)
        if percent >= 0 and all(fault.code != "comment-in-entry" for fault in self.entry.faults):
            self._note(
                percent, "comment-in-entry", "A comment stands inside the entry: biber skips it, BibTeX stops there."
            )

    def _missing_comma(self) -> Fault:
        position = self.position
        if self._is_at_next_entry(position):
            return self.not_closed()
        word = re.compile(r"\S{1,20}").match(self._text, position)
        found = word.group() if word else ""
        message = f'A comma is missing before "{found}"; BibTeX ignores the rest of the entry.'
        return Fault(position, "missing-comma", message, found)

    def _no_field_name(self, position: int) -> Fault:
        if self._is_at_next_entry(position):
            return self.not_closed()
        return Fault(position, "no-field-name", "The name of a field is missing; BibTeX ignores the rest of the entry.")

    def _no_value(self, name: str, end: int) -> Fault:
        if end < 0:
            self.entry.is_broken = True
            return Fault(
                self._opening,
                "value-not-closed",
                f"The value of {name} is not closed; the entry is kept as text.",
                name,
            )
        return Fault(self._value_start, "no-value", f"{name} has no value; BibTeX ignores the rest of the entry.", name)

    def _is_at_next_entry(self, position: int) -> bool:
        return position >= len(self._text) or self._text[position] == "@"

    def not_closed(self) -> Fault:
        """The fault of an entry that meets the next one or the end of the text."""
        last = self.entry.fields[-1][1] if self.entry.fields else ""
        self.entry.is_broken = _SWALLOWED_FIELD.search(last) is not None
        return Fault(
            self._opening,
            "entry-not-closed",
            f"The entry {self.entry.key} is not closed.",
            self.entry.key,
        )
