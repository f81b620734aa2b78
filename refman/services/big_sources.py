"""Keeping the texts of large files that papers are read from, piece by piece as the worker packs them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Protocol

from refman.domain.errors import UnreadableInput
from refman.domain.packing import Packing
from refman.domain.paper import SourceId
from refman.domain.ports import Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.sources import Block
from refman.formats.base import ImportResult
from refman.formats.text_file import utf8_pieces
from refman.services.applying import TextSources
from refman.services.entries.group_searches import keep_searches
from refman.services.file_reading import PIECE_BYTES, FileEnd, FileHead
from refman.services.import_plan import BigFile, PlannedSource, Reading
from refman.services.part_codec import FilePart

_PIECES_AT_ONCE = 64


class Stream(Protocol):
    """An input of a big import."""

    @property
    def source(self) -> Reading | BigFile:
        """What it is."""

    @property
    def head(self) -> FileHead | None:
        """What is known of a file."""


class BigSources:
    """Keeps the inputs that papers were read from: the row of a large file at once, its text as it comes.

    Should anything stop the import, both go with everything else.
    """

    def __init__(self, writer: Writer, streams: Sequence[Stream], when: datetime, *, packing: Packing) -> None:
        self.when = when
        self._writer = writer
        self._streams = streams
        self._packing = packing
        texts = [_planned(stream.source) for stream in streams]
        self._small = TextSources(writer, texts, when)
        self._ids: dict[int, SourceId] = {}
        self._new: set[int] = set()
        self._blocks: dict[int, list[Block]] = {}
        self._come: dict[int, int] = {}
        """How many pieces of a text came so far."""
        self._missed: dict[int, int] = {}
        """How many of them came before any paper needed the source."""

    def id_of(self, index: int) -> SourceId:
        """The kept source of an input; it is kept when it is first asked for."""
        stream = self._streams[index]
        if stream.head is None:
            return self._small.id_of(index)
        if index not in self._ids:
            known = self._writer.source_of_hash(stream.head.sha256)
            if known is None:
                known = self._writer.begin_source(
                    stream.source.name, "bibtex", sha256=stream.head.sha256, imported=self.when
                )
                self._new.add(index)
                self._missed[index] = self._come.get(index, 0)
            self._ids[index] = known
            self._add_blocks(index, self._blocks.pop(index, ()))
        return self._ids[index]

    def add_part(self, index: int, part: ImportResult | FilePart) -> None:
        """Keeps what came beside the papers of a large file that is new, once one of its papers is kept."""
        if isinstance(part, FilePart):
            self._add_blocks(index, part.blocks)
            self._add_pieces(index, part.pieces)

    def end(self, index: int, end: FileEnd) -> None:
        """Keeps the last pieces. Raises: UnreadableInput when the file is not what it was."""
        stream = self._streams[index]
        if stream.head is None or end.sha256 != stream.head.sha256:
            raise _changed(stream)
        self._add_pieces(index, end.pieces)

    def keep_missed(self, progress: Progress) -> None:
        """Keeps the pieces that came before their source was needed. Raises: UnreadableInput, Cancelled."""
        for index in sorted(self._new):
            if self._missed[index]:
                self._read_again(index, progress)

    def _add_blocks(self, index: int, blocks: Sequence[Block]) -> None:
        """Keeps strings, preambles and comments."""
        if index not in self._ids:
            self._blocks.setdefault(index, []).extend(blocks)
        elif index in self._new and blocks:
            self._writer.add_blocks(self._ids[index], blocks)
            keep_searches(self._writer, blocks)

    def _add_pieces(self, index: int, pieces: Sequence[bytes]) -> None:
        first = self._come.get(index, 0)
        self._come[index] = first + len(pieces)
        if index in self._new:
            self._writer.add_source_pieces(self._ids[index], first, pieces)

    def _read_again(self, index: int, progress: Progress) -> None:
        stream = self._streams[index]
        assert stream.head is not None and isinstance(stream.source, BigFile)
        digest = hashlib.sha256()
        pieces = utf8_pieces(stream.source.path, stream.head.form, PIECE_BYTES)
        read = 0
        while group := list(islice(pieces, _PIECES_AT_ONCE)):
            stop_if_cancelled(progress)
            self._writer.give_turn()
            for piece in group:
                digest.update(piece)
            missed = group[: max(0, self._missed[index] - read)]
            self._writer.add_source_pieces(self._ids[index], read, list(map(self._packing.pack_piece, missed)))
            read += len(group)
        if digest.hexdigest() != stream.head.sha256:
            raise _changed(stream)


def _changed(stream: Stream) -> UnreadableInput:
    name = stream.source.name
    return UnreadableInput("file-changed", f"{name} was changed while it was read; import it again.", name)


def _planned(source: Reading | BigFile) -> PlannedSource:
    if isinstance(source, BigFile):
        return PlannedSource(source.name, "bibtex", "")
    return PlannedSource(source.name, source.format, source.text, source.result.blocks)
