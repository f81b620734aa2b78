"""Writing what hangs on papers: notes, attachments, and the places they were read from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from refman.domain.paper import Attachment, AttachmentId, NoteId, PaperId, SourceId, Span
from refman.domain.sources import Block, SourceText
from refman.storage.journal import Change, ChangeKind
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import as_list, in_list
from refman.storage.search_copy import search_copy
from refman.storage.sources import SourceReads, compressed_chunks, text_hash
from refman.storage.tables import block, paper, paper_source, source, source_chunk
from refman.storage.values import to_seconds
from refman.storage.writes import Row, Writes, no_such, row_change

_EXISTING = select(paper.c.id).where(paper.c.id.in_(in_list()))
_KNOWN_SPANS = select(paper_source.c.paper_id, paper_source.c.start, paper_source.c.end).where(
    paper_source.c.paper_id.in_(in_list()), paper_source.c.source_id == bindparam("source_id")
)
_BLOCK_PLACES = select(block.c.start, block.c.end, block.c.kind, block.c.name).where(block.c.source_id.in_(in_list()))

_BLOCK_ID = select(block.c.id).where(
    block.c.source_id == bindparam("source"),
    block.c.start == bindparam("start"),
    block.c.end == bindparam("end"),
    block.c.kind == bindparam("kind"),
    block.c.name == bindparam("name"),
)


class ThingWrites(Writes, SourceReads):
    """Writes of notes, attachments and sources."""

    def add_note(self, paper_id: PaperId, text: str, *, when: datetime) -> NoteId:
        """Adds a note. Raises: NotFound."""
        self._check_paper(paper_id)
        note_id = self.new_ids.take("note")
        seconds = to_seconds(when)
        self.put_row(ChangeKind.NOTE, [note_id], [note_id, paper_id, text, seconds, seconds, search_copy(text)])
        return NoteId(note_id)

    def edit_note(self, note_id: NoteId, text: str, *, when: datetime) -> None:
        """Replaces the text. Raises: NotFound."""
        row = self._existing(ChangeKind.NOTE, note_id)
        if row[2] != text:
            self.put_row(ChangeKind.NOTE, [note_id], [*row[:2], text, row[3], to_seconds(when), search_copy(text)])

    def delete_note(self, note_id: NoteId) -> None:
        """Raises: NotFound."""
        self._existing(ChangeKind.NOTE, note_id)
        self.put_row(ChangeKind.NOTE, [note_id], None)

    def add_attachment(self, paper_id: PaperId, attachment: Attachment) -> AttachmentId:
        """Adds an attachment (its id is ignored). Raises: NotFound."""
        self._check_paper(paper_id)
        new_id = self.new_ids.take("attachment")
        row = [
            new_id,
            paper_id,
            attachment.path,
            attachment.title,
            attachment.media_type,
            int(attachment.is_stored),
            attachment.sha256,
        ]
        self.put_row(ChangeKind.ATTACHMENT, [new_id], row)
        return AttachmentId(new_id)

    def remove_attachment(self, attachment_id: AttachmentId) -> None:
        """Drops the row; a stored file stays in the attachment folder so that undo works. Raises: NotFound."""
        self._existing(ChangeKind.ATTACHMENT, attachment_id)
        self.put_row(ChangeKind.ATTACHMENT, [attachment_id], None)

    def keep_source(self, source_text: SourceText) -> SourceId:
        """Keeps a text once; the id of the kept one when it is there already.

        It stays when the step is undone: what a person pasted is never lost.
        """
        known = self.source_named_by(source_text.text)
        if known is not None:
            return known
        source_id = self.begin_source(
            source_text.name, source_text.format, sha256=text_hash(source_text.text), imported=source_text.imported
        )
        chunks = enumerate(compressed_chunks(source_text.text))
        insert_rows(self.connection, source_chunk, [(source_id, position, data) for position, data in chunks])
        return source_id

    def begin_source(self, name: str, format: str, *, sha256: str, imported: datetime) -> SourceId:
        """Keeps a new source whose text follows in pieces. Raises: as SQLite when one of this hash is kept."""
        source_id = self.new_ids.take("source")
        insert_rows(self.connection, source, [(source_id, name, format, sha256, to_seconds(imported))])
        self.step.record(Change(ChangeKind.SOURCE, subject=str(source_id)))
        return SourceId(source_id)

    def add_source_pieces(self, source_id: SourceId, first: int, pieces: Sequence[bytes]) -> None:
        """Adds packed pieces of its text, numbered from `first`: all but the last of `SOURCE_PIECE_BYTES`."""
        rows = [(source_id, position, piece) for position, piece in enumerate(pieces, first)]
        insert_rows(self.connection, source_chunk, rows)

    def add_spans(self, source_id: SourceId, spans: Sequence[tuple[PaperId, Span]], *, when: datetime) -> None:
        """Remembers from where papers were read; a place that is known already stays as it is."""
        seconds = to_seconds(when)
        papers = as_list({paper_id for paper_id, _ in spans})
        existing = set(self.connection.scalars(_EXISTING, papers))
        known = {tuple(row) for row in self.connection.execute(_KNOWN_SPANS, {"source_id": source_id, **papers})}
        rows = {
            (paper_id, source_id, span.start, span.end): (paper_id, source_id, span.start, span.end, span.line, seconds)
            for paper_id, span in spans
            if paper_id in existing and (paper_id, span.start, span.end) not in known
        }
        insert_rows(self.connection, paper_source, list(rows.values()))
        older = set(self.step.older({paper_id for paper_id, _ in spans}))
        for key, row in rows.items():
            # Of papers that this step added the journal needs none, and making a hundred thousand takes its time.
            if key[0] in older:
                self.step.record(row_change(ChangeKind.SPAN, key, before=None, after=row))

    def add_blocks(self, source_id: SourceId, blocks: Sequence[Block]) -> None:
        """Keeps strings, preambles and comments of a source; those that are kept already stay."""
        known = {tuple(row) for row in self.connection.execute(_BLOCK_PLACES, as_list([source_id]))}
        for part in blocks:
            place = (part.span.start, part.span.end, part.kind, part.name)
            if place not in known:
                known.add(place)
                block_id = self.new_ids.take("block")
                self.put_row(ChangeKind.BLOCK, [block_id], self._block_row(block_id, source_id, part))

    def replace_block(self, source_id: SourceId, old: Block, new: Block | None) -> None:
        """Puts a kept block in the place of another, or (None) forgets it. Raises: NotFound."""
        place = {"source": source_id, "start": old.span.start, "end": old.span.end, "kind": old.kind, "name": old.name}
        block_id = self.connection.scalar(_BLOCK_ID, place)
        if block_id is None:
            raise no_such(old.kind, old.name)
        row = None if new is None else self._block_row(block_id, source_id, new)
        self.put_row(ChangeKind.BLOCK, [block_id], row)

    def _block_row(self, block_id: int, source_id: SourceId, part: Block) -> Row:
        place = [block_id, source_id, part.span.start, part.span.end, part.span.line]
        return [*place, part.kind, part.name, part.value, part.raw]

    def _check_paper(self, paper_id: PaperId) -> None:
        if self.connection.scalar(_EXISTING, as_list([paper_id])) is None:
            raise no_such("paper", paper_id)

    def _existing(self, kind: ChangeKind, row_id: int) -> Row:
        row = self.read_row(kind, [row_id])
        if row is None:
            raise no_such(kind.value, row_id)
        return row
