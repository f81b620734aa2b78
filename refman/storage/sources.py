"""The texts that imports came from, in compressed pieces, and the parts of .bib files that are no papers."""

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import select

from refman.domain.paper import SourceId, Span
from refman.domain.sources import Block, SourceText
from refman.storage.packing import RowPacking
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.tables import block, source, source_chunk
from refman.storage.values import to_time

SOURCE_PIECE_BYTES = 64 * 1024
"""How much of a text in UTF-8 stands in one row of `source_chunk`."""
_SOURCE = select(source).where(source.c.id.in_(in_list()))
_NAMES = select(source.c.id, source.c.name).order_by(source.c.id)
_CHUNKS = select(source_chunk.c.data).where(source_chunk.c.source_id.in_(in_list())).order_by(source_chunk.c.position)
_BY_HASH = select(source.c.id).where(source.c.sha256.in_(in_list()))
_BLOCKS = select(block).order_by(block.c.source_id, block.c.start, block.c.id)
_MACROS = (
    select(block.c.name, block.c.value)
    .where(block.c.kind == "string")
    .order_by(block.c.source_id, block.c.start, block.c.id)
)


def text_hash(text: str) -> str:
    """What makes two texts the same source: the SHA-256 of its UTF-8 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def compressed_chunks(text: str) -> Iterator[bytes]:
    """The pieces of a text as `source_chunk` holds them; an empty text has none."""
    data = text.encode()
    pieces = (data[start : start + SOURCE_PIECE_BYTES] for start in range(0, len(data), SOURCE_PIECE_BYTES))
    return map(RowPacking().pack_piece, pieces)


class SourceReads(Reads):
    """Reads of what was imported, as it was."""

    def source_text(self, source_id: SourceId) -> SourceText | None:
        """A kept source."""
        row = self.connection.execute(_SOURCE, as_list([source_id])).one_or_none()
        if row is None:
            return None
        data = b"".join(map(zlib.decompress, self.connection.scalars(_CHUNKS, as_list([source_id]))))
        return SourceText(row.name, row.format, data.decode(), to_time(row.imported))

    def source_names(self) -> dict[SourceId, str]:
        """The names of all kept sources, in order of import."""
        return {SourceId(number): name for number, name in self.connection.execute(_NAMES)}

    def source_named_by(self, text: str) -> SourceId | None:
        """The kept source with exactly this text."""
        return self.source_of_hash(text_hash(text))

    def source_of_hash(self, sha256: str) -> SourceId | None:
        """The kept source whose text in UTF-8 has this SHA-256 (hexadecimal)."""
        found = self.connection.scalar(_BY_HASH, as_list([sha256]))
        return None if found is None else SourceId(found)

    def blocks(self) -> list[tuple[SourceId, Block]]:
        """Strings, preambles and comments of imported .bib files, in order of import and place."""
        return [
            (SourceId(row.source_id), Block(row.kind, row.name, row.value, row.raw, Span(row.start, row.end, row.line)))
            for row in self.connection.execute(_BLOCKS)
        ]

    def macros(self) -> dict[str, str]:
        """`@string` name in lower case to its value as written (last definition wins)."""
        return {name.lower(): value for name, value in self.connection.execute(_MACROS)}
