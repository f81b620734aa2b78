"""The blocks of a .bib that does not fit into memory: split in windows, as if it were one text.

A piece that ends well before its window does is what the whole text would give. Whether a brace that opens in the
window is closed may be told far behind it: then the window grows, up to `LARGEST` characters. An entry that is still
open there is left out with a problem; its text stays in the kept source.
"""

import re
from collections.abc import Iterable, Iterator

from bibtexparser.model import ExplicitComment, ParsingFailedBlock

from refman.domain.errors import Problem
from refman.formats.bibtex.grammar import LINE_START_PATTERN
from refman.formats.bibtex.marks import count_lines
from refman.formats.bibtex.raw_entries import RawEntry
from refman.formats.bibtex.splitter import BLANK, Piece, split

LARGEST = 32 << 20
"""Characters of a window at most, and so of an entry."""
_SMALLEST = 2 << 20
_MARGIN = 64 << 10
"""So far behind a piece nobody looks: a name of an entry type and its key."""

_ASKS_FAR = frozenset({"value-not-closed", "entry-not-closed", "broken-block"})
_OPEN_COMMENT = re.compile(r"@\s*+comment\s*+\{", re.IGNORECASE)

PieceOrProblem = Piece | Problem


def split_blocks(
    blocks: Iterable[str], *, smallest: int = _SMALLEST, largest: int = LARGEST
) -> Iterator[PieceOrProblem]:
    """The pieces of the text that the blocks make, as `split` gives them, and what was left out.

    Memory: a window and the index of its braces. Time: linear, each character is in at most a few windows.
    """
    return _Windows(iter(blocks), smallest, largest).pieces()


class _Windows:
    def __init__(self, blocks: Iterator[str], smallest: int, largest: int) -> None:
        self._blocks = blocks
        self._smallest = smallest
        self._largest = largest
        self._margin = min(_MARGIN, smallest // 4)
        self._text = ""
        self._is_last = False
        self._offset = 0
        """Where the window begins in the whole text."""
        self._line = 1
        self._above: RawEntry | None = None
        """The entry that ends where the window begins."""

    def pieces(self) -> Iterator[PieceOrProblem]:
        """All pieces in order."""
        wanted = self._smallest
        while True:
            self._fill(wanted)
            end, above = self._offset, self._above
            # Up to here an entry without a fault is what it is, whatever follows.
            sure = self._offset + len(self._text) - self._margin
            for piece in split(self._text, self._line, self._offset, self._above):
                is_usual = piece.entry is not None and piece.entry.is_usual and piece.span.end <= sure
                if not is_usual and not self._is_sure(piece):
                    break
                end, above = piece.span.end, piece.entry
                yield piece
            taken, self._above = end - self._offset, above
            if self._is_last:
                return
            if not self._text.strip(BLANK):
                taken = len(self._text)
            if taken:
                self._drop(taken)
                wanted = self._smallest
            elif len(self._text) < self._largest and not self._is_last:
                wanted = min(4 * len(self._text), self._largest)
            else:
                yield from self._leave_out()
                wanted = self._smallest

    def _fill(self, wanted: int) -> None:
        parts = [self._text]
        length = len(self._text)
        while length < wanted and not self._is_last:
            block = next(self._blocks, None)
            self._is_last = block is None
            parts.append(block or "")
            length += len(parts[-1])
        self._text = "".join(parts)

    def _is_sure(self, piece: Piece) -> bool:
        """True when the rest of the text cannot make it another piece."""
        if self._is_last:
            return True
        behind = self._offset + len(self._text) - piece.span.end
        if behind < self._margin:
            return False
        # Of a window that cannot grow any more, half must do.
        return not _asks_far(piece) or behind >= self._largest // 2

    def _drop(self, count: int) -> None:
        self._line += count_lines(self._text, 0, count)
        self._offset += count
        self._text = self._text[count:]

    def _leave_out(self) -> Iterator[Problem]:
        """Drops what stands in front of the next line that starts an entry, as far as that may be."""
        self._above = None
        start = len(self._text) - len(self._text.lstrip())
        line = self._line + count_lines(self._text, 0, start)
        size = self._largest >> 20
        yield Problem(
            line,
            "too-long",
            f"What begins here is longer than {size} million characters without an end; it was left out.",
            (str(size),),
        )
        while not (following := LINE_START_PATTERN.search(self._text, start + 1)):
            if self._is_last:
                self._drop(len(self._text))
                return
            self._drop(max(len(self._text) - self._margin, 1))
            start = 0
            self._fill(self._smallest)
        self._drop(following.start())


def _asks_far(piece: Piece) -> bool:
    """True when a brace or a quote was not closed in the window."""
    if piece.entry is not None:
        return any(found.code in _ASKS_FAR for found in piece.problems)
    if isinstance(piece.block, ExplicitComment):
        raw = piece.block.raw or ""
        return bool(_OPEN_COMMENT.match(raw)) and not raw.endswith("}")
    is_broken = isinstance(piece.block, ParsingFailedBlock)
    return is_broken or any(found.code in _ASKS_FAR for found in piece.problems)
