"""Where braces, quotes and value expressions end, found in linear time whatever the nesting."""

import re
from array import array
from bisect import bisect_left

from refman.formats.bibtex.grammar import BRACED_PATTERN, NAME_PATTERN, QUOTED_PATTERN, SPACE_PATTERN

_BRACE = re.compile("[{}]")
_QUOTE_OR_BRACE = re.compile('["{}]')
MOST_NESTED = 255
"""So many groups TeX holds in one another (tex.web, `max_quarterword`); a deeper text cannot be printed."""


class Braces:
    """Answers where a brace, a quote or a value of one text is closed.

    Usual values are matched by an expression; the first deep or unclosed one makes an index of all braces (16 bytes a
    pair), so that broken and hostile texts cost one pass more and not a pass for each value.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._opens: array[int] | None = None
        self._ends: array[int] = array("q")
        self._deep: array[int] = array("q")

    def is_too_deep(self, start: int, end: int) -> bool:
        """True when more than `MOST_NESTED` pairs stand in one another there; the end of that value was asked for."""
        first = bisect_left(self._deep, start)
        return first < len(self._deep) and self._deep[first] < end

    def end_of_value(self, start: int) -> int:
        """The offset behind the value expression at `start`, `start` when there is none, -1 when it is not closed."""
        end = self.end_of_part(start)
        while end > start:
            mark = SPACE_PATTERN.match(self._text, end)
            if not mark or self._text[mark.end() : mark.end() + 1] != "#":
                break
            next_start = self._behind_space(mark.end() + 1)
            next_end = self.end_of_part(next_start)
            if next_end <= next_start:
                return next_end if next_end < 0 else end
            end = next_end
        return end

    def end_of_braced(self, start: int) -> int:
        """The offset behind the partner of the brace at `start`, -1 when nothing closes it."""
        match = BRACED_PATTERN.match(self._text, start)
        return match.end() if match else self._end_from_index(start)

    def end_of_part(self, start: int) -> int:
        """The offset behind one operand of `#`, with the answers of `end_of_value`."""
        match self._text[start : start + 1]:
            case "{":
                return self.end_of_braced(start)
            case '"':
                return self._end_of_quoted(start)
        name = NAME_PATTERN.match(self._text, start)
        return name.end() if name else start

    def _behind_space(self, start: int) -> int:
        match = SPACE_PATTERN.match(self._text, start)
        return match.end() if match else start

    def _end_of_quoted(self, start: int) -> int:
        """A quote inside braces does not close; a closing brace without partner makes the quote unclosed."""
        match = QUOTED_PATTERN.match(self._text, start)
        if match:
            return match.end()
        position = start + 1
        while position > 0 and (mark := _QUOTE_OR_BRACE.search(self._text, position)):
            if mark.group() == '"':
                return mark.end()
            position = self._end_from_index(mark.start()) if mark.group() == "{" else -1
        return -1

    def _end_from_index(self, start: int) -> int:
        if self._opens is None:
            self._opens = self._index()
        return self._ends[bisect_left(self._opens, start)]

    def _index(self) -> "array[int]":
        """Offsets of all opening braces; `_ends` gets the offset behind each partner, -1 for none.

        `_deep` gets, in their order, the offsets of the pairs with just one level too many inside.
        """
        opens: array[int] = array("q")
        stack: array[int] = array("q")
        # How many pairs stand in one another in each open brace; the last one is that of the brace closed next.
        heights: array[int] = array("q", [0])
        for match in _BRACE.finditer(self._text):
            if match.group() == "{":
                stack.append(len(opens))
                heights.append(0)
                opens.append(match.start())
                self._ends.append(-1)
            elif stack:
                place = stack.pop()
                self._ends[place] = match.end()
                height = heights.pop() + 1
                if height == MOST_NESTED + 1:
                    self._deep.append(opens[place])
                heights[-1] = max(heights[-1], height)
        return opens


def is_one_group(text: str) -> bool:
    """True for what stands in one pair of braces as a whole, up to four levels deep."""
    if text[:1] != "{" or text[-1] != "}":
        return False
    is_flat = text.find("{", 1) < 0 and text.find("}") == len(text) - 1
    return is_flat or BRACED_PATTERN.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """True for a whole value expression with its delimiters (`{x}`, `jan`, `"a" # b`): it cannot break out of a field.

    A word that begins with a digit must be a number, as BibTeX wants it.
    """
    if is_one_group(text):
        return True
    if not text or Braces(text).end_of_value(0) != len(text):
        return False
    return text.isdigit() or not text[0].isdigit()
