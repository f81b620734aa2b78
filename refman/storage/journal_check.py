"""Is the journal consistent: can every step be undone or redone, as far as that can be told without doing it."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from refman.domain.changes import OperationState
from refman.storage.journal import ChangeKind
from refman.storage.journal_tables import change, meta, operation
from refman.storage.journal_writes import is_alive
from refman.storage.sources import text_hash
from refman.storage.tables import paper, source, source_chunk

_MOST = 20
_JSON_KINDS = frozenset(ChangeKind) - {ChangeKind.TAGGED, ChangeKind.ADDED, ChangeKind.PURGED, ChangeKind.SOURCE}
_CHANGES = (
    select(change, operation.c.state)
    .join(operation, operation.c.id == change.c.operation_id)
    .execution_options(yield_per=200)
)
_RUNNING = select(operation.c.id, operation.c.name, operation.c.owner).where(
    operation.c.state == OperationState.RUNNING
)
_STATES = select(operation.c.id, operation.c.state).order_by(operation.c.id)
_NEWEST = select(func.coalesce(func.max(operation.c.version), 0))
_SOURCES = select(source.c.id, source.c.name, source.c.sha256)
_PIECES = (
    select(source_chunk.c.data)
    .where(source_chunk.c.source_id == bindparam("source_id"))
    .order_by(source_chunk.c.position)
)


def journal_problems(connection: Connection) -> list[str]:
    """Sentences about steps that could not be undone or redone, and about kept sources; empty when all is well."""
    found = []
    for problem in _problems(connection):
        found.append(problem)
        if len(found) == _MOST:
            break
    return found


def _problems(connection: Connection) -> Iterator[str]:
    if (connection.scalar(_NEWEST) or 0) > (connection.scalar(select(meta.c.version)) or 0):
        yield "Journal: a step is newer than the library"
    for row in connection.execute(_RUNNING):
        if not is_alive(row.owner):
            yield f"Journal: the step {row.id} was not ended; open the library to take it back"
    yield from _order_problems(connection)
    for row in connection.execute(_CHANGES):
        if problem := _change_problem(connection, row):
            yield f"Journal: change {row.id} of step {row.operation_id} {problem}"
    yield from _source_problems(connection)


def _order_problems(connection: Connection) -> Iterator[str]:
    """Undone steps are the newest ones: what was done after them would have dropped them."""
    seen_undone = False
    for row in connection.execute(_STATES):
        if seen_undone and row.state == OperationState.DONE:
            yield f"Journal: the step {row.id} was done after steps that are undone"
        seen_undone |= row.state == OperationState.UNDONE


def _change_problem(connection: Connection, row: Any) -> str:
    if row.kind not in set(ChangeKind):
        return f"is of the unknown kind {row.kind}"
    if row.kind in _JSON_KINDS and not all(map(_is_json, (row.before, row.after))):
        return "is not readable"
    if row.kind in (ChangeKind.ADDED, ChangeKind.PURGED):
        return _image_problem(connection, row)
    return ""


def _is_json(text: str | None) -> bool:
    try:
        json.loads(text or "null")
    except ValueError:
        return False
    return True


def _image_problem(connection: Connection, row: Any) -> str:
    """Papers that are gone must be in the image, those that are there need none."""
    are_there = (row.kind == ChangeKind.ADDED) == (row.state != OperationState.UNDONE)
    if row.state not in (OperationState.DONE, OperationState.UNDONE):
        # On its way between the two.
        return ""
    if are_there:
        return "" if row.image is None else "holds papers that are in the library"
    if row.image is None:
        return "has lost its papers"
    try:
        held = json.loads(zlib.decompress(row.image))[paper.name]
    except (zlib.error, ValueError, KeyError):
        return "holds papers that cannot be read"
    wanted = row.last_id - row.first_id + 1
    return "" if len(held) == wanted else f"holds {len(held)} papers instead of {wanted}"


def _source_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute(_SOURCES).all():
        data = connection.scalars(_PIECES, {"source_id": row.id})
        try:
            text = b"".join(map(zlib.decompress, data)).decode()
        except (zlib.error, UnicodeDecodeError):
            yield f"Sources: the text {row.id} ({row.name}) cannot be read"
            continue
        if text_hash(text) != row.sha256:
            yield f"Sources: the text {row.id} ({row.name}) is not what was kept"
