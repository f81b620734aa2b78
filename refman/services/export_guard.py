"""Before an export takes many entries out of the file that it replaces: counted by their keys, in both texts."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from refman.domain.backups import is_big_removal
from refman.domain.errors import ExportRefused

# An entry of BibTeX, an item of CSL-JSON, a record of RIS: whatever a file that refman writes may have been.
_KEY = re.compile(
    r"^[ \t]*@[ \t]*(?!(?i:comment|preamble|string)\b)[^\W\d_]\w*[ \t]*[{(]\s*([^\s,{}()]+)[ \t]*,"
    r'|^[ \t]*"id"[ \t]*:[ \t]*"([^"\n]*)"'
    r"|^ID  - ([^\r\n]*)",
    re.MULTILINE,
)
_BLOCK_CHARACTERS = 1 << 20
_LONGEST_START = 1 << 16
"""How much of a line without an end is kept: a key stands at its start."""
_NOTHING = ("", "[]")


class ShrinkGuard:
    """Knows the keys of the file at `path`; `passed` looks at the new text while others read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new: set[str] = set()
        # What is no UTF-8 is compared with its like.
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            blocks = iter(lambda: file.read(_BLOCK_CHARACTERS), "")
            start = next(blocks, "")
            self._is_empty = len(start) < _BLOCK_CHARACTERS and start.strip() in _NOTHING
            self._old = set(_keys(_chained(start, blocks)))

    def passed(self, blocks: Iterable[str]) -> Iterator[str]:
        """The blocks as they are; their keys are remembered."""
        waiting = ""
        for block in blocks:
            yield block
            waiting = _take(waiting + block, self._new.add)
        _take(waiting + "\n", self._new.add)

    def check(self) -> None:
        """After all of the new text was passed. Raises: ExportRefused."""
        if self._is_empty:
            return
        name = str(self._path)
        if not self._old:
            raise ExportRefused(
                "export-over-other",
                f"{name} holds something else than references, so it is as it was; "
                "choose another file, or repeat it with --yes.",
                name,
            )
        gone, present = len(self._old - self._new), len(self._old)
        # One entry in the place of another is what scripts do that look at papers one by one.
        if is_big_removal(gone, present) or gone == present > 1:
            raise ExportRefused(
                "export-shrinks",
                f"{gone:,} of the {present:,} entries in {name} would be gone, so it is as it was; "
                "if that is meant, repeat it with --yes.",
                name,
                f"{gone:,}",
                f"{present:,}",
            )


def guard_of(path: Path) -> ShrinkGuard | None:
    """The guard of a file that is there. Raises: ExportRefused when it cannot be read."""
    try:
        return ShrinkGuard(path) if path.is_file() else None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportRefused(
            "target-unreadable",
            f"{path} cannot be read ({reason}), so nobody knows what would go with it; choose another file, "
            "or repeat it with --yes.",
            str(path),
            reason,
        ) from error


def _chained(start: str, blocks: Iterable[str]) -> Iterator[str]:
    yield start
    yield from blocks


def _keys(blocks: Iterable[str]) -> list[str]:
    found: list[str] = []
    waiting = ""
    for block in blocks:
        waiting = _take(waiting + block, found.append)
    _take(waiting + "\n", found.append)
    return found


def _take(text: str, add: Callable[[str], object]) -> str:
    """Finds the keys of whole lines; gives back the start of the line that has no end yet."""
    end = text.rfind("\n") + 1
    for match in _KEY.finditer(text, 0, end):
        add(next(key for key in match.groups() if key is not None))
    return text[end : end + _LONGEST_START]
