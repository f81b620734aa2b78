"""What makes the schema of a library beside `tables.py`: search indexes, their views, and the file's numbers."""

from sqlalchemy import Connection, column, table
from sqlalchemy.sql.expression import TableClause

from refman.storage.journal_tables import meta
from refman.storage.link_tables import linked_file
from refman.storage.tables import metadata

APPLICATION_ID = int.from_bytes(b"RFMN", "big")
"""In the header of the file, so that `file` and we can tell a library from any other database."""
SCHEMA_VERSION = 1
"""`PRAGMA user_version`; every migration raises it by one."""
MIN_READER = 1
"""The oldest schema whose refman can still read this one."""
MIN_WRITER = 1
"""The oldest schema whose refman can still write this one."""
REVISION = "r0001"
"""Alembic's name of `SCHEMA_VERSION`."""

# SQLite's tokenizer takes these letters for separators: its Unicode table is older than their category.
_LATER_LETTERS = "".join(map(chr, [*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3]))
TOKENIZER = f"unicode61 remove_diacritics 2 tokenchars '{_LATER_LETTERS}'"
"""Gives the words of `domain.folding.tokens` for texts prepared by `search_copy.py`."""


INDEXED = ("title", "author", "abstract", "venue", "key", "note")
"""The columns of the search index, named as in `domain.query.TextField`."""
NOTE_END = "\ue000"
"""A word between two notes that no search can hold, so that no phrase goes from one into the next."""


def _index_ddl(name: str, columns: str, content: str) -> str:
    # No relevance order anywhere, so the sizes of columns need not be stored.
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='{content}', content_rowid='id', "
        f"tokenize=\"{TOKENIZER}\", prefix='1 2 3', columnsize=0)"
    )


_PAPER_CONTENT = (
    "CREATE VIEW paper_content AS SELECT paper.id AS id, coalesce(search_text.title, paper.title) AS title, "
    "coalesce(search_text.author, paper_text.author) AS author, "
    "coalesce(search_text.abstract, paper_text.abstract) AS abstract, "
    "coalesce(search_text.venue, paper.venue) AS venue, "
    'coalesce(search_text."key", paper."key") AS "key", '
    f"(SELECT group_concat(coalesce(note.search_copy, note.text), ' {NOTE_END} ') FROM note "
    "WHERE note.paper_id = paper.id) AS note "
    "FROM paper JOIN paper_text ON paper_text.paper_id = paper.id "
    "LEFT JOIN search_text ON search_text.paper_id = paper.id"
)

SEARCH_DDL = (
    _PAPER_CONTENT,
    _index_ddl("paper_index", ", ".join(INDEXED), "paper_content"),
    # Words gathered in memory before they are written: 8 MB instead of 1 make a large import a third quicker.
    "INSERT INTO paper_index(paper_index, rank) VALUES ('hashsize', 8000000)",
)
"""View and search index. External content: the index holds no copy of the texts. No triggers (ADR 0012)."""

VERSION_TABLE_DDL = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def _index(name: str, *columns: str) -> TableClause:
    return table(name, column("rowid"), column(name), *map(column, columns))


paper_index = _index("paper_index", *INDEXED)
"""Column names are the values of `domain.query.TextField`; rowid is `paper.id`, trashed papers included."""


def create_schema(connection: Connection) -> None:
    """Everything of an empty library at the present revision; equal to all migrations run one after the other."""
    assert linked_file.metadata is metadata
    metadata.create_all(connection)
    for statement in (*SEARCH_DDL, VERSION_TABLE_DDL):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(
        meta.insert().values(id=1, min_reader=MIN_READER, min_writer=MIN_WRITER, version=1, lost_version=0)
    )
