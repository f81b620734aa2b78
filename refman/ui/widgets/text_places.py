"""Where characters stand in a line that Qt laid out, and from which side it is read."""

from unicodedata import bidirectional

from PySide6.QtGui import QTextLine

_FIRST_FROM_RIGHT = "\u0590"
"""The first letter of all scripts that are read from the right: Hebrew."""


def is_from_right(text: str) -> bool:
    """Whether a text is read from the right, as its first letter with a direction is (Unicode annex 9, P2 and P3)."""
    if max(text, default="") < _FIRST_FROM_RIGHT:
        return False
    kinds = (bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def qt_length(text: str) -> int:
    """How long Qt takes a text for: letters beyond the first 65,536 ones count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def extent_of(line: QTextLine, first: int, last: int) -> tuple[float, float]:
    """From and to in px, of the characters from `first` to before `last` as Qt counts them.

    In words that run both ways the outermost edge may be any of theirs.
    """
    edges = [_x_of(line.cursorToX(place)) for place in range(first, last + 1)]
    return min(edges), max(edges)


def _x_of(answer: object) -> float:
    """Qt's answer is (px, character), though its types do not say so."""
    found = answer[0] if isinstance(answer, tuple) else answer
    return float(found) if isinstance(found, int | float) else 0.0
