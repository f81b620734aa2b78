"""What all parts of a writer share, and the one function that writes rows of the small tables."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, and_, bindparam, delete, insert, select

from refman.domain.errors import NotFound
from refman.domain.frozen import dataclass
from refman.domain.ports import Clock
from refman.storage.ids import Ids
from refman.storage.journal import Change, ChangeKind, Step
from refman.storage.reads import Reads
from refman.storage.search_index import SearchIndexes
from refman.storage.tables import (
    attachment,
    block,
    capture,
    note,
    paper_source,
    profile,
    saved_search,
    tag,
)
from refman.storage.values import from_json, to_json, to_seconds

Row = Sequence[Any]
"""The values of a row in the order of its table's columns."""


@dataclass(frozen=True, slots=True)
class _RowTable:
    """A small table with its statements; they take the primary key as `key0`, `key1`, ..."""

    table: Table[Any]
    read: Select[Any]
    drop: Delete
    add: Insert
    paper_column: int | None

    def key(self, row: Row) -> list[Any]:
        """The primary key of a row."""
        return [value for value, column in zip(row, self.table.columns, strict=True) if column.primary_key]


def _row_table(table: Table[Any]) -> _RowTable:
    keys = [column for column in table.columns if column.primary_key]
    here = and_(*(column == bindparam(f"key{number}") for number, column in enumerate(keys)))
    names = [column.name for column in table.columns]
    paper_column = names.index("paper_id") if "paper_id" in names else None
    return _RowTable(table, select(table).where(here), delete(table).where(here), insert(table), paper_column)


ROW_TABLES = {
    ChangeKind.TAG: _row_table(tag),
    ChangeKind.NOTE: _row_table(note),
    ChangeKind.ATTACHMENT: _row_table(attachment),
    ChangeKind.SPAN: _row_table(paper_source),
    ChangeKind.BLOCK: _row_table(block),
    ChangeKind.PROFILE: _row_table(profile),
    ChangeKind.CAPTURE: _row_table(capture),
    ChangeKind.SAVED_SEARCH: _row_table(saved_search),
}
"""The tables whose changes the journal holds as whole rows."""


_NOTE_PAPER = [column.name for column in note.columns].index("paper_id")


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a writer works with inside one transaction."""

    connection: Connection
    clock: Clock
    step: Step
    indexes: SearchIndexes
    ids: Ids
    next_chunk: Callable[[], None]
    is_turn_over: Callable[[], bool]


class Writes(Reads):
    """Writes over one connection; they keep the indexes and record themselves in the step."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.connection)
        self.workspace = workspace
        self.step = workspace.step
        self.indexes = workspace.indexes
        self.new_ids = workspace.ids

    def now(self) -> int:
        """The present second."""
        return to_seconds(self.workspace.clock.now())

    def read_row(self, kind: ChangeKind, key: Row) -> Row | None:
        """A row of a small table by its primary key."""
        found = self.connection.execute(ROW_TABLES[kind].read, _key_parameters(key)).one_or_none()
        return None if found is None else list(found)

    def put_row(self, kind: ChangeKind, key: Row, row: Row | None) -> None:
        """Writes, replaces or (None) deletes a row of a small table; nothing where it is there just so."""
        before = self.read_row(kind, key)
        if before == (None if row is None else list(row)):
            return
        rows = ROW_TABLES[kind]
        if kind is ChangeKind.NOTE:
            self.indexes.papers.forget([(before or row or ())[_NOTE_PAPER]])
        if before is not None and row is not None:
            self._update_row(rows, key, row)
        elif row is None:
            self.connection.execute(rows.drop, _key_parameters(key))
        else:
            self.connection.execute(rows.add, dict(zip(rows.table.columns.keys(), row, strict=True)))
        self.step.record(row_change(kind, key, before=before, after=row))

    def _update_row(self, rows: _RowTable, key: Row, row: Row) -> None:
        values = {
            column.name: value for column, value in zip(rows.table.columns, row, strict=True) if not column.primary_key
        }
        statement = rows.table.update().where(*(_equals(rows.table, key)))
        self.connection.execute(statement.values(values))


def _equals(table: Table[Any], key: Row) -> list[Any]:
    columns = [column for column in table.columns if column.primary_key]
    return [column == value for column, value in zip(columns, key, strict=True)]


def _key_parameters(key: Row) -> dict[str, Any]:
    return {f"key{number}": value for number, value in enumerate(key)}


def row_change(kind: ChangeKind, key: Row, *, before: Row | None, after: Row | None) -> Change:
    """What the journal holds of a row of a small table."""
    position = ROW_TABLES[kind].paper_column
    owner = None if position is None else (before or after or ())[position]
    return Change(kind, owner, owner, to_json(list(key)), _row_json(before), _row_json(after))


def _row_json(row: Row | None) -> str | None:
    return None if row is None else to_json(list(row))


def row_from_json(text: str | None) -> Row | None:
    """A row image of the journal."""
    return None if text is None else from_json(text)


def no_such(what: str, name: object) -> NotFound:
    """The error about a thing that is not in the library."""
    return NotFound(f"no-{what.replace(' ', '-')}", f'There is no {what} "{name}" in this library.', str(name))


def seconds_or_none(when: datetime | None) -> int | None:
    """A time as the tables hold it."""
    return None if when is None else to_seconds(when)
