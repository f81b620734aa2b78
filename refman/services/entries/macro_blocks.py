"""Preambles and entries that steer a style, with a macro in them under another name."""

from dataclasses import replace

from refman.domain.sources import Block
from refman.formats.bibfile.document import document_of, spliced
from refman.formats.bibfile.string_edits import respelled_uses
from refman.formats.bibtex.values import with_names


def respelled(block: Block, old: str, new: str) -> Block:
    """The block with a macro (`old` in lower case) under another name; all else of its text stays."""
    document, names = document_of(block.raw), {old: new}
    raw = spliced(document, list(respelled_uses(document, names))).text
    return block if raw == block.raw else replace(block, value=with_names(block.value, names), raw=raw)
