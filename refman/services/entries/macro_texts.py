"""What the macros of a library stand for, seen from a place in one of its files or from none."""

from collections.abc import Sequence

from refman.domain.paper import SourceId, SourceSpan
from refman.domain.sources import Block
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.values import evaluate


def macro_texts(blocks: Sequence[tuple[SourceId, Block]], place: SourceSpan | None = None) -> dict[str, str]:
    """Lower-case names to TeX: what the styles define, the strings of all files (the last definition), and above them
    those of the file of `place` that stand before it, or where there is none before it the first one behind."""
    strings = [(source, block) for source, block in blocks if block.kind == "string"]
    known = dict(STYLE_MACROS)
    for _, block in strings:
        known[block.name.lower()] = evaluate(block.value, known).tex
    if place is None:
        return known
    own = dict(STYLE_MACROS)
    before: dict[str, str] = {}
    behind: dict[str, str] = {}
    for source, block in strings:
        if source == place.source_id:
            own[block.name.lower()] = evaluate(block.value, own).tex
            is_before = block.span.start < place.span.start
            if is_before:
                before[block.name.lower()] = own[block.name.lower()]
            else:
                behind.setdefault(block.name.lower(), own[block.name.lower()])
    return {**known, **behind, **before}
