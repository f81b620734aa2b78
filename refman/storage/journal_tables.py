"""The tables that remember: the version of the library, the ledger of exported keys, and the journal."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Named, Table, Text, TypedColumns

from refman.storage.tables import metadata


class MetaColumns(TypedColumns):
    """One row: `version` counts committed writes; what was dropped before `lost_version` can no longer be listed."""

    id = Column(Integer, primary_key=True)
    min_reader: Named[int] = Column(Integer)
    min_writer: Named[int] = Column(Integer)
    version: Named[int] = Column(Integer)
    lost_version: Named[int] = Column(Integer)


meta = Table("meta", metadata, MetaColumns, sqlite_strict=True)


class ExportedKeyColumns(TypedColumns):
    """Keys that left for a .bib; the paper may be gone, so this is no foreign key."""

    key_folded: Named[str] = Column(Text, primary_key=True)
    key: Named[str] = Column(Text)
    paper_id: Named[int] = Column(Integer)


exported_key = Table("exported_key", metadata, ExportedKeyColumns, sqlite_strict=True, sqlite_with_rowid=False)


class OperationColumns(TypedColumns):
    """The journal's steps; `version` is `meta.version` of the last write that did, undid or redid the step.

    `size` is about how many bytes its changes take; `owner` is the process of a running step, and of one that is being
    undone or done again in several transactions the process and how far it is (`half_undone.py`).
    """

    id = Column(Integer, primary_key=True)
    at: Named[int] = Column(Integer)
    kind: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    state: Named[str] = Column(Text)
    papers: Named[int] = Column(Integer)
    version: Named[int] = Column(Integer)
    size: Named[int] = Column(Integer)
    owner: Named[str | None] = Column(Text)


operation = Table("operation", metadata, OperationColumns, sqlite_strict=True, sqlite_autoincrement=True)
Index("operation_version", operation.c.version)


class ChangeColumns(TypedColumns):
    """What a step changed, in order of ids. `journal.py` says what `kind`, `subject`, `before` and `after` hold.

    `first_id` to `last_id` are the papers a row speaks of (both NULL for none), `image` rows of papers that are gone.
    """

    id = Column(Integer, primary_key=True)
    operation_id: Named[int] = Column(Integer, ForeignKey("operation.id"))
    kind: Named[str] = Column(Text)
    first_id: Named[int | None] = Column(Integer)
    last_id: Named[int | None] = Column(Integer)
    subject: Named[str] = Column(Text)
    before: Named[str | None] = Column(Text)
    after: Named[str | None] = Column(Text)
    image: Named[bytes | None] = Column(LargeBinary)


change = Table("change", metadata, ChangeColumns, sqlite_strict=True)
Index("change_operation", change.c.operation_id)
Index("change_paper", change.c.first_id)
