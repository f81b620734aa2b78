"""Whole papers and list rows, read for many ids at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Text, cast, func, select

from refman.domain.listing import PaperRow, TagBadge
from refman.domain.paper import (
    Attachment,
    AttachmentId,
    Note,
    NoteId,
    Paper,
    PaperId,
    SourceId,
    SourceSpan,
    Span,
)
from refman.storage.mapping import WIDE_FIELDS, fields_of, people_of
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.tables import attachment, note, paper, paper_source, paper_tag, paper_text, source, tag
from refman.storage.values import to_time

_CHUNK = 512
_PDF = "application/pdf"

_p = paper.c
_WHOLE_COLUMNS: list[Any] = [
    *[_p.id, _p.type, _p.key, _p.added, _p.changed, _p.trashed],
    *[_p[name] for name in WIDE_FIELDS],
    _p.fields,
    *[column for column in paper_text.c if column.name != "paper_id"],
]
_WHOLE_NAMES = tuple(column.name for column in _WHOLE_COLUMNS)
_BY_ID = (
    select(*_WHOLE_COLUMNS).join_from(paper, paper_text, paper_text.c.paper_id == _p.id).where(_p.id.in_(in_list()))
)
_YEAR = func.coalesce(func.nullif(_p.year, ""), cast(_p.year_sort, Text))
_SHOWN = (
    *(_p.key, _p.type, _p.title, _p.authors, _YEAR, _p.month),
    *(_p.venue, _p.category_code, _p.score, _p.doi, _p.eprint),
)
# Empty texts are made by SQLite, which is quicker than Python.
_ROWS = select(_p.id, _p.added, _p.changed, _p.trashed, *(func.coalesce(column, "") for column in _SHOWN)).where(
    _p.id.in_(in_list())
)
_TAGS = (
    select(paper_tag.c.paper_id, tag.c.name, tag.c.colour)
    .join(tag, tag.c.id == paper_tag.c.tag_id)
    .where(paper_tag.c.paper_id.in_(in_list()))
    .order_by(paper_tag.c.paper_id, tag.c.folded)
)
_NOTES = select(note).where(note.c.paper_id.in_(in_list())).order_by(note.c.paper_id, note.c.id)
_WITH_NOTE = select(note.c.paper_id).where(note.c.paper_id.in_(in_list())).distinct()
_ATTACHMENTS = (
    select(attachment).where(attachment.c.paper_id.in_(in_list())).order_by(attachment.c.paper_id, attachment.c.id)
)
_MEDIA = select(attachment.c.paper_id, attachment.c.media_type).where(attachment.c.paper_id.in_(in_list()))
SPANS = (
    select(paper_source, source.c.name, source.c.format)
    .join(source, source.c.id == paper_source.c.source_id)
    .where(paper_source.c.paper_id.in_(in_list()))
    .order_by(paper_source.c.paper_id, paper_source.c.imported, paper_source.c.source_id, paper_source.c.start)
)
"""Where papers were read, in order."""
_ONE_NOTE = select(note).where(note.c.id.in_(in_list()))


class PaperReads(Reads):
    """Reads of papers and what hangs on them."""

    def paper(self, paper_id: PaperId) -> Paper | None:
        """The whole paper, also from the trash."""
        return next(iter(self.papers([paper_id])), None)

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Whole papers in the order of `ids`."""
        found: dict[int, Paper] = {}
        for start in range(0, len(ids), _CHUNK):
            found.update(_read_papers(self.connection, ids[start : start + _CHUNK]))
        return [found[paper_id] for paper_id in ids if paper_id in found]

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """List rows in the order of `ids`; a few queries for each 512."""
        found: dict[int, PaperRow] = {}
        for start in range(0, len(ids), _CHUNK):
            found.update(_read_rows(self.connection, ids[start : start + _CHUNK]))
        return [found[paper_id] for paper_id in ids if paper_id in found]

    def notes(self, paper_id: PaperId) -> list[Note]:
        """The notes of a paper, oldest first."""
        return [_note(row) for row in self.connection.execute(_NOTES, as_list([paper_id]))]

    def note(self, note_id: NoteId) -> tuple[PaperId, Note] | None:
        """A note with its paper."""
        row = self.connection.execute(_ONE_NOTE, as_list([note_id])).one_or_none()
        return (PaperId(row.paper_id), _note(row)) if row else None

    def attachments(self, paper_id: PaperId) -> list[Attachment]:
        """The attachments of a paper in order."""
        return [_attachment(row) for row in self.connection.execute(_ATTACHMENTS, as_list([paper_id]))]


def _read_papers(connection: Connection, ids: Sequence[PaperId]) -> dict[int, Paper]:
    parameters = as_list(ids)
    tags: dict[int, list[str]] = defaultdict(list)
    for paper_id, name, _ in connection.execute(_TAGS, parameters).all():
        tags[paper_id].append(name)
    notes = grouped(connection, _NOTES, parameters)
    attachments = grouped(connection, _ATTACHMENTS, parameters)
    spans = grouped(connection, SPANS, parameters)
    papers = {}
    for found in connection.execute(_BY_ID, parameters).all():
        row = dict(zip(_WHOLE_NAMES, found, strict=True))
        paper_id = row["id"]
        stored_notes = tuple(map(_note, notes.get(paper_id, ())))
        papers[paper_id] = Paper(
            type=row["type"],
            key=row["key"] or "",
            fields=fields_of(row, row),
            people=people_of(row),
            tags=tuple(tags.get(paper_id, ())),
            notes=tuple(stored.text for stored in stored_notes),
            id=PaperId(paper_id),
            added=to_time(row["added"]),
            changed=to_time(row["changed"]),
            trashed=None if row["trashed"] is None else to_time(row["trashed"]),
            stored_notes=stored_notes,
            attachments=tuple(map(_attachment, attachments.get(paper_id, ()))),
            came_from=tuple(map(span_of, spans.get(paper_id, ()))),
        )
    return papers


def grouped(connection: Connection, statement: Executable, parameters: Mapping[str, str]) -> dict[int, list[Any]]:
    """The rows of a statement by `paper_id`."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(statement, parameters).all():
        groups[row.paper_id].append(row)
    return groups


def _note(row: Any) -> Note:
    return Note(NoteId(row.id), row.text, to_time(row.added), to_time(row.changed))


def _attachment(row: Any) -> Attachment:
    return Attachment(
        AttachmentId(row.id), row.path, row.title, row.media_type, is_stored=bool(row.is_stored), sha256=row.sha256
    )


def span_of(row: Any) -> SourceSpan:
    """The place of a row of `SPANS`."""
    return SourceSpan(
        SourceId(row.source_id), row.name, row.format, to_time(row.imported), Span(row.start, row.end, row.line)
    )


def _read_rows(connection: Connection, ids: Sequence[PaperId]) -> dict[int, PaperRow]:
    parameters = as_list(ids)
    badges: dict[int, list[TagBadge]] = defaultdict(list)
    for paper_id, name, colour in connection.execute(_TAGS, parameters).all():
        badges[paper_id].append(TagBadge(name, colour))
    with_note = set(connection.scalars(_WITH_NOTE, parameters))
    media: dict[int, set[str]] = defaultdict(set)
    for paper_id, media_type in connection.execute(_MEDIA, parameters):
        media[paper_id].add(media_type.lower())
    found = {}
    for paper_id, added, changed, trashed, *texts in connection.execute(_ROWS, parameters).all():
        key, entry_type, title, authors, year, month, venue, code, score, doi, eprint = texts
        found[paper_id] = PaperRow(
            id=PaperId(paper_id),
            key=key,
            type=entry_type,
            title=title,
            authors=authors,
            year=year,
            month=month,
            venue=venue,
            category_code=code,
            score=score,
            doi=doi,
            eprint=eprint,
            added=to_time(added),
            changed=to_time(changed),
            tags=tuple(badges.get(paper_id, ())),
            has_note=paper_id in with_note,
            has_file=paper_id in media,
            has_pdf=_PDF in media.get(paper_id, ()),
            is_trashed=trashed is not None,
        )
    return found
