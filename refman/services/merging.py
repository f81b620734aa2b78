"""Merging papers that are one work: one stays and takes what the others know, the others go to the trash.

Nothing is overwritten unasked: what is empty is filled, a value that differs is taken only where it was chosen. Tags,
notes and files come along, and so do the citation keys: no other paper ever gets them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.paper import Draft, Paper, PaperId
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.services.filling import Filling, compare, filled
from refman.services.filling_dates import DATE_FIELDS
from refman.services.import_plan import Difference
from refman.services.labels import label_of, papers_label
from refman.services.linking.merged import follow_merge
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence

_KEY, _TYPE = "key", "type"


@dataclass(frozen=True, slots=True)
class Differing:
    """A field of which one of the others says something else (`difference.read`) than the paper that stays."""

    paper_id: PaperId
    key: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do: the fields that are filled, those that differ, and what comes along."""

    kept: Paper
    others: tuple[Paper, ...]
    fills: tuple[str, ...] = ()
    differing: tuple[Differing, ...] = ()
    tags: tuple[str, ...] = ()
    notes: int = 0
    files: int = 0

    @property
    def is_certain(self) -> bool:
        """True when nothing is lost from sight: no field says two things."""
        return not self.differing


def plan_merge(reader: Reader, kept: PaperId, others: Sequence[PaperId]) -> MergePlan:
    """What merging these papers would do; nothing is written. Raises: NotFound, InvalidValue for fewer than two."""
    papers = _papers(reader, kept, others)
    steps = _steps(papers)
    notes = [note for paper in papers[1:] for note in paper.notes if note not in papers[0].notes]
    files = {one.path for paper in papers[1:] for one in reader.attachments(paper.id)}
    files -= {one.path for one in reader.attachments(kept)}
    return MergePlan(
        papers[0],
        tuple(papers[1:]),
        tuple(dict.fromkeys(name for step in steps for name in step.filling.names)),
        tuple(one for step in steps for one in step.differing),
        tuple(sorted({tag for paper in papers[1:] for tag in paper.tags} - set(papers[0].tags))),
        len(dict.fromkeys(notes)),
        len(files),
    )


def merge(
    store: Store,
    kept: PaperId,
    others: Sequence[PaperId],
    choices: Mapping[str, PaperId] | None = None,
    *,
    clock: Clock,
) -> Outcome:
    """Merges papers as one step. `choices` names for a field the paper whose value is taken, for `year` the whole date.

    Raises: NotFound, InvalidValue for fewer than two papers or a choice that is none of them.
    """
    chosen = choices or {}
    for name, paper_id in chosen.items():
        if paper_id not in (kept, *others):
            raise InvalidValue("no-such-choice", f"{name} can only come from one of the papers that are merged.", name)
    with store.read() as reader:
        label, gone = label_of(reader, kept), papers_label(store, list(others))

    def work(writer: Writer) -> None:
        papers = _papers(writer, kept, others)
        _Merge(writer, papers, chosen, clock).carry_out()

    done = Sentence("merged", f"{gone} merged into {label}", (gone, label))
    return change(store, Step(OperationKind.TRASH, f"Merge {gone} into {label}"), work, done=done)


@dataclass(frozen=True, slots=True)
class _Step:
    """One of the others held against the paper that stays, as the ones before left it."""

    other: Paper
    filling: Filling
    differing: tuple[Differing, ...] = field(default=())


def _steps(papers: Sequence[Paper]) -> list[_Step]:
    current: Draft = papers[0]
    steps = []
    for other in papers[1:]:
        filling = compare(other, current)
        differing = (Differing(other.id, other.key, one) for one in filling.differences if one.field != _KEY)
        steps.append(_Step(other, filling, tuple(differing)))
        current = replace(filled(current, filling), key=current.key)
    return steps


class _Merge:
    def __init__(self, writer: Writer, papers: Sequence[Paper], choices: Mapping[str, PaperId], clock: Clock) -> None:
        self._writer = writer
        self._kept, self._others = papers[0], papers[1:]
        self._papers = papers
        self._choices = choices
        self._now = clock.now()

    def carry_out(self) -> None:
        """Everything, in the order of the papers."""
        for step in _steps(self._papers):
            self._fill(step.filling)
        for name, paper_id in self._choices.items():
            self._take(name, next(paper for paper in self._papers if paper.id == paper_id))
        for other in self._others:
            self._bring(other)
        # First the trash: a key that two papers have is nobody's to give.
        self._writer.set_trashed([other.id for other in self._others], self._now)
        for other in self._others:
            self._hand_over_keys(other)
            follow_merge(self._writer, self._kept.id, other.id)

    def _fill(self, filling: Filling) -> None:
        writer, kept = self._writer, self._kept.id
        if filling.type:
            writer.set_type(kept, filling.type)
        for name, value in {**filling.fields, **filling.scores}.items():
            writer.set_field(kept, name, value)
        for role, people in filling.people.items():
            writer.set_people(kept, role, people)

    def _take(self, name: str, paper: Paper) -> None:
        """The chosen value with its source; a date is one thing."""
        if paper.id == self._kept.id:
            return
        if name == _TYPE:
            self._writer.set_type(self._kept.id, paper.type)
        elif name in paper.people:
            self._writer.set_people(self._kept.id, name, paper.people[name])
        else:
            for one in DATE_FIELDS if name in DATE_FIELDS else (name,):
                self._writer.set_field(self._kept.id, one, paper.fields.get(one))

    def _bring(self, other: Paper) -> None:
        writer, kept = self._writer, self._kept.id
        writer.put_tags([kept], other.tags)
        present = {note.text for note in self._stored(kept).stored_notes}
        for note in other.stored_notes:
            if note.text not in present:
                writer.add_note(kept, note.text, when=note.changed)
        paths = {(one.path, one.is_stored) for one in writer.attachments(kept)}
        for file in writer.attachments(other.id):
            if (file.path, file.is_stored) not in paths:
                writer.add_attachment(kept, file)
        for place in other.came_from:
            writer.add_spans(place.source_id, [(kept, place.span)], when=place.imported)

    def _stored(self, paper_id: PaperId) -> Paper:
        return self._writer.papers([paper_id])[0]

    def _hand_over_keys(self, other: Paper) -> None:
        """The keys by which documents cite the other paper, also those it had before."""
        keys = [*self._writer.former_keys([other.id]).get(other.id, []), *([other.key] if other.key else [])]
        self._writer.release_keys(keys)
        self._writer.remember_exported(dict.fromkeys(keys, self._kept.id))


def _papers(reader: Reader, kept: PaperId, others: Sequence[PaperId]) -> list[Paper]:
    wanted = list(dict.fromkeys((kept, *others)))
    if len(wanted) < 2:
        raise InvalidValue("nothing-to-merge", "Merging takes two papers at least.", "papers")
    found = {paper.id: paper for paper in reader.papers(wanted)}
    for one in wanted:
        if one not in found or found[one].trashed is not None:
            raise NotFound("no-paper", f"There is no paper {one} in this library any more.", str(one))
    return [found[one] for one in wanted]
