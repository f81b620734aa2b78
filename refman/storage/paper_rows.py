"""Rows of papers written and removed many at a time, and their images for the journal.

Bulk statements are compiled once and run with plain tuples: SQLAlchemy's own handling of parameters would cost five
times as much as SQLite's insert.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from refman.domain.paper import PaperId
from refman.storage.reads import as_list, in_list
from refman.storage.tables import (
    attachment,
    note,
    paper,
    paper_source,
    paper_tag,
    paper_text,
    search_text,
)
from refman.storage.values import from_json, to_json

_DIALECT = SQLiteDialect_pysqlite()

PAPER_TABLES = (paper, paper_text, search_text, paper_tag, note, attachment, paper_source)
"""Everything that comes and goes with a paper, parents first."""
PAPER_COLUMNS = tuple(column.name for column in paper.columns)
TEXT_COLUMNS = tuple(column.name for column in paper_text.columns)
SEARCH_COLUMNS = tuple(column.name for column in search_text.columns)


def _owner(table: Table[Any]) -> Any:
    return paper.c.id if table is paper else table.c.paper_id


_SELECTS = {table.name: select(table).where(_owner(table).in_(in_list())) for table in PAPER_TABLES}
_DELETES = {table.name: delete(table).where(_owner(table).in_(in_list())) for table in PAPER_TABLES}
_INSERTS: dict[str, str] = {}


def insert_rows(
    connection: Connection, table: Table[Any], rows: Sequence[Sequence[Any]], *, ignore_known: bool = False
) -> None:
    """Inserts tuples in the order of the table's columns; `ignore_known` leaves rows alone that are there."""
    if not rows:
        return
    if table.name not in _INSERTS:
        _INSERTS[table.name] = str(insert(table).compile(dialect=_DIALECT))
    statement = _INSERTS[table.name]
    if ignore_known:
        statement = statement.replace("INSERT INTO", "INSERT OR IGNORE INTO", 1)
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def read_image(connection: Connection, ids: Iterable[int]) -> bytes:
    """All rows of these papers as one compressed text."""
    parameters = as_list(ids)
    tables = {
        name: [list(row) for row in connection.execute(statement, parameters)] for name, statement in _SELECTS.items()
    }
    return zlib.compress(to_json(tables).encode())


def write_image(connection: Connection, image: bytes) -> None:
    """Puts the rows of an image back; the papers must not exist. Indexes are the caller's."""
    tables = from_json(zlib.decompress(image))
    for table in PAPER_TABLES:
        insert_rows(connection, table, tables[table.name])


def ids_in_image(image: bytes, table: str) -> list[int]:
    """The primary keys of one table's rows in an image."""
    return [row[0] for row in from_json(zlib.decompress(image))[table]]


def without_taken_keys(image: bytes, is_free: Callable[[str, PaperId], bool]) -> bytes:
    """The image with papers whose citation key is no longer free as papers without one."""
    tables = from_json(zlib.decompress(image))
    names = list(paper.columns.keys())
    identity, key, folded = (names.index(name) for name in ("id", "key", "key_folded"))
    taken = [row for row in tables["paper"] if row[key] and not is_free(row[key], PaperId(row[identity]))]
    for row in taken:
        row[key] = row[folded] = None
    return zlib.compress(to_json(tables).encode()) if taken else image


def delete_papers(connection: Connection, ids: Iterable[int]) -> None:
    """Deletes papers with all that hangs on them. Indexes are the caller's."""
    parameters = as_list(ids)
    for table in reversed(PAPER_TABLES):
        connection.execute(_DELETES[table.name], parameters)
