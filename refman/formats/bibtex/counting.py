"""How many entries a .bib holds."""

from bibtexparser.model import Entry

from refman.formats.bibtex.splitter import split
from refman.formats.bibtex.types import CONTROL_TYPES


def count_entries(text: str) -> int:
    """Entries that can be read without a fault, without those that only steer a style or biber; linear."""
    blocks = (piece.block for piece in split(text))
    return sum(isinstance(block, Entry) and block.entry_type not in CONTROL_TYPES for block in blocks)
