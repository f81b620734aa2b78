"""Changing stored papers field by field, and putting them away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from refman.domain.errors import ConflictError
from refman.domain.fields import SITE_FIELDS
from refman.domain.frozen import dataclass
from refman.domain.paper import Draft, FieldValue, Origin, PaperId, People
from refman.storage.journal import Change, ChangeKind, runs
from refman.storage.lookups import LookupReads
from refman.storage.mapping import INDEXED_COLUMNS, Values, fields_of, people_of, rows_of
from refman.storage.paper_rows import SEARCH_COLUMNS, delete_papers, insert_rows, read_image
from refman.storage.reads import as_list, in_list
from refman.storage.tables import paper, paper_text, search_text
from refman.storage.values import field_to_json, people_to_json, to_json
from refman.storage.writes import Writes, no_such, seconds_or_none

_STORED = (
    select(paper, *(column for column in paper_text.c if column.name != "paper_id"))
    .join_from(paper, paper_text, paper_text.c.paper_id == paper.c.id)
    .where(paper.c.id == bindparam("paper_id"))
)
_TRASHED = select(paper.c.id, paper.c.trashed).where(paper.c.id.in_(in_list()))
_SET_TRASHED = update(paper).where(paper.c.id.in_(in_list())).values(trashed=bindparam("seconds"))
_SET_CHANGED = (
    update(paper)
    .where(paper.c.id == bindparam("paper_id"), paper.c.changed == bindparam("only_if"))
    .values(changed=bindparam("seconds"))
)
_DROP_COPY = delete(search_text).where(search_text.c.paper_id == bindparam("paper_id"))


@dataclass(frozen=True, slots=True)
class _Stored:
    """A paper as it stands in the tables."""

    id: int
    row: Mapping[str, Any]
    draft: Draft


class PaperWrites(Writes, LookupReads):
    """Writes of single papers."""

    def set_field(self, paper_id: PaperId, name: str, value: FieldValue | None) -> None:
        """Sets or (None) drops one field that is not a name field. Indexes, sort columns and `changed` follow.

        A score that an importer read leaves `changed` as it is (`domain.fields.SITE_FIELDS`). Raises: NotFound.
        """
        stored = self._stored(paper_id)
        before = stored.draft.fields.get(name)
        if before != value:
            fields = _with(stored.draft.fields, name, value)
            change = _change(ChangeKind.FIELD, paper_id, name, before=field_to_json(before), after=field_to_json(value))
            self._rewrite(stored, replace(stored.draft, fields=fields), change, is_news=not _is_of_site(name, value))

    def set_people(self, paper_id: PaperId, name: str, people: People | None) -> None:
        """Sets or (None) drops the people of one role. Raises: NotFound."""
        stored = self._stored(paper_id)
        before = stored.draft.people.get(name)
        if before != people:
            roles = _with(stored.draft.people, name, people)
            change = _change(
                ChangeKind.PEOPLE, paper_id, name, before=people_to_json(before), after=people_to_json(people)
            )
            self._rewrite(stored, replace(stored.draft, people=roles), change)

    def set_key(self, paper_id: PaperId, key: str) -> None:
        """Raises: ConflictError when `key_is_free` says no, NotFound."""
        stored = self._stored(paper_id)
        if stored.draft.key == key:
            return
        if key and not self.key_is_free(key, paper_id):
            raise key_taken(key)
        change = _change(ChangeKind.KEY, paper_id, "", before=to_json(stored.draft.key), after=to_json(key))
        self._rewrite(stored, replace(stored.draft, key=key), change)

    def set_type(self, paper_id: PaperId, entry_type: str) -> None:
        """Changes the entry type. Raises: NotFound."""
        stored = self._stored(paper_id)
        if stored.draft.type != entry_type:
            change = _change(
                ChangeKind.TYPE, paper_id, "", before=to_json(stored.draft.type), after=to_json(entry_type)
            )
            self._rewrite(stored, replace(stored.draft, type=entry_type), change)

    def set_trashed(self, ids: Sequence[PaperId], when: datetime | None) -> None:
        """Puts papers into the trash, or (None) takes them out. Those in the trash keep their time."""
        present = self.connection.execute(_TRASHED, as_list(set(ids)))
        self.put_trashed(
            [paper_id for paper_id, trashed in present if (trashed is None) == (when is not None)],
            seconds_or_none(when),
        )

    def put_trashed(self, ids: Iterable[int], seconds: int | None) -> None:
        """Writes the time at which papers came into the trash."""
        by_time: dict[int | None, list[int]] = defaultdict(list)
        for paper_id, trashed in self.connection.execute(_TRASHED, as_list(ids)):
            by_time[trashed].append(paper_id)
        by_time.pop(seconds, None)
        for before, changed in by_time.items():
            self.connection.execute(_SET_TRASHED, {"seconds": seconds, **as_list(changed)})
            for first, last in runs(self.step.older(changed)):
                self.step.record(Change(ChangeKind.TRASHED, first, last, "", _number(before), _number(seconds)))

    def purge(self, ids: Sequence[PaperId]) -> None:
        """Removes papers for good (the journal keeps their images for undo). Their exported keys stay remembered."""
        present = self.connection.execute(_TRASHED, as_list(set(ids)))
        for first, last in runs(paper_id for paper_id, _ in present):
            image = self.remove_papers(range(first, last + 1))
            self.step.record(Change(ChangeKind.PURGED, first, last, image=image))

    def remove_papers(self, ids: Iterable[int]) -> bytes:
        """Deletes papers with all that hangs on them; gives what `replay` needs to bring them back."""
        listed = list(ids)
        image = read_image(self.connection, listed)
        self.drop_papers(listed)
        return image

    def drop_papers(self, ids: Iterable[int]) -> None:
        """Deletes papers with all that hangs on them; nothing brings them back."""
        listed = list(ids)
        self.indexes.papers.forget(listed)
        delete_papers(self.connection, listed)

    def put_changed(self, paper_id: int, seconds: int, *, only_if: int) -> None:
        """Writes the time of the last change of a paper, unless it is another than `only_if`."""
        self.connection.execute(_SET_CHANGED, {"paper_id": paper_id, "seconds": seconds, "only_if": only_if})

    def stored_draft(self, paper_id: PaperId) -> Draft:
        """Type, key, fields and people of a paper. Raises: NotFound."""
        return self._stored(paper_id).draft

    def trash_times(self, ids: Iterable[int]) -> set[int | None]:
        """The times at which these papers came into the trash, None for those outside."""
        return {trashed for _, trashed in self.connection.execute(_TRASHED, as_list(ids))}

    def _stored(self, paper_id: int) -> _Stored:
        found = self.connection.execute(_STORED, {"paper_id": paper_id}).one_or_none()
        if found is None:
            raise no_such("paper", paper_id)
        row = found._asdict()
        draft = Draft(row["type"], row["key"] or "", fields_of(row, row), people_of(row))
        return _Stored(paper_id, row, draft)

    def _rewrite(self, stored: _Stored, draft: Draft, change: Change, *, is_news: bool = True) -> None:
        """Writes the columns in which the rows of `draft` differ from the stored ones."""
        rows = rows_of(draft)
        paper_values = _difference(stored.row, rows.paper)
        text_values = _difference(stored.row, rows.text)
        touched = paper_values.keys() | text_values.keys()
        is_indexed = bool(touched & (INDEXED_COLUMNS | {"key"}))
        if is_indexed:
            self.indexes.papers.forget([stored.id])
        if paper_values:
            self.connection.execute(update(paper).where(paper.c.id == stored.id).values(paper_values))
        if text_values:
            self.connection.execute(update(paper_text).where(paper_text.c.paper_id == stored.id).values(text_values))
        if is_indexed:
            self.connection.execute(_DROP_COPY, {"paper_id": stored.id})
            insert_rows(self.connection, search_text, search_rows(stored.id, rows.search))
        self.step.record(change)
        if is_news:
            self._touch(stored)

    def _touch(self, stored: _Stored) -> None:
        before, now = stored.row["changed"], self.now()
        if before != now and not self.step.is_replay:
            self.put_changed(stored.id, now, only_if=before)
            self.step.record(
                Change(ChangeKind.CHANGED, stored.id, stored.id, before=_number(before), after=_number(now))
            )


def _is_of_site(name: str, value: FieldValue | None) -> bool:
    return name in SITE_FIELDS and value is not None and value.origin is not Origin.PERSON


def key_taken(key: str) -> ConflictError:
    """The error about a citation key that belongs to another paper."""
    return ConflictError("key-taken", f'The citation key "{key}" belongs to another paper; choose another one.', key)


def search_rows(paper_id: int, search: Values | None) -> list[tuple[Any, ...]]:
    """The row of `search_text`, if there is one."""
    return [] if search is None else [(paper_id, *(search[name] for name in SEARCH_COLUMNS[1:]))]


def _with(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    changed = {**values, name: value}
    if value is None:
        del changed[name]
    return changed


def _difference(present: Mapping[str, Any], wanted: Values) -> Values:
    return {name: value for name, value in wanted.items() if value != present[name]}


def _change(kind: ChangeKind, paper_id: int, subject: str, *, before: str | None, after: str | None) -> Change:
    return Change(kind, paper_id, paper_id, subject, before, after)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
