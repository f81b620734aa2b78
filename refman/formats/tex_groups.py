"""Groups in braces of a LaTeX source, however deep they are."""

import re
from collections.abc import Iterator, Mapping

_BRACE = re.compile(r"\\[\\{}]|[{}]")
_OPENING = re.compile(r"\s*+\{")


class Groups:
    """The groups of a text without comments; read once, when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: Mapping[int, int] | None = None

    def group_at(self, position: int) -> tuple[int, int] | None:
        """Where the inside of the group that opens there (white space apart) starts and ends, None for none."""
        opening = _OPENING.match(self._text, position)
        if opening is None:
            return None
        if self._ends is None:
            self._ends = dict(_pairs(self._text))
        end = self._ends.get(opening.end() - 1)
        return None if end is None else (opening.end(), end)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Each brace that opens with the one that closes it."""
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            yield opened.pop(), match.start()
