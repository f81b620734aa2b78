"""The tables of linked .bib files. No foreign keys to papers: undo and purge take papers, the file keeps its entry."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Named, Table, Text, TypedColumns

from refman.storage.tables import metadata


class LinkedFileColumns(TypedColumns):
    """As `domain.links.LinkedFile`."""

    id = Column(Integer, primary_key=True)
    path: Named[str] = Column(Text, unique=True)
    query: Named[str] = Column(Text)
    project: Named[str] = Column(Text)
    direction: Named[str] = Column(Text)
    write_when: Named[str] = Column(Text)
    sha256: Named[str] = Column(Text)
    stamp: Named[str] = Column(Text)
    version: Named[int] = Column(Integer)
    head: Named[str] = Column(Text)
    taken: Named[int] = Column(Integer)
    linked: Named[int] = Column(Integer)


linked_file = Table("linked_file", metadata, LinkedFileColumns, sqlite_strict=True, sqlite_autoincrement=True)


class LinkedBaseColumns(TypedColumns):
    """The bytes of a linked file, compressed by zlib."""

    file_id: Named[int] = Column(Integer, ForeignKey("linked_file.id"), primary_key=True)
    data: Named[bytes] = Column(LargeBinary)


linked_base = Table("linked_base", metadata, LinkedBaseColumns, sqlite_strict=True)


class LinkedStateColumns(TypedColumns):
    """Every state of a file that was ever read or written."""

    file_id: Named[int] = Column(Integer, ForeignKey("linked_file.id"), primary_key=True)
    sha256: Named[str] = Column(Text, primary_key=True)
    seen: Named[int] = Column(Integer)


linked_state = Table("linked_state", metadata, LinkedStateColumns, sqlite_strict=True, sqlite_with_rowid=False)


class LinkedEntryColumns(TypedColumns):
    """Which paper a key of a file is; `seen` is a JSON object (`services/linking/seen.py`)."""

    file_id: Named[int] = Column(Integer, ForeignKey("linked_file.id"), primary_key=True)
    key: Named[str] = Column(Text, primary_key=True)
    paper_id: Named[int] = Column(Integer)
    seen: Named[str] = Column(Text)


linked_entry = Table("linked_entry", metadata, LinkedEntryColumns, sqlite_strict=True, sqlite_with_rowid=False)
Index("linked_entry_paper", linked_entry.c.paper_id)
