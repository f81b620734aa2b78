"""Keeps the search indexes equal to their content, without triggers (docs/decisions/0012).

A row leaves an index with the very values it was indexed with, so `forget` comes before any change of its content;
what has to be indexed (again) waits until `flush`, which runs before a transaction ends.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from refman.storage.journal import add_run
from refman.storage.reads import as_list
from refman.storage.schema import INDEXED


class ContentIndex:
    """One FTS5 table with its content view."""

    def __init__(self, connection: Connection, name: str, columns: tuple[str, ...]) -> None:
        self._connection = connection
        names = ", ".join(f'"{column}"' for column in columns)
        source = f"FROM {name.removesuffix('_index')}_content"
        listed = "id IN (SELECT value FROM json_each(:list))"
        insert = f"INSERT INTO {name} (rowid, {names}) SELECT id, {names} {source} WHERE"
        self._add_range = text(f"{insert} id BETWEEN :first AND :last")
        self._add_listed = text(f"{insert} {listed}")
        self._forget = text(
            f"INSERT INTO {name} ({name}, rowid, {names}) SELECT 'delete', id, {names} {source} WHERE {listed}"
        )
        self._add_row = f"INSERT INTO {name} (rowid, {names}) VALUES (?{', ?' * len(columns)})"
        self._ranges: list[tuple[int, int]] = []
        self._single: set[int] = set()

    def add_rows(self, rows: Sequence[tuple[int | str | None, ...]]) -> None:
        """Indexes new rows at once, each an id with its words as the view has them.

        A statement for each row: before one that may write several, FTS5 puts down all words that it has gathered.
        """
        if rows:
            self._connection.exec_driver_sql(self._add_row, list(rows))

    def add_range(self, first: int, last: int) -> None:
        """Rows with these ids are new."""
        add_run(self._ranges, first, last)

    def forget(self, ids: Iterable[int]) -> None:
        """The content of these rows is about to change or to go; `flush` indexes what is there then."""
        known = [row_id for row_id in ids if not self._waits(row_id)]
        if known:
            self._connection.execute(self._forget, as_list(known))
            self._single.update(known)

    def _waits(self, row_id: int) -> bool:
        return row_id in self._single or any(first <= row_id <= last for first, last in self._ranges)

    def flush(self) -> None:
        """Indexes what waits."""
        for first, last in self._ranges:
            self._connection.execute(self._add_range, {"first": first, "last": last})
        if self._single:
            self._connection.execute(self._add_listed, as_list(sorted(self._single)))
        self._ranges.clear()
        self._single.clear()


class SearchIndexes:
    """The indexes of a library inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.papers = ContentIndex(connection, "paper_index", INDEXED)

    def flush(self) -> None:
        """Indexes what waits, so that searches see it."""
        self.papers.flush()
