"""Carrying out an import: one operation, in chunks, so that single edits slip in between.

Everything is matched again inside the transaction: the library may have changed since the plan was made, and the
same page read by two programs at once must not come in twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from refman.domain.changes import Changes, OperationKind
from refman.domain.paper import Draft, Paper, PaperId, SourceId, Span
from refman.domain.ports import Clock, Store, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.sources import SourceText
from refman.services.duplicates import Known
from refman.services.entries.group_searches import keep_searches
from refman.services.import_plan import ImportPlan, ImportReport, PlannedProfile, PlannedSource
from refman.services.import_tally import Keys, Tally, chosen_drafts, report_of, tally_of, tell_met, tell_new
from refman.services.linked_files import links_of
from refman.services.matching import Incoming, Match, Matching, complete_drafts
from refman.services.operations import Step, run
from refman.services.outcome import count_of
from refman.services.repointing import Renames
from refman.services.returning_keys import add_returning

CHUNK = 500
"""How many drafts go into one transaction of a big import."""


def apply(store: Store, plan: ImportPlan, *, clock: Clock, pattern: str, progress: Progress) -> ImportReport:
    """Imports what the plan says. Raises: Cancelled, LibraryBusy, LibraryReadOnly, DiskFull; then nothing was done."""
    tally = tally_of(plan)
    profiles = [planned.profile.name for planned in plan.profiles]
    incoming = chosen_drafts(plan, tally)
    if not incoming:
        return report_of(tally, profiles=profiles, changes=Changes())

    def work(writer: Writer) -> None:
        sources = TextSources(writer, plan.sources, clock.now())
        import_ = Import(writer, sources, pattern=pattern, tally=tally)
        import_.take_profiles(plan.profiles)
        for start in range(0, len(incoming), CHUNK):
            stop_if_cancelled(progress)
            if start:
                writer.give_turn()
            import_.take(incoming[start : start + CHUNK])
            progress.report(min(start + CHUNK, len(incoming)), len(incoming), "Import")
        import_.end()

    _, changes = run(store, Step(OperationKind.IMPORT, step_name(tally.files, len(incoming))), work)
    return report_of(tally, profiles=profiles, changes=changes)


def step_name(files: Sequence[str], taken: int) -> str:
    """How the journal calls the import of so many papers."""
    names = [Path(name).name or name for name in files]
    where = names[0] if len(names) == 1 else count_of(len(names), "file")
    return f"Import {count_of(taken, 'paper')} from {where}"


class Sources(Protocol):
    """Where the papers of an import were read."""

    @property
    def when(self) -> datetime:
        """The moment of the import."""

    def id_of(self, index: int) -> SourceId:
        """The kept source of an input; it is kept when it is first asked for."""


@dataclass(slots=True)
class TextSources:
    """Keeps the text of a source when the first of its papers needs it."""

    writer: Writer
    sources: Sequence[PlannedSource]
    when: datetime
    ids: dict[int, SourceId] = field(default_factory=dict)

    def id_of(self, index: int) -> SourceId:
        """The kept source; its strings, preambles and comments are kept with it the first time."""
        if index not in self.ids:
            source = self.sources[index]
            is_here = self.writer.source_named_by(source.text) is not None
            self.ids[index] = self.writer.keep_source(SourceText(source.name, source.format, source.text, self.when))
            if source.blocks and not is_here:
                self.writer.add_blocks(self.ids[index], source.blocks)
                keep_searches(self.writer, source.blocks)
        return self.ids[index]


StoreMatches = Callable[[Sequence[Match], Sequence[Draft]], list[PaperId]]
"""Stores what matches found to be new, as the drafts that belong to them."""


def _remembers(paper: Draft | None, source_id: SourceId, span: Span) -> bool:
    return isinstance(paper, Paper) and any(
        place.source_id == source_id and place.span == span for place in paper.came_from
    )


class Import:
    """One import on its way through the drafts."""

    def __init__(self, writer: Writer, sources: Sources, *, pattern: str, tally: Tally) -> None:
        self._writer = writer
        self._sources = sources
        self._tally = tally
        self._keys = Keys(writer, pattern=pattern, tally=tally)
        self._matching = Matching()
        self._given: dict[PaperId, str] = {}
        """Keys of papers that got one in the chunk at hand."""
        self._renames = Renames()

    def take_profiles(self, profiles: Iterable[PlannedProfile]) -> None:
        """Adds the captures of author pages; a capture that is here just so changes nothing."""
        for planned in profiles:
            profile = planned.profile
            self._sources.id_of(planned.source_index)
            self._writer.put_capture(profile.name, profile.category_code, profile.capture)

    def take(self, chunk: Sequence[Incoming]) -> None:
        """Takes a chunk of drafts: new papers at once, then what the others fill."""
        matches = self._matching.match(self._writer, chunk)
        self._carry_out(matches)
        self._add_spans([match for match in matches if not match.is_skipped])
        self._tally.close()

    def end(self) -> None:
        """Says that all drafts were taken."""
        self._renames.follow(self._writer, {source: self._sources.id_of(source) for source in self._renames.inputs})

    def _carry_out(self, matches: Sequence[Match], store: StoreMatches | None = None) -> None:
        """Does what was found for each draft; `store` stores those that are new."""
        self._given.clear()
        self._add([match for match in matches if not match.is_skipped], store)
        for match in matches:
            if match.is_skipped:
                self._tally.skip(match.incoming.position, self._present_key(match))
            elif match.paper is not None:
                self._meet(match)
        self._keys.forget_stored()

    def _add(self, wanted: Sequence[Match], store: StoreMatches | None) -> None:
        """Stores new papers with all that later drafts of this chunk know of them."""
        new = [match for match in wanted if match.paper is None]
        complete = complete_drafts(wanted)
        drafts = [complete[id(match.known)] for match in new]
        self._keys.look_up(drafts)
        drafts = [_keyed(draft, self._keys.give(match, draft)) for match, draft in zip(new, drafts, strict=True)]
        how = None if store is None else partial(store, new)
        ids = add_returning(self._writer, drafts, self._keys.returned, when=self._sources.when, store=how)
        for match, draft, paper_id in zip(new, drafts, ids, strict=True):
            self._matching.settle(match.known, paper_id)
            self._given[paper_id] = draft.key
            self._note_key(match, draft.key)
            tell_new(self._tally, match, draft.key)
            for link in links_of(draft, self._tally.files[match.incoming.source]):
                self._writer.add_attachment(paper_id, link)

    def _meet(self, match: Match) -> None:
        """Fills what is empty in a paper that is here; one without a key gets it."""
        paper_id = _stored_id(match.known)
        if isinstance(match.paper, Paper):
            self._fill(paper_id, match)
        key = self._present_key(match)
        if not key:
            key = self._given[paper_id] = self._keys.give(match, match.after)
            self._writer.set_key(paper_id, key)
        self._note_key(match, key)
        self._keep_key(match.incoming.draft.key, key, paper_id)
        tell_met(self._tally, match, key)

    def _note_key(self, match: Match, key: str) -> None:
        incoming = match.incoming
        self._renames.note(incoming.source, incoming.draft.key, key, incoming.draft.span)

    def _keep_key(self, read: str, present: str, paper_id: PaperId) -> None:
        """The key by which documents cite the entry is that of its paper too, unless another paper has or had it."""
        if read and read != present and not self._writer.taken_keys([read]):
            self._writer.remember_exported({read: paper_id})

    def _present_key(self, match: Match) -> str:
        given = self._given.get(_stored_id(match.known), "")
        return given or (match.paper.key if match.paper else "")

    def _add_spans(self, matches: Sequence[Match]) -> None:
        """Lets papers remember where they were read; what they remember already is left alone."""
        spans: dict[int, list[tuple[PaperId, Span]]] = {}
        for match in matches:
            source, span = match.incoming.source, match.incoming.draft.span
            if span and not _remembers(match.paper, self._sources.id_of(source), span):
                spans.setdefault(source, []).append((_stored_id(match.known), span))
        for source, of_source in spans.items():
            self._writer.add_spans(self._sources.id_of(source), of_source, when=self._sources.when)

    def _fill(self, paper_id: PaperId, match: Match) -> None:
        writer, filling = self._writer, match.filling
        if filling.type:
            writer.set_type(paper_id, filling.type)
        for name, value in {**filling.fields, **filling.scores}.items():
            writer.set_field(paper_id, name, value)
        for role, people in filling.people.items():
            writer.set_people(paper_id, role, people)
        if match.tags:
            writer.put_tags([paper_id], match.tags)
        for note in match.notes:
            writer.add_note(paper_id, note, when=self._sources.when)


def _keyed(draft: Draft, key: str) -> Draft:
    return draft if draft.key == key else replace(draft, key=key)


def _stored_id(known: Known) -> PaperId:
    if known.paper_id is None:
        raise AssertionError("a new paper was not stored")
    return known.paper_id
