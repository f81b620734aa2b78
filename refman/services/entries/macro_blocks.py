"""Preambles and entries that steer a style, with a macro in them under another name."""

from collections.abc import Iterator
from dataclasses import replace

from refman.domain.sources import Block
from refman.formats.bibfile.document import Document, Splice, document_of, spliced
from refman.services.entries.string_values import renamed


def respelled(block: Block, old: str, new: str) -> Block:
    """The block with a macro (`old` in lower case) under another name; all else of its text stays."""
    document = document_of(block.raw)
    raw = spliced(document, list(_splices(document, old, new))).text
    return block if raw == block.raw else replace(block, value=renamed(block.value, old, new), raw=raw)


def _splices(document: Document, old: str, new: str) -> Iterator[Splice]:
    for entry in document.entries:
        for one in entry.fields:
            yield Splice(one.value_start, one.end, renamed(one.value, old, new))
    for part in document.others:
        start = document.text.find(part.value, part.start) if part.kind == "preamble" and part.value else -1
        if start >= 0:
            yield Splice(start, start + len(part.value), renamed(part.value, old, new))
