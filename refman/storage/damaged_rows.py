"""Reading what can be read of the tables of a damaged library.

A read that meets a damaged page ends there; so a range of keys is halved until what is lost is one row, and a table
without row ids is read from both ends.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

from refman.storage.files import has_content
from refman.storage.sqlite import connect
from refman.storage.tables import metadata
from refman.storage.text_dump import quoted

_LARGEST = 1 << 62
_MOST_FAILURES = 5_000
"""Ranges that fail before the rest of a table is given up: each costs a descent of the tree."""
# The second is how the sqlite3 module fails where SQLite's own words quote a changed name that is no UTF-8.
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)

Row = dict[str, Any]


class DamagedRows:
    """The rows of one damaged library; `lost` counts, by table, ranges of keys that could not be read."""

    def __init__(self, path: str) -> None:
        self.lost: dict[str, int] = {}
        self._connection = _connect(path)

    def close(self) -> None:
        """Ends the connection."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def rows(self, table: str) -> list[Row]:
        """Every row that can be read, in the order of the keys. Holds them all: a library has room in memory."""
        self.lost[table] = 0
        columns = [column.name for column in metadata.tables[table].columns]
        if not self._is_known(table):
            self.lost[table] = 1
            return []
        if metadata.tables[table].dialect_options["sqlite"]["with_rowid"] is False:
            found = self._from_both_ends(table)
        else:
            found = list(self._by_halves(table, -1, _LARGEST))
        return [dict(zip(columns, row, strict=True)) for row in found if len(row) == len(columns)]

    def _is_known(self, table: str) -> bool:
        """False when its text in the schema is gone: then looking for rows would fail thousands of times."""
        try:
            self._connection.execute("EXPLAIN SELECT * FROM " + quoted(table)).close()
        except _UNREADABLE:
            return False
        return True

    def _by_halves(self, table: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        """Rows with ids between; depth first, so they come in order."""
        statement = " ".join(
            ["SELECT rowid,", quoted(table) + ".*", "FROM", quoted(table), "WHERE rowid BETWEEN ? AND ? ORDER BY rowid"]
        )
        waiting = [(first, last)]
        while waiting:
            low, high = waiting.pop()
            reached = low - 1
            try:
                with closing(self._connection.execute(statement, (low, high))) as cursor:
                    for row in cursor:
                        reached = row[0]
                        yield row[1:]
            except _UNREADABLE:
                waiting += self._halves(table, reached + 1, high)

    def _halves(self, table: str, low: int, high: int) -> list[tuple[int, int]]:
        if low >= high or self.lost[table] >= _MOST_FAILURES:
            self.lost[table] += 1
            return []
        self.lost[table] += 1
        # Ids lie close together at the low end, so steps that double find the next readable row soon.
        middle = min((low + high) // 2, low + max(1, min(high - low, 1 << 6)) // 2)
        return [(middle + 1, high), (low, middle)]

    def _from_both_ends(self, table: str) -> list[tuple[Any, ...]]:
        keys = ", ".join(quoted(column.name) for column in metadata.tables[table].primary_key.columns)
        down = ", ".join(f"{key} DESC" for key in keys.split(", "))
        upward, is_whole = self._until_it_fails(table, keys)
        if is_whole:
            return upward
        self.lost[table] += 1
        downward, _ = self._until_it_fails(table, down)
        return list(dict.fromkeys([*upward, *reversed(downward)]))

    def _until_it_fails(self, table: str, order: str) -> tuple[list[tuple[Any, ...]], bool]:
        found: list[tuple[Any, ...]] = []
        statement = " ".join(["SELECT * FROM", quoted(table), "ORDER BY", order])
        try:
            with closing(self._connection.execute(statement)) as cursor:
                found.extend(cursor)
        except _UNREADABLE:
            return found, False
        return found, True


def _connect(path: str) -> sqlite3.Connection:
    # With its log where there is one; without, nothing beside the file is touched.
    modes = ("mode=ro", "mode=ro&immutable=1") if has_content(path + "-wal") else ("mode=ro&immutable=1",)
    # The first lets SQLite read the other tables when the text of one can no longer be read; nothing is written.
    connection = connect(path, modes[0], ("writable_schema=ON", "trusted_schema=OFF", "mmap_size=0"))
    # Letters that are no UTF-8 any more become signs of a question: the rest of the text is worth having.
    connection.text_factory = _lenient
    return connection


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")
