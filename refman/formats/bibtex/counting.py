"""How many entries a .bib holds."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bibtexparser.model import Entry

from refman.domain.errors import Problem
from refman.formats.bibtex.grammar import NAME, VALUE
from refman.formats.bibtex.splitter import split
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.formats.bibtex.windows import PieceOrProblem, split_blocks

_NO_PAPER = "|".join(sorted({"comment", "string", "preamble", *CONTROL_TYPES}))
# A whole entry without any fault, as exports hold them, and the blanks around it.
_FAULTLESS = re.compile(
    rf"\s*+@(?!(?i:{_NO_PAPER})\b)(?i:[a-z]++)\{{[^\s,{{}}]++(?:,\s*+{NAME}\s*+=\s*+{VALUE}\s*+)*+,?+\s*+\}}(?=\s)\s*+"
)
_AHEAD = 256 << 10
"""So much text is there before the next entry is looked at."""
_WINDOW = 64 << 10


def count_entries(blocks: Iterable[str]) -> int:
    """Entries that can be read without a fault, without those that only steer a style or biber; linear.

    `blocks` make the text. One that is longer than a window counts: it was written whole. Entries that one expression
    matches are counted by it, ten times as fast as they are read; others are read as an import reads them, from the
    first one that is not sound on all of them.
    """
    return _Counting(iter(blocks)).count()


class _Counting:
    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self._text = ""
        self._position = 0
        self._is_last = False

    def count(self) -> int:
        """All entries."""
        found = 0
        while self._fill():
            match = _FAULTLESS.match(self._text, self._position)
            if match and (self._is_last or match.end() < len(self._text)):
                self._position = match.end()
                found += 1
                continue
            piece = self._sound_piece()
            if piece is None:
                rest = chain([self._text[self._position :]], self._blocks)
                return found + sum(map(_is_entry, split_blocks(rest)))
            found += _is_entry(piece)
        return found

    def _fill(self) -> bool:
        """False at the end of the text."""
        if len(self._text) - self._position < _AHEAD and not self._is_last:
            parts = [self._text[self._position :]]
            while not self._is_last and sum(map(len, parts)) < 2 * _AHEAD:
                block = next(self._blocks, None)
                self._is_last = block is None
                parts.append(block or "")
            self._text, self._position = "".join(parts), 0
        return self._position < len(self._text)

    def _sound_piece(self) -> PieceOrProblem | None:
        """The piece at the position, which moves behind it; None when only the whole rest can tell what it is."""
        window = self._text[self._position : self._position + _WINDOW]
        piece = next(split(window), None)
        if piece is None or piece.problems or piece.span.end > _WINDOW // 2 or len(window) < 2 * piece.span.end:
            return None
        self._position += piece.span.end
        return piece


def _is_entry(piece: PieceOrProblem) -> bool:
    if isinstance(piece, Problem):
        return True
    return isinstance(piece.block, Entry) and piece.block.entry_type not in CONTROL_TYPES
