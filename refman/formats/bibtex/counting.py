"""How many entries a .bib holds."""

from collections.abc import Iterable

from bibtexparser.model import Entry

from refman.domain.errors import Problem
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.formats.bibtex.windows import PieceOrProblem, split_blocks


def count_entries(blocks: Iterable[str]) -> int:
    """Entries that can be read without a fault, without those that only steer a style or biber; linear.

    `blocks` make the text. One that is longer than a window counts: it was written whole.
    """
    return sum(map(_is_entry, split_blocks(blocks)))


def _is_entry(piece: PieceOrProblem) -> bool:
    if isinstance(piece, Problem):
        return True
    return isinstance(piece.block, Entry) and piece.block.entry_type not in CONTROL_TYPES
