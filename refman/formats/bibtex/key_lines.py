"""On which line each key of a .bib stood first, for files of a million keys."""

from refman.domain.int_map import IntMap


class KeyLines:
    """Keys without case, remembered by their hash: two that differ are mixed up once in 10^13 files of a million."""

    def __init__(self) -> None:
        self._lines = IntMap()

    def first(self, key: str, line: int) -> int | None:
        """The line on which the key stood first; None for the first time, which is remembered."""
        return self._lines.add(hash(key.lower()), line)
