"""A whole library as JSON and back: every row of every table by the names of its columns, a row a line.

```
{"refman": {"schema": 1, "revision": "r0001"},
"tables": {
"paper": [
{"id":1,"type":"article", ...},
...
]}}
```

NULL is left out, bytes are `{"base64": ...}`; a kept source has its whole `text` and no pieces. Search indexes are
made anew. Derived columns are in it as they are, so that nothing depends on the refman that reads it.
"""

import base64
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

from refman.domain.errors import UnreadableInput
from refman.domain.progress import Progress, stop_if_cancelled
from refman.storage.schema import SCHEMA_VERSION
from refman.storage.sources import compressed_chunks
from refman.storage.tables import metadata
from refman.storage.values import to_json

_PIECES = "source_chunk"
_SEQUENCE = "sqlite_sequence"
_AT_ONCE = 500

Values = dict[str, Any]
"""Column name to value; NULL is left out."""


def table_names() -> list[str]:
    """The tables of a library, parents first."""
    return [table.name for table in metadata.sorted_tables]


def quoted(name: str) -> str:
    """A name of a table or column as SQL takes it; only names that are in the schema come here."""
    return '"' + name.replace('"', '""') + '"'


def dump(connection: sqlite3.Connection, write: Callable[[str], object], *, progress: Progress) -> None:
    """Gives the text in pieces; `connection` is in no transaction and gets one for its snapshot. Raises: Cancelled."""
    connection.execute("BEGIN")
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        write('{"refman": ' + json.dumps({"schema": schema, "revision": revision}) + ',\n"tables": {\n')
        names = [name for name in table_names() if name != _PIECES]
        for place, name in enumerate([*names, _SEQUENCE]):
            write(f"{',' if place else ''}{json.dumps(name)}: [\n")
            for number, values in enumerate(_rows(connection, name)):
                if number % _AT_ONCE == 0:
                    stop_if_cancelled(progress)
                    progress.report(number, None, name)
                write((",\n" if number else "") + to_json(values))
            write("\n]")
        write("}}\n")
    finally:
        connection.execute("ROLLBACK")


def _rows(connection: sqlite3.Connection, name: str) -> Iterator[Values]:
    order = "name" if name == _SEQUENCE else ", ".join(_keys(connection, name))
    # Names come from the schema of refman, never from outside.
    statement = " ".join(["SELECT * FROM", quoted(name), "ORDER BY", order])
    with closing(connection.execute(statement)) as cursor:
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            values: Values = {
                column: _plain(value) for column, value in zip(columns, row, strict=True) if value is not None
            }
            if name == "source":
                values["text"] = _text_of_source(connection, values["id"])
            yield values


def _keys(connection: sqlite3.Connection, name: str) -> list[str]:
    known = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,))
    return [quoted(row[0]) for row in known] or ["rowid"]


def _plain(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _text_of_source(connection: sqlite3.Connection, source_id: int) -> str:
    pieces = connection.execute("SELECT data FROM source_chunk WHERE source_id = ? ORDER BY position", (source_id,))
    return b"".join(zlib.decompress(data) for (data,) in pieces).decode()


# Back


def unreadable(detail: str) -> UnreadableInput:
    """The text is not what `dump` writes."""
    return UnreadableInput(
        "not-a-library-text",
        f"This is not the text of a library as refman writes it ({detail}); choose another library.json.",
        detail,
    )


def read_head(line: str) -> tuple[int, str]:
    """Schema and revision of the first line. Raises: UnreadableInput."""
    try:
        head = json.loads(line.strip().rstrip(",") + "}")["refman"]
        schema, revision = int(head["schema"]), str(head["revision"])
    except (ValueError, KeyError, TypeError) as error:
        raise unreadable("the first line") from error
    if schema > SCHEMA_VERSION:
        raise unreadable(f"schema {schema} of a newer refman, this one knows {SCHEMA_VERSION}")
    return schema, revision


def fill(connection: sqlite3.Connection, lines: Iterable[str]) -> None:
    """Puts the rows of the lines after the first into an empty library, inside the transaction of the caller.

    Raises: UnreadableInput, also for a text that was cut off.
    """
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for name in (*table_names(), _SEQUENCE):
        # The row of `meta` comes from the text.
        connection.execute("DELETE FROM " + quoted(name))
    columns = {name: _columns(connection, name) for name in (*table_names(), _SEQUENCE)}
    table, is_whole = "", False
    for number, line in enumerate(lines, start=2):
        text = line.strip()
        if text.startswith("{"):
            _insert(connection, table, columns, _parsed(text.removesuffix(","), number))
        elif text.endswith(": ["):
            table = _table_of(text, columns, number)
            if table == _SEQUENCE:
                # Where inserting has counted.
                connection.execute("DELETE FROM sqlite_sequence")
        is_whole = text.startswith("]}}") or text == "}}"
    if not is_whole:
        raise unreadable("its end is missing")


def _columns(connection: sqlite3.Connection, name: str) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,)))


def _table_of(text: str, columns: dict[str, frozenset[str]], number: int) -> str:
    if text == '"tables": {' or text == '"tables": [':
        return ""
    name = text.lstrip("],").removesuffix(": [").strip('"')
    if name not in columns:
        raise unreadable(f"line {number}: no table {name}")
    return name


def _parsed(text: str, number: int) -> Values:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unreadable(f"line {number}") from error
    if not isinstance(values, dict):
        raise unreadable(f"line {number}")
    return values


def _insert(connection: sqlite3.Connection, table: str, columns: dict[str, frozenset[str]], values: Values) -> None:
    text = values.pop("text", None) if table == "source" else None
    strange = values.keys() - columns.get(table, frozenset())
    if strange:
        raise unreadable(f"table {table or '?'} has no column {min(strange)}")
    names = list(values)
    marks = ", ".join("?" * len(names))
    listed = ", ".join(map(quoted, names))
    statement = " ".join(["INSERT INTO", quoted(table), "(" + listed + ")", "VALUES", "(" + marks + ")"])
    try:
        connection.execute(statement, [_stored(values[name]) for name in names])
        if text is not None:
            _insert_pieces(connection, values.get("id"), str(text))
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError) as error:
        raise unreadable(f"table {table}: {error}") from error


def _insert_pieces(connection: sqlite3.Connection, source_id: object, text: str) -> None:
    for position, data in enumerate(compressed_chunks(text)):
        connection.execute(
            "INSERT INTO source_chunk (source_id, position, data) VALUES (?, ?, ?)", (source_id, position, data)
        )


def _stored(value: object) -> object:
    if not isinstance(value, dict):
        return value
    try:
        return base64.b64decode(value["base64"], validate=True)
    except (KeyError, ValueError, TypeError) as error:
        raise unreadable("bytes that are none") from error
