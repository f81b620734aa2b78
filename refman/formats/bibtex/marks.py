"""Finding the next of something from ever later places of a text, and counting its lines."""

import re


class NextMark:
    """The first match of an expression at or after an offset.

    Offsets asked must not go back: then all answers together cost one pass over the text, also when there are many
    questions and no matches.
    """

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._text = text
        self._pattern = pattern
        self._found: re.Match[str] | None = None
        self._is_exhausted = False

    def after(self, offset: int) -> re.Match[str] | None:
        """The first match that starts at or after `offset`."""
        if self._is_exhausted or (self._found and self._found.start() >= offset):
            return self._found
        self._found = self._pattern.search(self._text, offset)
        self._is_exhausted = self._found is None
        return self._found


class LineCounter:
    """The line of ever later offsets of a text; `\\n`, `\\r\\n` and a bare `\\r` are line ends."""

    def __init__(self, text: str, offset: int = 0, line: int = 1, *, has_returns: bool = True) -> None:
        """`has_returns` is False where the asker knows that no `\r` is in the text."""
        self._text = text
        self._offset = offset
        self._line = line
        self._has_returns = has_returns

    def line_of(self, offset: int) -> int:
        """The line of an offset that is not before the last one asked."""
        if self._has_returns:
            self._line += count_lines(self._text, self._offset, offset)
        else:
            self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def count_lines(text: str, start: int, end: int) -> int:
    """How many lines end between two offsets, neither of them inside a `\\r\\n`."""
    if text.find("\r", start, end) < 0:
        return text.count("\n", start, end)
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)
