"""Is a library sound: the file, its rows, its indexes."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, create_engine, select

from refman.domain.errors import LibraryDamaged
from refman.domain.paper import Draft
from refman.storage.failures import translated, translated_system
from refman.storage.files import rights
from refman.storage.mapping import Values, fields_of, people_of, rows_of
from refman.storage.sqlite import connect, connect_for_copy, copy_pages
from refman.storage.tables import paper, paper_text, search_text

INDEXES = ("paper_index",)
"""The full-text indexes; each takes the command `rebuild`."""
_COPIES = tuple(column for column in search_text.c if column.name != "paper_id")
_MOST = 20
_ROWS = (
    select(
        paper,
        *(column for column in paper_text.c if column.name != "paper_id"),
        *(column.label(f"copy_{column.name}") for column in _COPIES),
        paper_text.c.paper_id.label("text_id"),
    )
    .outerjoin_from(paper, paper_text, paper_text.c.paper_id == paper.c.id)
    .outerjoin(search_text, search_text.c.paper_id == paper.c.id)
    .order_by(paper.c.id)
)


def problems_of(location: str) -> list[str]:
    """Sentences about what is wrong; empty when sound. Works on a copy, so that nobody has to wait.

    Cost: copies the file once and reads it twice. Raises: DiskFull, LibraryError.
    """
    with translated_system(location), tempfile.TemporaryDirectory(prefix="refman-check-") as folder:
        copy = str(Path(folder, "copy.db"))
        try:
            with translated(location):
                return _problems_of_copy(location, copy)
        except LibraryDamaged as error:
            return [error.message]


def _problems_of_copy(location: str, copy: str) -> list[str]:
    _, is_immutable = rights(location)
    with closing(connect_for_copy(location, is_immutable=is_immutable)) as library:
        problems = [f"File: {row[0]}" for row in library.execute(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
        if problems:
            return problems
        copy_pages(library, copy)
    with closing(connect(copy, "mode=rw", ("journal_mode=OFF", "synchronous=OFF"))) as sound:
        problems += [
            f"Rows: row {row} of {table} belongs to no row of {parent}"
            for table, row, parent, _ in sound.execute("PRAGMA foreign_key_check")
        ]
        problems += [text for name in INDEXES if (text := _index_problem(sound, name))]
    return problems + _row_problems(copy)


def _index_problem(connection: sqlite3.Connection, name: str) -> str:
    """Compares an index with its content, token by token (fts5.html section 6.4)."""
    try:
        connection.execute(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return f"Search: {name} does not match the papers"
    return ""


def _row_problems(copy: str) -> list[str]:
    engine = create_engine("sqlite://", creator=lambda: connect(copy, "mode=ro", ()))
    problems: list[str] = []
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=500).execute(_ROWS):
            problem = _row_problem(row._asdict())
            problems += [problem] if problem and len(problems) < _MOST else []
    engine.dispose()
    return problems


def _row_problem(row: Values) -> str:
    if row["text_id"] is None:
        return f"Rows: paper {row['id']} has lost its texts"
    rows = rows_of(Draft(row["type"], row["key"] or "", fields_of(row, row), people_of(row)))
    wrong = [name for name, value in (rows.paper | rows.text).items() if row[name] != value]
    copies = rows.search or {column.name: None for column in _COPIES}
    wrong += [f"search copy of {name}" for name, value in copies.items() if row[f"copy_{name}"] != value]
    return f"Rows: paper {row['id']} does not fit its {', '.join(wrong)}" if wrong else ""


def rebuild_indexes(connection: Connection) -> None:
    """Makes every search index anew from its content."""
    for name in INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
