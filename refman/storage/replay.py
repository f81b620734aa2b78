"""Undo and redo: the stored images written again through the functions that wrote them first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from refman.domain.errors import ConflictError, NotFound
from refman.domain.paper import PaperId
from refman.storage.journal import OF_MANY_PAPERS, Change, ChangeKind
from refman.storage.paper_rows import ids_in_image, without_taken_keys, write_image
from refman.storage.values import field_from_json, field_to_json, from_json, people_from_json, people_to_json, to_json
from refman.storage.writer import SqliteWriter
from refman.storage.writes import ROW_TABLES, row_from_json

_MOST_PAPERS = 1000
"""Of changes that are replayed together: these take about a tenth of a second, as long as others wait at most."""


def conflict() -> ConflictError:
    """The library is not what the journal says it is."""
    return ConflictError(
        "undo-conflict", "What this step changed was changed by another program since; the step was left as it is."
    )


def alike(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes in their order: those that do the same to further papers together, else one by one."""
    found: list[Change] = []
    papers = 0
    for change in changes:
        papers += len(change.ids)
        if found and (papers > _MOST_PAPERS or not _is_alike(found[-1], change)):
            yield found
            found, papers = [], len(change.ids)
        found.append(change)
    if found:
        yield found


def replay_alike(writer: SqliteWriter, changes: Sequence[Change], *, is_forward: bool) -> Change:
    """`replay` for a list that `alike` gave; of several changes none has to stand otherwise in the journal."""
    if len(changes) == 1:
        return replay(writer, changes[0], is_forward=is_forward)
    for change in changes:
        writer.step.summary.note(change, is_forward=is_forward)
    ids = [paper_id for change in changes for paper_id in change.ids]
    _OF_MANY[changes[0].kind](writer, _directed(changes[0], is_forward=is_forward), ids)
    return changes[0]


def replay(writer: SqliteWriter, change: Change, *, is_forward: bool) -> Change:
    """Does a change again, or takes it back; gives the row of the journal as it must stand from now on.

    Raises: ConflictError when what is stored is not what the journal says, after nothing was written.
    """
    writer.step.summary.note(change, is_forward=is_forward)
    directed = _directed(change, is_forward=is_forward)
    if change.kind in (ChangeKind.ADDED, ChangeKind.PURGED):
        comes = (change.kind is ChangeKind.ADDED) == is_forward
        return _bring_papers(writer, change) if comes else _take_papers(writer, change)
    if change.kind in ROW_TABLES:
        _replay_row(writer, directed)
    elif change.kind in OF_MANY_PAPERS:
        _OF_MANY[change.kind](writer, directed, change.ids)
    else:
        _replay_value(writer, directed)
    return change


def with_free_keys(writer: SqliteWriter, change: Change) -> Change:
    """The change with papers that come back without a key that is another paper's by now."""
    if change.image is None:
        return change
    return replace(change, image=without_taken_keys(change.image, writer.may_come_back))


def takes_papers(change: Change, *, is_forward: bool) -> bool:
    """True when replaying the change removes papers."""
    return change.kind is (ChangeKind.PURGED if is_forward else ChangeKind.ADDED)


def _is_alike(one: Change, other: Change) -> bool:
    return one.kind in OF_MANY_PAPERS and (one.kind, one.subject, one.before, one.after) == (
        other.kind,
        other.subject,
        other.before,
        other.after,
    )


def _directed(change: Change, *, is_forward: bool) -> Change:
    return change if is_forward else replace(change, before=change.after, after=change.before)


def _take_papers(writer: SqliteWriter, change: Change) -> Change:
    image = writer.remove_papers(change.ids)
    if len(ids_in_image(image, "paper")) != len(change.ids):
        raise conflict()
    return replace(change, image=image)


def _bring_papers(writer: SqliteWriter, change: Change) -> Change:
    if change.image is None or change.first_id is None or change.last_id is None:
        raise conflict()
    write_image(writer.connection, change.image)
    writer.indexes.papers.add_range(change.first_id, change.last_id)
    return replace(change, image=None)


def _replay_row(writer: SqliteWriter, change: Change) -> None:
    key = from_json(change.subject)
    row = row_from_json(change.after)
    if writer.read_row(change.kind, key) != row_from_json(change.before):
        raise conflict()
    if change.kind is ChangeKind.TAG:
        writer.put_tag_row(key[0], row)
    else:
        writer.put_row(change.kind, key, row)


def _replay_value(writer: SqliteWriter, change: Change) -> None:
    try:
        _VALUE_WRITERS[change.kind](writer, change)
    except NotFound as error:
        raise conflict() from error


def _paper_of(change: Change) -> PaperId:
    assert change.first_id is not None
    return PaperId(change.first_id)


def _check(present: str | None, expected: str | None) -> None:
    if present != expected:
        raise conflict()


def _field(writer: SqliteWriter, change: Change) -> None:
    present = writer.stored_draft(_paper_of(change)).fields.get(change.subject)
    _check(field_to_json(present), change.before)
    writer.set_field(_paper_of(change), change.subject, field_from_json(change.after))


def _people(writer: SqliteWriter, change: Change) -> None:
    present = writer.stored_draft(_paper_of(change)).people.get(change.subject)
    _check(people_to_json(present), change.before)
    writer.set_people(_paper_of(change), change.subject, people_from_json(change.after))


def _key(writer: SqliteWriter, change: Change) -> None:
    _check(to_json(writer.stored_draft(_paper_of(change)).key), change.before)
    writer.set_key(_paper_of(change), from_json(change.after or '""'))


def _type(writer: SqliteWriter, change: Change) -> None:
    _check(to_json(writer.stored_draft(_paper_of(change)).type), change.before)
    writer.set_type(_paper_of(change), from_json(change.after or '""'))


def _changed(writer: SqliteWriter, change: Change) -> None:
    # Only a time: one that another edit has moved on since stays, that is no conflict.
    if change.before is not None and change.after is not None:
        writer.put_changed(_paper_of(change), int(change.after), only_if=int(change.before))


def _trashed(writer: SqliteWriter, change: Change, ids: Sequence[int]) -> None:
    before, after = (None if text is None else int(text) for text in (change.before, change.after))
    if writer.trash_times(ids) != {before}:
        raise conflict()
    writer.put_trashed(ids, after)


def _tagged(writer: SqliteWriter, change: Change, ids: Sequence[int]) -> None:
    tag_id = int(change.subject)
    carriers = writer.carriers_among(tag_id, ids)
    if len(carriers) != (0 if change.before is None else len(ids)):
        raise conflict()
    if change.after is None:
        writer.drop(tag_id, ids)
    else:
        writer.carry(tag_id, ids)


def _source(writer: SqliteWriter, change: Change) -> None:
    """A kept source stays when the step is undone: what a person pasted is never lost."""


_VALUE_WRITERS: dict[ChangeKind, Callable[[SqliteWriter, Change], None]] = {
    ChangeKind.FIELD: _field,
    ChangeKind.PEOPLE: _people,
    ChangeKind.KEY: _key,
    ChangeKind.TYPE: _type,
    ChangeKind.CHANGED: _changed,
    ChangeKind.SOURCE: _source,
}
_OF_MANY: dict[ChangeKind, Callable[[SqliteWriter, Change, Sequence[int]], None]] = {
    ChangeKind.TRASHED: _trashed,
    ChangeKind.TAGGED: _tagged,
}
