"""What makes the schema of a library beside `tables.py`: search indexes, their views, and the file's numbers."""

from sqlalchemy import Connection, column, table
from sqlalchemy.sql.expression import TableClause

from refman.storage.journal_tables import meta
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
    "coalesce(search_text.venue, paper.venue) AS venue "
    "FROM paper JOIN paper_text ON paper_text.paper_id = paper.id "
    "LEFT JOIN search_text ON search_text.paper_id = paper.id"
)
_KEY_CONTENT = (
    'CREATE VIEW key_content AS SELECT paper.id AS id, coalesce(search_text."key", paper."key") AS "key" '
    'FROM paper LEFT JOIN search_text ON search_text.paper_id = paper.id WHERE paper."key" IS NOT NULL'
)
_NOTE_CONTENT = "CREATE VIEW note_content AS SELECT id, coalesce(search_copy, text) AS text FROM note"

SEARCH_DDL = (
    _PAPER_CONTENT,
    _KEY_CONTENT,
    _NOTE_CONTENT,
    _index_ddl("paper_index", "title, author, abstract, venue", "paper_content"),
    _index_ddl("key_index", "key", "key_content"),
    _index_ddl("note_index", "text", "note_content"),
    # Words gathered in memory before they are written: 8 MB instead of 1 make a large import a third quicker.
    "INSERT INTO paper_index(paper_index, rank) VALUES ('hashsize', 8000000)",
)
"""Views and search indexes. External content: the index holds no copy of the texts. No triggers (ADR 0012)."""

VERSION_TABLE_DDL = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def _index(name: str, *columns: str) -> TableClause:
    return table(name, column("rowid"), column(name), *map(column, columns))


paper_index = _index("paper_index", "title", "author", "abstract", "venue")
"""Column names are the values of `domain.query.TextField`; rowid is `paper.id`, trashed papers included."""
key_index = _index("key_index", "key")
"""Words of citation keys; rowid is `paper.id`. Papers without a key are not in it."""
note_index = _index("note_index", "text")
"""Words of notes; rowid is `note.id`."""


def create_schema(connection: Connection) -> None:
    """Everything of an empty library at the present revision; equal to all migrations run one after the other."""
    metadata.create_all(connection)
    for statement in (*SEARCH_DDL, VERSION_TABLE_DDL):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(
        meta.insert().values(id=1, min_reader=MIN_READER, min_writer=MIN_WRITER, version=1, lost_version=0)
    )
