"""What a worker process prepares of drafts, so that the process that stores has little left to do."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, NewType, Protocol

from refman.domain.paper import Draft, PaperId, SourceId

Packed = NewType("Packed", list[Any])
"""Drafts as a storage wants them: lists of texts, numbers, bytes and None, which go from process to process."""


class Packing(Protocol):
    """How a storage wants drafts and source texts prepared. Goes to a worker process by the name of its class."""

    def pack(self, drafts: Sequence[Draft]) -> Packed:
        """Drafts for `PackedWrites.add_packed`; the place of a draft among them is its name there."""

    def unpack(self, packed: Packed, place: int) -> Draft:
        """The draft at a place, as it was."""

    def pack_piece(self, piece: bytes) -> bytes:
        """A piece of a source text in UTF-8, for `PackedWrites.add_source_pieces`."""


class PackedWrites(Protocol):
    """Writes of what was prepared."""

    def add_packed(
        self,
        packed: Packed,
        *,
        instead: Mapping[int, Draft],
        without: Set[int],
        source_id: SourceId,
        added: datetime,
    ) -> list[PaperId]:
        """Stores packed drafts with the places in their source, in order, but for the places `without`.

        At a place of `instead` that draft is stored. As with `add_papers`, keys must be free or "".
        """

    def add_source_pieces(self, source_id: SourceId, first: int, pieces: Sequence[bytes]) -> None:
        """Adds packed pieces of its text, numbered from `first`: of 64 KiB each, the last one shorter."""
