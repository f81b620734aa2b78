"""The trash beside papers, and older values, of a library in memory (`tests/fakes.py`)."""

from collections.abc import Iterable
from dataclasses import replace

from refman.domain.changes import OperationKind
from refman.domain.discards import Discard, DiscardId, DiscardKind
from refman.domain.errors import NotFound
from refman.domain.paper import Attachment, Note, Paper, PaperId
from refman.domain.tags import fold_tag
from tests.fake_reader import FakeReader
from tests.fake_state import Lying


class FakeTrash(FakeReader):
    """Things that were deleted stay in the state."""

    kind: OperationKind

    def _discard(self, kind: DiscardKind, what: str, paper_id: PaperId | None = None) -> Discard:
        paper = self.paper(paper_id) if paper_id is not None else None
        name = paper.key or paper.plain("title") or str(paper.id) if paper else ""
        return Discard(DiscardId(self._store.new_id()), kind, what, self._store.clock.now(), paper_id, name)

    def throw_away(self, kind: DiscardKind, what: str, thing: Note | Attachment, owner: PaperId) -> None:
        """Puts a note or a file into the trash."""
        made = self._discard(kind, what, owner)
        self.state.discards[made.id] = Lying(made, thing)

    def throw_tag_away(self, name: str) -> None:
        """Puts a tag into the trash; a tag that becomes one with another does not go there."""
        carriers = tuple(one for one, paper in self.state.papers.items() if name in paper.tags)
        made = replace(self._discard(DiscardKind.TAG, name), papers=len(carriers))
        if self.kind is OperationKind.TRASH:
            self.state.discards[made.id] = Lying(made, carriers, self.state.tags[fold_tag(name)])

    def restore_discards(self, ids: Iterable[DiscardId]) -> None:
        for one in ids:
            lying = self.state.discards.pop(one, None)
            if lying is None:
                raise NotFound("not-in-trash", f"There is nothing with the number {one} in the trash.", str(one))
            self._bring_back(lying)

    def _bring_back(self, lying: Lying) -> None:
        thing = lying.thing
        if isinstance(thing, tuple):
            tag = self.state.tags.setdefault(fold_tag(lying.discard.what), lying.look)[0]
            for paper in self.papers(thing):
                names = {fold_tag(name): name for name in (*paper.tags, tag)}
                self.state.papers[paper.id] = replace(paper, tags=tuple(names[folded] for folded in sorted(names)))
            return
        assert lying.discard.paper_id is not None
        paper = self.state.papers[lying.discard.paper_id]
        self.state.papers[paper.id] = _with_note(paper, thing) if isinstance(thing, Note) else _with_file(paper, thing)

    def forget_discards(self, ids: Iterable[DiscardId]) -> None:
        for one in ids:
            self.state.discards.pop(one, None)

    def put_back(self, paper_id: PaperId, entry_id: int) -> None:
        step = next((one for one in self._store.steps if one.operation.id == entry_id // 1000), None)
        paper = self.paper(paper_id)
        if step is None or paper is None:
            raise NotFound("no-such-value", f"There is no value {entry_id}.", str(entry_id))
        old, new = step.before.papers[paper_id], step.after.papers[paper_id]
        if entry_id % 1000 == 0:
            self.state.papers[paper_id] = replace(paper, type=old.type)
            return
        name = sorted(old.fields.keys() | new.fields.keys())[entry_id % 1000 - 1]
        fields = {key: one for key, one in paper.fields.items() if key != name}
        present = {name: old.fields[name]} if name in old.fields else {}
        self.state.papers[paper_id] = replace(paper, fields={**fields, **present}, changed=self._store.clock.now())


def _with_note(paper: Paper, note: Note) -> Paper:
    notes = tuple(sorted((*paper.stored_notes, note), key=lambda one: one.id))
    return replace(paper, stored_notes=notes, notes=tuple(one.text for one in notes))


def _with_file(paper: Paper, file: Attachment) -> Paper:
    return replace(paper, attachments=tuple(sorted((*paper.attachments, file), key=lambda one: one.id)))
