"""Taking notes, tags and files out of the trash, and deleting them for good."""

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import select

from refman.domain.errors import NotFound
from refman.storage.discards import LyingRow, carriers_then, discard_rows
from refman.storage.journal import Change, ChangeKind
from refman.storage.reads import as_list, in_list
from refman.storage.tables import paper
from refman.storage.values import from_json
from refman.storage.writer import SqliteWriter
from refman.storage.writes import Row

_EXISTING = select(paper.c.id).where(paper.c.id.in_(in_list()))


def restore_discards(writer: SqliteWriter, ids: Iterable[int]) -> None:
    """Puts things back where they were, a tag on the papers that are still there. Raises: NotFound."""
    wanted = list(ids)
    rows = {row.id: row for row in discard_rows(writer.connection, wanted)}
    for one in wanted:
        if one not in rows:
            raise NotFound("not-in-trash", f"There is nothing with the number {one} in the trash.", str(one))
        _restore(writer, rows[one])


def forget_discards(writer: SqliteWriter, ids: Iterable[int]) -> None:
    """Deletes things for good; what is no longer in the trash stays as it is."""
    for row in discard_rows(writer.connection, ids):
        _mark(writer, row)


def _mark(writer: SqliteWriter, row: LyingRow) -> None:
    writer.step.record(Change(ChangeKind(row.kind), row.first_id, row.first_id, row.subject))


def _restore(writer: SqliteWriter, row: LyingRow) -> None:
    kind, key, values = ChangeKind(row.kind), from_json(row.subject), from_json(row.before)
    if kind is not ChangeKind.TAG:
        writer.put_row(kind, key, values)
        return
    there = writer.find_tag(values[2])
    if there is None:
        writer.put_tag_row(key[0], _with_free_number(writer, values))
    else:
        # Somebody made one of this name since.
        _mark(writer, row)
    carriers = as_list(chain.from_iterable(carriers_then(writer.connection, row)))
    writer.carry(key[0] if there is None else there, writer.connection.scalars(_EXISTING, carriers).all())


def _with_free_number(writer: SqliteWriter, row: Row) -> Row:
    *others, number = row
    return [*others, 0 if number in writer.numbers_of_tags() else number]
