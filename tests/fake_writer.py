"""Writes of a library in memory (`tests/fakes.py`)."""

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from refman.domain.changes import OperationKind
from refman.domain.discards import DiscardKind
from refman.domain.errors import (
    ConflictError,
    NotFound,
)
from refman.domain.fields import SITE_FIELDS
from refman.domain.folding import fold
from refman.domain.listing import (
    SavedSearch,
)
from refman.domain.packing import Packed
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
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.sources import Block, SourceText
from refman.domain.tags import fold_tag, is_same_or_below
from refman.storage.packing import Columns, RowPacking
from tests.fake_links import FakeLinkWrites
from tests.fake_state import FakeMemory, State
from tests.fake_trash import FakeTrash


class FakeWriter(FakeLinkWrites, FakeTrash):
    """Writes into a copy of the state."""

    def __init__(self, store: FakeMemory, state: State) -> None:
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
        for tag in branch:
            self.throw_tag_away(tag)
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
        paper_id, note = self._note(note_id)
        self.throw_away(DiscardKind.NOTE, note.text, note, paper_id)
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
            for gone in set(paper.attachments).difference(left):
                self.throw_away(DiscardKind.FILE, gone.title or gone.path, gone, paper.id)
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

    def add_packed(
        self,
        packed: Packed,
        *,
        instead: Mapping[int, Draft],
        without: Set[int],
        source_id: SourceId,
        added: datetime,
    ) -> list[PaperId]:
        places = [place for place in range(len(Columns(packed).names)) if place not in without]
        drafts = [instead[place] if place in instead else RowPacking().unpack(packed, place) for place in places]
        ids = self.add_papers(drafts, added=added)
        spans = [(paper_id, draft.span) for paper_id, draft in zip(ids, drafts, strict=True) if draft.span]
        self.add_spans(source_id, spans, when=added)
        return ids

    def add_source_pieces(self, source_id: SourceId, first: int, pieces: Sequence[bytes]) -> None:
        texts = list(map(zlib.decompress, pieces))
        assert {len(piece) for piece in texts[:-1]} <= {65_536}
        known = self._store.pieces.setdefault(source_id, [])
        known.extend([b""] * (first + len(texts) - len(known)))
        known[first : first + len(texts)] = texts
        text = b"".join(known).decode("utf-8", "ignore")
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

    def replace_block(self, source_id: SourceId, old: Block, new: Block | None) -> None:
        if (source_id, old) not in self.state.blocks:
            raise NotFound("no-block", f"There is no {old.kind} {old.name}.", old.name)
        place = self.state.blocks.index((source_id, old))
        replaced = () if new is None else ((source_id, new),)
        self.state.blocks = (*self.state.blocks[:place], *replaced, *self.state.blocks[place + 1 :])

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

    def release_keys(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._store.exported.pop(key.lower(), None)

    def journal(self, kind: OperationKind, name: str, *, merge_key: str = "") -> None:
        self.kind, self.name = kind, name

    def commit_chunk(self) -> None:
        self._store.chunks += 1

    def give_turn(self) -> None:
        self.commit_chunk()
