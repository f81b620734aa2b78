"""A library in memory: the reference of what the ports promise, and quick enough for every test.

A write works on a copy of the whole state, and the journal keeps the states before and after each step: undo cannot
be wrong. Only what the ports promise is here; nothing is locked, merged within 2 s or given up by a conflict.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from refman.domain.changes import Changes, Operation, OperationId, OperationKind, OperationState
from refman.domain.derived import venue_of, year_of
from refman.domain.errors import (
    ConflictError,
    LibraryExists,
    LibraryMissing,
    LibraryReadOnly,
    NotFound,
    NothingToRedo,
    NothingToUndo,
)
from refman.domain.fields import SITE_FIELDS
from refman.domain.folding import fold, match_key
from refman.domain.listing import (
    HistoryEntry,
    Hits,
    Listing,
    PaperRow,
    SavedSearch,
    SidebarCounts,
    Sort,
    SortField,
    TagBadge,
    TagInfo,
)
from refman.domain.names import short_list
from refman.domain.paper import (
    Attachment,
    AttachmentId,
    Draft,
    FieldValue,
    Note,
    NoteId,
    Origin,
    Paper,
    PaperId,
    People,
    SourceId,
    SourceSpan,
    Span,
)
from refman.domain.ports import Store
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.progress import Progress
from refman.domain.query import EVERYTHING, InTrash, Untagged
from refman.domain.query_match import matches
from refman.domain.sources import Block, Candidate, SourceText
from refman.domain.tags import ancestors_of, fold_tag, is_same_or_below, tag_order
from tests.fake_links import FakeLinkReads, FakeLinkWrites


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def pass_seconds(self, seconds: int) -> None:
        """Moves the clock on."""
        self.moment += timedelta(seconds=seconds)


@dataclass
class _State:
    """Everything that undo brings back. Values are immutable, so copies of the dicts are enough."""

    papers: dict[PaperId, Paper] = field(default_factory=dict)
    tags: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    profiles: dict[str, AuthorProfile] = field(default_factory=dict)
    searches: dict[str, SavedSearch] = field(default_factory=dict)
    sources: dict[SourceId, SourceText] = field(default_factory=dict)
    blocks: tuple[tuple[SourceId, Block], ...] = ()

    def copied(self) -> "_State":
        state = copy(self)
        for name in ("papers", "tags", "profiles", "searches", "sources"):
            setattr(state, name, dict(getattr(self, name)))
        return state


@dataclass
class _Step:
    operation: Operation
    before: _State
    after: _State


class FakeReader(FakeLinkReads):
    """Reads of one state."""

    def __init__(self, store: "FakeStore", state: _State) -> None:
        self._store = store
        self.state = state

    def paper(self, paper_id: PaperId) -> Paper | None:
        return self.state.papers.get(paper_id)

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        return [self.state.papers[one] for one in ids if one in self.state.papers]

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        return [self._row(paper) for paper in self.papers(ids)]

    def _row(self, paper: Paper) -> PaperRow:
        people = paper.people.get("author", People())
        looks = [self.state.tags[fold_tag(name)] for name in paper.tags]
        return PaperRow(
            paper.id,
            paper.key,
            paper.type,
            paper.plain("title"),
            short_list(people.names, truncated=people.truncated),
            paper.plain("year") or str(year_of(paper) or ""),
            paper.plain("month"),
            venue_of(paper),
            paper.plain("category_code"),
            paper.plain("score"),
            paper.plain("doi"),
            paper.plain("eprint"),
            paper.added,
            paper.changed,
            tuple(TagBadge(name, colour) for name, colour, _ in looks),
            has_note=bool(paper.stored_notes),
            has_file=bool(paper.attachments),
            has_pdf=any(one.media_type == "application/pdf" for one in paper.attachments),
            is_trashed=paper.trashed is not None,
        )

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        ids = {paper.key: paper.id for paper in self.state.papers.values() if paper.key}
        return {key: ids[key] for key in keys if key in ids}

    def first_ids(self, listing: Listing, *, limit: int) -> "array[int]":
        return self.ids(listing, limit=limit)

    def position(self, listing: Listing, paper_id: PaperId) -> int | None:
        ids = self.ids(listing)
        return ids.index(paper_id) if paper_id in ids else None

    def hits(self, listing: Listing, *, first: int) -> Hits:
        ids = self.ids(listing)
        return Hits(len(ids), ids[:first])

    def ids(self, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
        papers = [paper for paper in self.state.papers.values() if matches(listing.query, paper)]
        # The last level decides first; a stable sort keeps it among equals of the levels above.
        papers.sort(key=lambda paper: (-paper.added.timestamp(), paper.id))
        for level in reversed(listing.sort):
            papers = _sorted_by(papers, level)
        end = None if limit is None else offset + limit
        return array("q", [paper.id for paper in papers][offset:end])

    def counts(self) -> SidebarCounts:
        papers, untagged, trashed = (
            self.hits(Listing(query), first=0).count for query in (EVERYTHING, Untagged(), InTrash())
        )
        return SidebarCounts(papers, untagged, trashed)

    def tags(self) -> list[TagInfo]:
        counts = self.tag_counts(Listing())
        names = {folded: name for folded, (name, _, _) in self.state.tags.items()}
        for name in list(names.values()):
            for level in ancestors_of(name):
                names.setdefault(fold_tag(level), level)
        looks = {folded: self.state.tags.get(folded, (name, 0, 0)) for folded, name in names.items()}
        ordered = sorted(looks.values(), key=lambda look: tag_order(look[0]))
        return [TagInfo(name, colour, key, counts.get(name, 0)) for name, colour, key in ordered]

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        counts: dict[str, int] = {}
        names = {fold_tag(level): level for tag in self.state.tags.values() for level in ancestors_of(tag[0])}
        names.update({folded: tag[0] for folded, tag in self.state.tags.items()})
        for paper in self.papers([PaperId(one) for one in self.ids(listing)]):
            carried = {fold_tag(name) for name in paper.tags}
            for top, name in names.items():
                counts[name] = counts.get(name, 0) + any(is_same_or_below(tag, top) for tag in carried)
        return {name: number for name, number in counts.items() if number}

    def tags_of(self, ids: Sequence[PaperId]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for paper in self.papers(list(dict.fromkeys(ids))):
            for name in paper.tags:
                counts[name] = counts.get(name, 0) + 1
        return counts

    def notes(self, paper_id: PaperId) -> list[Note]:
        paper = self.paper(paper_id)
        return list(paper.stored_notes) if paper else []

    def note(self, note_id: NoteId) -> tuple[PaperId, Note] | None:
        found = ((paper.id, note) for paper in self.state.papers.values() for note in paper.stored_notes)
        return next((pair for pair in found if pair[1].id == note_id), None)

    def attachments(self, paper_id: PaperId) -> list[Attachment]:
        paper = self.paper(paper_id)
        return list(paper.attachments) if paper else []

    def profiles(self) -> list[AuthorProfile]:
        return [self.state.profiles[folded] for folded in sorted(self.state.profiles)]

    def saved_searches(self) -> list[SavedSearch]:
        return [self.state.searches[folded] for folded in sorted(self.state.searches)]

    def source_text(self, source_id: SourceId) -> SourceText | None:
        return self.state.sources.get(source_id)

    def source_named_by(self, text: str) -> SourceId | None:
        return next((one for one, source in self.state.sources.items() if source.text == text), None)

    def source_of_hash(self, sha256: str) -> SourceId | None:
        return next((one for one in self.state.sources if self._store.hashes.get(one) == sha256), None)

    def blocks(self) -> list[tuple[SourceId, Block]]:
        return list(self.state.blocks)

    def macros(self) -> dict[str, str]:
        return {block.name.lower(): block.value for _, block in self.state.blocks if block.kind == "string"}

    def candidates(
        self, *, dois: Iterable[str] = (), eprints: Iterable[str] = (), titles: Iterable[str] = ()
    ) -> list[Candidate]:
        wanted = set(dois), set(eprints), set(titles)
        found = [_candidate(paper) for paper in self.state.papers.values() if paper.trashed is None]
        return [one for one in found if one.doi in wanted[0] or one.eprint in wanted[1] or one.title in wanted[2]]

    def crowded_titles(self, titles: Iterable[str], *, most: int) -> set[str]:
        counts = Counter(_candidate(paper).title for paper in self.state.papers.values() if paper.trashed is None)
        return {title for title in titles if title and counts[title] > most}

    def keys_like(self, folded_stem: str) -> set[str]:
        keys = {paper.key.lower() for paper in self.state.papers.values()} | set(self._store.exported)
        return {key for key in keys if key and key.startswith(folded_stem)}

    def key_is_free(self, key: str, paper_id: PaperId | None) -> bool:
        owners = {paper.id for paper in self.state.papers.values() if paper.key.lower() == key.lower()}
        remembered = {self._store.exported[key.lower()][1]} if key.lower() in self._store.exported else set()
        return (owners | remembered) <= {paper_id}

    def exported_keys(self, paper_id: PaperId) -> list[str]:
        return [key for key, owner in self._store.exported.values() if owner == paper_id]

    def taken_keys(self, keys: Iterable[str], paper_id: PaperId | None = None) -> set[str]:
        return {key.lower() for key in keys if not self.key_is_free(key, paper_id)}

    def ids_without_key(self) -> "array[int]":
        return array("q", [paper.id for paper in self.state.papers.values() if not paper.key])

    def history(self, *, limit: int | None = None) -> list[Operation]:
        return [step.operation for step in reversed(self._store.steps)][:limit]

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        return [entry for step in reversed(self._store.steps) for entry in _entries(step, paper_id)]

    def undoable(self) -> Operation | None:
        done = [step.operation for step in self._store.steps if step.operation.state is OperationState.DONE]
        return done[-1] if done else None

    def redoable(self) -> Operation | None:
        undone = [step.operation for step in self._store.steps if step.operation.state is OperationState.UNDONE]
        return undone[0] if undone else None

    def version(self) -> int:
        return self._store.writes

    def changes_since(self, version: int) -> Changes:
        return Changes() if version == self._store.writes else Changes(everything=True)


class FakeWriter(FakeLinkWrites, FakeReader):
    """Writes into a copy of the state."""

    def __init__(self, store: "FakeStore", state: _State) -> None:
        super().__init__(store, state)
        self.kind = OperationKind.EDIT
        self.name = ""

    def _put(self, paper: Paper) -> None:
        if self.state.papers.get(paper.id) != paper:
            self.state.papers[paper.id] = replace(paper, changed=self._store.clock.now())

    def _get(self, paper_id: PaperId) -> Paper:
        paper = self.paper(paper_id)
        if paper is None:
            raise NotFound("no-paper", f"There is no paper {paper_id}.", str(paper_id))
        return paper

    def add_papers(self, drafts: Sequence[Draft], *, added: datetime) -> list[PaperId]:
        ids = []
        for draft in drafts:
            if draft.key and not self.key_is_free(draft.key, None):
                raise ConflictError("key-taken", f"The key {draft.key} is taken.", draft.key)
            paper_id = PaperId(self._store.new_id())
            tags = tuple(self._tag(name) for name in draft.tags)
            notes = tuple(Note(NoteId(self._store.new_id()), text, added, added) for text in draft.notes)
            self.state.papers[paper_id] = Paper(
                draft.type,
                draft.key,
                dict(draft.fields),
                dict(draft.people),
                tuple(sorted(dict.fromkeys(tags), key=fold_tag)),
                draft.notes,
                id=paper_id,
                added=added,
                changed=added,
                stored_notes=notes,
            )
            ids.append(paper_id)
        return ids

    def set_field(self, paper_id: PaperId, name: str, value: FieldValue | None) -> None:
        paper = self._get(paper_id)
        fields = {key: one for key, one in paper.fields.items() if key != name or value is not None}
        changed = replace(paper, fields=fields if value is None else {**fields, name: value})
        if name in SITE_FIELDS and value is not None and value.origin is not Origin.PERSON:
            self.state.papers[paper_id] = changed
        else:
            self._put(changed)

    def set_people(self, paper_id: PaperId, name: str, people: People | None) -> None:
        paper = self._get(paper_id)
        roles = {role: one for role, one in paper.people.items() if role != name}
        self._put(replace(paper, people=roles if people is None else {**roles, name: people}))

    def set_key(self, paper_id: PaperId, key: str) -> None:
        if not self.key_is_free(key, paper_id):
            raise ConflictError("key-taken", f"The key {key} is taken.", key)
        self._put(replace(self._get(paper_id), key=key))

    def set_type(self, paper_id: PaperId, entry_type: str) -> None:
        self._put(replace(self._get(paper_id), type=entry_type))

    def set_trashed(self, ids: Sequence[PaperId], when: datetime | None) -> None:
        for paper in self.papers(ids):
            self.state.papers[paper.id] = replace(paper, trashed=when)

    def purge(self, ids: Sequence[PaperId]) -> None:
        for paper in self.papers(ids):
            del self.state.papers[paper.id]

    def put_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        tags = [self._tag(name) for name in names]
        self._set_tags(ids, lambda carried: {**carried, **{fold_tag(tag): tag for tag in tags}})

    def take_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        folded = {fold_tag(name) for name in names}
        self._set_tags(ids, lambda carried: {key: tag for key, tag in carried.items() if key not in folded})

    def _set_tags(self, ids: Sequence[PaperId], change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        for paper in self.papers(ids):
            tags = change({fold_tag(name): name for name in paper.tags})
            self.state.papers[paper.id] = replace(paper, tags=tuple(tags[folded] for folded in sorted(tags)))

    def _tag(self, name: str) -> str:
        return self.state.tags.setdefault(fold_tag(name), (name, 0, 0))[0]

    def create_tag(self, name: str) -> None:
        self._tag(name)

    def rename_tag(self, old: str, new: str) -> None:
        moved = {tag: new + tag[len(old) :] for tag in self._branch(old)}
        for source, target in moved.items():
            _, colour, key = self.state.tags.pop(fold_tag(source))
            present = self.state.tags.get(fold_tag(target))
            self.state.tags[fold_tag(target)] = present or (target, colour, key)
        names = {fold_tag(source): self.state.tags[fold_tag(target)][0] for source, target in moved.items()}
        self._set_tags(
            list(self.state.papers),
            lambda carried: {fold_tag(names.get(key, tag)): names.get(key, tag) for key, tag in carried.items()},
        )

    def delete_tag(self, name: str) -> None:
        branch = self._branch(name)
        self.take_tags(list(self.state.papers), branch)
        for tag in branch:
            del self.state.tags[fold_tag(tag)]

    def _branch(self, name: str) -> list[str]:
        tags = [tag for folded, (tag, _, _) in self.state.tags.items() if is_same_or_below(folded, fold_tag(name))]
        if not tags:
            raise NotFound("no-tag", f"There is no tag {name}.", name)
        return tags

    def set_tag_look(self, name: str, *, colour: int, number_key: int) -> None:
        if number_key:
            for folded, (other, shade, key) in self.state.tags.items():
                self.state.tags[folded] = (other, shade, 0 if key == number_key else key)
        tag = self._tag(name)
        self.state.tags[fold_tag(name)] = (tag, colour, number_key)

    def add_note(self, paper_id: PaperId, text: str, *, when: datetime) -> NoteId:
        note = Note(NoteId(self._store.new_id()), text, when, when)
        self._set_notes(paper_id, (*self._get(paper_id).stored_notes, note))
        return note.id

    def edit_note(self, note_id: NoteId, text: str, *, when: datetime) -> None:
        paper_id, _ = self._note(note_id)
        self._set_notes(
            paper_id,
            tuple(
                replace(one, text=text, changed=when) if one.id == note_id and one.text != text else one
                for one in self.notes(paper_id)
            ),
        )

    def delete_note(self, note_id: NoteId) -> None:
        paper_id, _ = self._note(note_id)
        self._set_notes(paper_id, tuple(one for one in self.notes(paper_id) if one.id != note_id))

    def _note(self, note_id: NoteId) -> tuple[PaperId, Note]:
        found = self.note(note_id)
        if found is None:
            raise NotFound("no-note", f"There is no note {note_id}.", str(note_id))
        return found

    def _set_notes(self, paper_id: PaperId, notes: tuple[Note, ...]) -> None:
        paper = replace(self._get(paper_id), stored_notes=notes, notes=tuple(note.text for note in notes))
        self.state.papers[paper_id] = paper

    def add_attachment(self, paper_id: PaperId, attachment: Attachment) -> AttachmentId:
        paper = self._get(paper_id)
        added = replace(attachment, id=AttachmentId(self._store.new_id()))
        self.state.papers[paper_id] = replace(paper, attachments=(*paper.attachments, added))
        return added.id

    def remove_attachment(self, attachment_id: AttachmentId) -> None:
        for paper in list(self.state.papers.values()):
            left = tuple(one for one in paper.attachments if one.id != attachment_id)
            self.state.papers[paper.id] = replace(paper, attachments=left)

    def keep_source(self, source: SourceText) -> SourceId:
        present = self.source_named_by(source.text)
        if present is not None:
            return present
        sha256 = hashlib.sha256(source.text.encode()).hexdigest()
        source_id = self.begin_source(source.name, source.format, sha256=sha256, imported=source.imported)
        self.state.sources[source_id] = source
        return source_id

    def begin_source(self, name: str, format: str, *, sha256: str, imported: datetime) -> SourceId:
        source_id = SourceId(self._store.new_id())
        self.state.sources[source_id] = SourceText(name, format, "", imported)
        self._store.hashes[source_id] = sha256
        return source_id

    def add_source_pieces(self, source_id: SourceId, first: int, pieces: Sequence[bytes]) -> None:
        assert {len(piece) for piece in pieces[:-1]} <= {65_536}
        self._store.pieces.setdefault(source_id, []).extend(pieces)
        text = b"".join(self._store.pieces[source_id]).decode("utf-8", "ignore")
        self.state.sources[source_id] = replace(self.state.sources[source_id], text=text)

    def add_spans(self, source_id: SourceId, spans: Sequence[tuple[PaperId, Span]], *, when: datetime) -> None:
        source = self.state.sources[source_id]
        for paper_id, span in spans:
            paper = self._get(paper_id)
            place = SourceSpan(source_id, source.name, source.format, when, span)
            if not any(one.source_id == source_id and one.span == span for one in paper.came_from):
                self.state.papers[paper_id] = replace(paper, came_from=(*paper.came_from, place))

    def add_blocks(self, source_id: SourceId, blocks: Sequence[Block]) -> None:
        self.state.blocks += tuple((source_id, block) for block in blocks)

    def put_capture(self, name: str, category_code: str, capture: Capture) -> None:
        present = self.state.profiles.get(fold(name), AuthorProfile(name, category_code))
        others = [one for one in present.captures if one.captured_on != capture.captured_on]
        captures = sorted([*others, capture], key=lambda one: one.captured_on, reverse=True)
        self.state.profiles[fold(name)] = replace(
            present, category_code=category_code or present.category_code, captures=tuple(captures)
        )

    def save_search(self, search: SavedSearch) -> None:
        self.state.searches[fold(search.name)] = search

    def delete_saved_search(self, name: str) -> None:
        if self.state.searches.pop(fold(name), None) is None:
            raise NotFound("no-saved-search", f"There is no saved search {name}.", name)

    def remember_exported(self, keys: Mapping[str, PaperId]) -> None:
        for key, paper_id in keys.items():
            self._store.exported.setdefault(key.lower(), (key, paper_id))

    def journal(self, kind: OperationKind, name: str, *, merge_key: str = "") -> None:
        self.kind, self.name = kind, name

    def commit_chunk(self) -> None:
        self._store.chunks += 1

    def give_turn(self) -> None:
        self.commit_chunk()


class FakeStore:
    """A library in memory."""

    def __init__(self, clock: FakeClock, *, location: str = "memory.refman", is_writable: bool = True) -> None:
        self.clock = clock
        self.location = location
        self.is_writable = is_writable
        self.exported: dict[str, tuple[str, PaperId]] = {}
        self.is_unchecked = False
        self.file_problems: list[str] = []
        self.steps: list[_Step] = []
        self.hashes: dict[SourceId, str] = {}
        self.pieces: dict[SourceId, list[bytes]] = {}
        self.writes = 0
        self.chunks = 0
        self.is_open = True
        self._state = _State()
        self._ids = 0
        self._last_changes = Changes()

    def new_id(self) -> int:
        """An id that nothing had before."""
        self._ids += 1
        return self._ids

    @contextmanager
    def read(self) -> Iterator[FakeReader]:
        yield FakeReader(self, self._state)

    @contextmanager
    def write(self) -> Iterator[FakeWriter]:
        if not self.is_writable:
            raise LibraryReadOnly("read-only", f"{self.location} cannot be written.", self.location)
        before = self._state
        exported = dict(self.exported)
        writer = FakeWriter(self, before.copied())
        try:
            yield writer
        except BaseException:
            self.exported = exported
            raise
        self._last_changes = Changes()
        if writer.state != before:
            changes = _changes(before, writer.state)
            self._keep(writer, before, changes)
            self._show(writer.state, replace(changes, operation=self.steps[-1].operation))

    def _keep(self, writer: FakeWriter, before: _State, changes: Changes) -> None:
        if not writer.name:
            raise RuntimeError("a write changed the library without naming its step")
        papers = len(changes.added | changes.changed | changes.removed)
        operation = Operation(
            OperationId(self.new_id()), self.clock.now(), writer.kind, writer.name, OperationState.DONE, papers
        )
        done = [step for step in self.steps if step.operation.state is OperationState.DONE]
        self.steps = [*done, _Step(operation, before, writer.state)]

    def _show(self, state: _State, changes: Changes) -> None:
        self._state = state
        self._last_changes = changes
        self.writes += 1

    def last_changes(self) -> Changes:
        return self._last_changes

    def undo(self, progress: Progress) -> Operation:
        step = next((one for one in reversed(self.steps) if one.operation.state is OperationState.DONE), None)
        if step is None:
            raise NothingToUndo("nothing-to-undo", "There is nothing to undo.")
        return self._go(step, step.before, OperationState.UNDONE)

    def redo(self, progress: Progress) -> Operation:
        step = next((one for one in self.steps if one.operation.state is OperationState.UNDONE), None)
        if step is None:
            raise NothingToRedo("nothing-to-redo", "There is nothing to do again.")
        return self._go(step, step.after, OperationState.DONE)

    def _go(self, step: _Step, state: _State, result: OperationState) -> Operation:
        step.operation = replace(step.operation, state=result)
        self._show(state, _changes(self._state, state))
        return step.operation

    def interrupt_reads(self) -> None:
        """Nothing runs here."""

    def check(self) -> list[str]:
        return []

    @property
    def needs_check(self) -> bool:
        return self.is_unchecked

    def check_file(self, progress: Progress) -> list[str]:
        self.is_unchecked = False
        return self.file_problems

    def backup(self, target: str) -> None:
        raise LibraryReadOnly("read-only", f"{target} is not written: this library is in memory.", target)

    def close(self) -> None:
        self.is_open = False


class FakeOpener:
    """Libraries in memory by their location."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.stores: dict[str, FakeStore] = {}

    def create(self, location: str) -> None:
        if location in self.stores:
            raise LibraryExists("library-exists", f"There is a library at {location}.", location)
        self.stores[location] = FakeStore(self.clock, location=location)

    def open(self, location: str) -> Store:
        if location not in self.stores:
            raise LibraryMissing("library-missing", f"There is no library at {location}.", location)
        return self.stores[location]

    def restore(self, backup: str, location: str) -> str:
        kept = f"{location}.before-restore"
        self.stores[kept], self.stores[location] = self.stores[location], self.stores[backup]
        return kept


def _sorted_by(papers: list[Paper], level: Sort) -> list[Paper]:
    """Papers without the value last in both directions; equals stay in order."""
    values = {paper.id: _sort_value(paper, level.field) for paper in papers}
    present = [paper for paper in papers if values[paper.id] is not None]
    missing = [paper for paper in papers if values[paper.id] is None]

    return sorted(present, key=lambda paper: values[paper.id] or (0, 0.0, ""), reverse=level.is_descending) + missing


def _sort_value(paper: Paper, name: SortField) -> tuple[int, float, str] | None:
    if name in (SortField.ADDED, SortField.CHANGED):
        return (0, (paper.added if name is SortField.ADDED else paper.changed).timestamp(), "")
    if name is SortField.YEAR:
        year = year_of(paper)
        return None if year is None else (0, year, "")
    if name in (SortField.MONTH, SortField.SCORE):
        return (0, float(paper.plain(name)), "") if paper.plain(name) else None
    texts = {
        SortField.KEY: paper.key.lower(),
        SortField.TYPE: paper.type.lower(),
        SortField.VENUE: fold(venue_of(paper)),
        SortField.AUTHORS: fold(" ".join(one.inverted for one in paper.authors)),
        SortField.TITLE: fold(paper.plain("title")),
    }
    text = texts.get(name, paper.plain(name).lower())
    return (0, 0.0, text) if text else None


def _candidate(paper: Paper) -> Candidate:
    return Candidate(
        paper.id,
        paper.key,
        match_key(paper.plain("title")),
        paper.plain("doi").lower(),
        paper.plain("eprint").lower().split("v")[0],
        frozenset(fold(one.family or one.literal) for one in paper.authors) - {""},
        year_of(paper),
        paper.type,
    )


def _changes(before: _State, after: _State) -> Changes:
    old, new = before.papers, after.papers
    return Changes(
        added=frozenset(new.keys() - old.keys()),
        changed=frozenset(one for one in new.keys() & old.keys() if new[one] != old[one]),
        removed=frozenset(old.keys() - new.keys()),
        tags=before.tags != after.tags or any(old[one].tags != new[one].tags for one in old.keys() & new.keys()),
        profiles=before.profiles != after.profiles,
        saved_searches=before.searches != after.searches,
    )


def _entries(step: _Step, paper_id: PaperId) -> Iterator[HistoryEntry]:
    old, new = step.before.papers.get(paper_id), step.after.papers.get(paper_id)
    if step.operation.state is not OperationState.DONE or old is None or new is None:
        return
    when, name = step.operation.when, step.operation.name
    if old.type != new.type:
        yield HistoryEntry(when, name, "type", old.type, new.type)
    for one in sorted(old.fields.keys() | new.fields.keys()):
        if old.plain(one) != new.plain(one):
            yield HistoryEntry(when, name, one, old.plain(one), new.plain(one))
