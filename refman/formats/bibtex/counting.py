"""How many entries a .bib holds."""

import re
from collections.abc import Iterable, Iterator

from bibtexparser.model import Entry

from refman.domain.errors import Problem
from refman.formats.bibtex.grammar import NAME, VALUE
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.formats.bibtex.windows import PieceOrProblem, split_blocks

_NO_PAPER = "|".join(sorted({"comment", "string", "preamble", *CONTROL_TYPES}))
# A whole entry without any fault, as exports hold them; what it does not match is read in full.
_FAULTLESS = re.compile(
    rf"^@(?!(?:{_NO_PAPER})\b)[a-z]++\{{[^\s,{{}}]++(?:,\s*+{NAME}\s*+=\s*+{VALUE}\s*+)*+,?+\s*+\}}$",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN_ENTRIES = "\n\n@"


def count_entries(blocks: Iterable[str]) -> int:
    """Entries that can be read without a fault, without those that only steer a style or biber; linear.

    `blocks` make the text. One that is longer than a window counts: it was written whole. Entries that one expression
    can match are counted by it, fifty times as fast as they are read; the others are read as an import reads them.
    """
    found: list[int] = []
    return sum(map(_is_entry, split_blocks(_others(blocks, found)))) + sum(found)


def _others(blocks: Iterable[str], found: list[int]) -> Iterator[str]:
    """The text without its faultless entries, whose numbers go into `found`."""
    for stretch in _stretches(blocks):
        rest, number = _FAULTLESS.subn("", stretch)
        found.append(number)
        yield rest


def _stretches(blocks: Iterable[str]) -> Iterator[str]:
    """The same text cut where an entry seems to begin behind an empty line."""
    waiting: list[str] = []
    for block in blocks:
        place = block.rfind(_BETWEEN_ENTRIES)
        if place < 0:
            waiting.append(block)
            continue
        yield "".join([*waiting, block[: place + 2]])
        waiting = [block[place + 2 :]]
    yield "".join(waiting)


def _is_entry(piece: PieceOrProblem) -> bool:
    if isinstance(piece, Problem):
        return True
    return isinstance(piece.block, Entry) and piece.block.entry_type not in CONTROL_TYPES
