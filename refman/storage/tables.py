"""The tables of a library. SQL is written to the level of SQLite 3.40; times are whole seconds since 1970, UTC.

Every value of a paper is stored once: the fields that lists and searches need have a column each, the others stand in
the JSON object `paper.fields`. NULL is "no such field", "" a field that a person cleared. `*_folded`, `*_sort`,
`title_match`, `authors` and `venue` of `paper` are derived from the fields by `mapping.py`. What only a whole paper
needs (abstract, people, sources and origins of values) lies in `paper_text`, so that pages of `paper` stay narrow.
"""

from typing import Any

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

metadata = MetaData()
_NOCASE = Text(collation="NOCASE")


class PaperColumns(TypedColumns):
    """`key` is NULL until it is made. `month`, `score` ... hold the plain text, `month_sort` ... its number."""

    id = Column(Integer, primary_key=True)
    type: Named[str] = Column(_NOCASE)
    key: Named[str | None] = Column(Text)
    key_folded: Named[str | None] = Column(Text)
    added: Named[int] = Column(Integer)
    changed: Named[int] = Column(Integer)
    trashed: Named[int | None] = Column(Integer)
    title: Named[str | None] = Column(Text)
    authors: Named[str | None] = Column(Text)
    venue: Named[str | None] = Column(Text)
    year: Named[str | None] = Column(Text)
    month: Named[str | None] = Column(Text)
    day: Named[str | None] = Column(Text)
    date: Named[str | None] = Column(Text)
    category_code: Named[str | None] = Column(_NOCASE)
    primaryclass: Named[str | None] = Column(_NOCASE)
    score: Named[str | None] = Column(Text)
    doi: Named[str | None] = Column(Text)
    eprint: Named[str | None] = Column(Text)
    title_sort: Named[str | None] = Column(Text)
    authors_sort: Named[str | None] = Column(Text)
    venue_sort: Named[str | None] = Column(Text)
    year_sort: Named[int | None] = Column(Integer)
    month_sort: Named[int | None] = Column(Integer)
    score_sort: Named[float | None] = Column(REAL)
    doi_folded: Named[str | None] = Column(Text)
    eprint_folded: Named[str | None] = Column(Text)
    title_match: Named[int | None] = Column(Integer)
    fields: Named[str | None] = Column(Text)


# Ids are never used twice: the ledger of exported keys and the journal speak of papers that are gone.
paper = Table("paper", metadata, PaperColumns, sqlite_strict=True, sqlite_autoincrement=True)

SORT_COLUMNS: dict[str, Column[Any]] = {
    "changed": paper.c.changed,
    "title": paper.c.title_sort,
    "authors": paper.c.authors_sort,
    "year": paper.c.year_sort,
    "venue": paper.c.venue_sort,
    "key": paper.c.key_folded,
    "type": paper.c.type,
    "category_code": paper.c.category_code,
    "score": paper.c.score_sort,
    "doi": paper.c.doi_folded,
    "eprint": paper.c.eprint_folded,
    "month": paper.c.month_sort,
}
"""The column of every `SortField` but `added`; NULL where a paper has no value."""

Index("paper_key", paper.c.key_folded, unique=True)
# `trashed` leads instead of making the index partial: SQLite 3.40 takes a partial index for not covering.
# The rowid ends every index of SQLite, so each of these covers (trashed, value, added, id).
Index("paper_added_order", paper.c.trashed, paper.c.added.desc())
for _name, _column in SORT_COLUMNS.items():
    Index(f"paper_{_name}_order", paper.c.trashed, _column, paper.c.added.desc())
Index("paper_primaryclass", paper.c.trashed, paper.c.primaryclass)
Index("paper_title_match", paper.c.trashed, paper.c.title_match)


class PaperTextColumns(TypedColumns):
    """What only a whole paper needs; there is a row for every paper.

    `author` is a JSON array of names, each `[given, prefix, family, suffix]` cut after the last part that is not
    empty, or a string for an organisation: tokenised as it stands it gives the words of the names in order.
    `people` has the other roles, `sources` and `origins` what differs from the default (`mapping.py`).
    """

    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"), primary_key=True)
    author: Named[str | None] = Column(Text)
    people: Named[str | None] = Column(Text)
    sources: Named[str | None] = Column(Text)
    origins: Named[str | None] = Column(Text)
    abstract: Named[str | None] = Column(Text)


paper_text = Table("paper_text", metadata, PaperTextColumns, sqlite_strict=True)


class SearchTextColumns(TypedColumns):
    """Folded words of texts whose folding goes beyond what SQLite's tokenizer does by itself (`search_copy.py`)."""

    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"), primary_key=True)
    title: Named[str | None] = Column(Text)
    author: Named[str | None] = Column(Text)
    abstract: Named[str | None] = Column(Text)
    venue: Named[str | None] = Column(Text)
    key: Named[str | None] = Column(Text)


search_text = Table("search_text", metadata, SearchTextColumns, sqlite_strict=True)


class TagColumns(TypedColumns):
    """`folded` is `domain.tags.fold_tag(name)`, `words` the folded words of the name joined by blanks."""

    id = Column(Integer, primary_key=True)
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, unique=True)
    words: Named[str] = Column(Text)
    colour: Named[int] = Column(Integer)
    number_key: Named[int] = Column(Integer)


tag = Table("tag", metadata, TagColumns, sqlite_strict=True, sqlite_autoincrement=True)


class PaperTagColumns(TypedColumns):
    """Which paper carries which tag, trashed papers included."""

    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"), primary_key=True)
    tag_id: Named[int] = Column(Integer, ForeignKey("tag.id"), primary_key=True)


paper_tag = Table("paper_tag", metadata, PaperTagColumns, sqlite_strict=True, sqlite_with_rowid=False)
Index("paper_tag_reverse", paper_tag.c.tag_id, paper_tag.c.paper_id)


class NoteColumns(TypedColumns):
    """`search_copy` as in `search_text`."""

    id = Column(Integer, primary_key=True)
    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"))
    text: Named[str] = Column(Text)
    added: Named[int] = Column(Integer)
    changed: Named[int] = Column(Integer)
    search_copy: Named[str | None] = Column(Text)


note = Table("note", metadata, NoteColumns, sqlite_strict=True, sqlite_autoincrement=True)
Index("note_paper", note.c.paper_id)


class AttachmentColumns(TypedColumns):
    """Files of papers, in order of their ids."""

    id = Column(Integer, primary_key=True)
    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"))
    path: Named[str] = Column(Text)
    title: Named[str] = Column(Text)
    media_type: Named[str] = Column(_NOCASE)
    is_stored: Named[int] = Column(Integer)
    sha256: Named[str] = Column(Text)


attachment = Table("attachment", metadata, AttachmentColumns, sqlite_strict=True, sqlite_autoincrement=True)
Index("attachment_paper", attachment.c.paper_id)


class ProfileColumns(TypedColumns):
    """Author profiles."""

    id = Column(Integer, primary_key=True)
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, unique=True)
    category_code: Named[str] = Column(Text)


profile = Table("profile", metadata, ProfileColumns, sqlite_strict=True, sqlite_autoincrement=True)


class CaptureColumns(TypedColumns):
    """`captured_on` is an ISO day."""

    profile_id: Named[int] = Column(Integer, ForeignKey("profile.id"), primary_key=True)
    captured_on: Named[str] = Column(Text, primary_key=True)
    h_index: Named[int | None] = Column(Integer)
    paper_count: Named[int | None] = Column(Integer)
    citation_count: Named[int | None] = Column(Integer)
    novelty_percent: Named[int | None] = Column(Integer)
    ai_score: Named[float | None] = Column(REAL)


capture = Table("capture", metadata, CaptureColumns, sqlite_strict=True, sqlite_with_rowid=False)


class SourceColumns(TypedColumns):
    """Texts that imports came from; `sha256` (hexadecimal) is that of the text in UTF-8."""

    id = Column(Integer, primary_key=True)
    name: Named[str] = Column(Text)
    format: Named[str] = Column(Text)
    sha256: Named[str] = Column(Text, unique=True)
    imported: Named[int] = Column(Integer)


source = Table("source", metadata, SourceColumns, sqlite_strict=True, sqlite_autoincrement=True)


class SourceChunkColumns(TypedColumns):
    """64 KiB pieces of a text in UTF-8, each compressed by zlib, numbered from 0."""

    source_id: Named[int] = Column(Integer, ForeignKey("source.id"), nullable=False)
    position: Named[int] = Column(Integer)
    data: Named[bytes] = Column(LargeBinary)


source_chunk = Table(
    "source_chunk", metadata, SourceChunkColumns, UniqueConstraint("source_id", "position"), sqlite_strict=True
)


class PaperSourceColumns(TypedColumns):
    """Where papers were read: character offsets in the source and a line, as in `domain.paper.Span`."""

    paper_id: Named[int] = Column(Integer, ForeignKey("paper.id"), primary_key=True)
    source_id: Named[int] = Column(Integer, ForeignKey("source.id"), primary_key=True)
    start: Named[int] = Column(Integer, primary_key=True)
    end: Named[int] = Column(Integer, primary_key=True)
    line: Named[int] = Column(Integer)
    imported: Named[int] = Column(Integer)


paper_source = Table("paper_source", metadata, PaperSourceColumns, sqlite_strict=True, sqlite_with_rowid=False)
Index("paper_source_reverse", paper_source.c.source_id)


class BlockColumns(TypedColumns):
    """Parts of a .bib that are no papers, as in `domain.ports.Block`."""

    id = Column(Integer, primary_key=True)
    source_id: Named[int] = Column(Integer, ForeignKey("source.id"), nullable=False)
    start: Named[int] = Column(Integer)
    end: Named[int] = Column(Integer)
    line: Named[int] = Column(Integer)
    kind: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    value: Named[str] = Column(Text)
    raw: Named[str] = Column(Text)


block = Table(
    "block",
    metadata,
    BlockColumns,
    UniqueConstraint("source_id", "start", "end", "kind", "name"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)


class SavedSearchColumns(TypedColumns):
    """Searches of the sidebar."""

    id = Column(Integer, primary_key=True)
    name: Named[str] = Column(Text)
    folded: Named[str] = Column(Text, unique=True)
    text: Named[str] = Column(Text)


saved_search = Table("saved_search", metadata, SavedSearchColumns, sqlite_strict=True, sqlite_autoincrement=True)
