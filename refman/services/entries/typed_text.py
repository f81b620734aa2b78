"""The text of an entry as a person, or refman for them, made it: kept as a source of its paper, and so what leaves."""

from datetime import datetime

from refman.domain.paper import PaperId, Span
from refman.domain.ports import Writer
from refman.domain.sources import TYPED_ENTRY, Block, SourceText
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.origin_dialect import BLOCK_KIND

_SOURCE_NAME = "BibTeX editor"


def keep_typed(writer: Writer, paper_id: PaperId, text: str, *, dialect: Dialect | None, now: datetime) -> None:
    """Keeps a text as the newest source of the paper, also one that was there before an older edit."""
    kept = text
    while writer.source_named_by(kept) is not None:
        kept += "\n"
    source = writer.keep_source(SourceText(_SOURCE_NAME, TYPED_ENTRY, kept, now))
    if dialect is not None:
        writer.add_blocks(source, [Block(BLOCK_KIND, "", dialect.value, "", Span(0, 0, 1))])
    writer.add_spans(source, [(paper_id, Span(0, len(text), 1))], when=now)
