"""Reads of a library in memory (`tests/fakes.py`)."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

from refman.domain.changes import Changes, Operation, OperationId, OperationState
from refman.domain.derived import venue_of, year_of
from refman.domain.discards import Discard
from refman.domain.folding import fold, match_key
from refman.domain.listing import (
    HistoryEntry,
    Hits,
    Listing,
    PaperRow,
    SavedSearch,
    SidebarCounts,
    TagBadge,
    TagInfo,
)
from refman.domain.names import short_list
from refman.domain.paper import (
    Attachment,
    Note,
    NoteId,
    Paper,
    PaperId,
    People,
    SourceId,
)
from refman.domain.profile import AuthorProfile
from refman.domain.query import EVERYTHING, InTrash, Untagged
from refman.domain.query_match import matches
from refman.domain.sources import Block, Candidate, SourceText
from refman.domain.tags import ancestors_of, fold_tag, is_same_or_below, tag_order
from tests.bare import bare
from tests.fake_links import FakeLinkReads
from tests.fake_sorting import sorted_by
from tests.fake_state import FakeMemory, State, entries_of


class FakeReader(FakeLinkReads):
    """Reads of one state."""

    _store: FakeMemory

    def __init__(self, store: FakeMemory, state: State) -> None:
        self._store = store
        self.state = state

    def paper(self, paper_id: PaperId) -> Paper | None:
        return self.state.papers.get(paper_id)

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        return [self.state.papers[one] for one in ids if one in self.state.papers]

    def bare_papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        return [bare(paper) for paper in self.papers(ids)]

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

    def keys_of(self, ids: Sequence[PaperId]) -> dict[PaperId, str]:
        return {one: paper.key for one in ids if (paper := self.paper(one))}

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        ids = {paper.key: paper.id for paper in self.state.papers.values() if paper.key}
        return {key: ids[key] for key in keys if key in ids}

    def ids_of_keys_in_any_case(self, keys: Iterable[str]) -> dict[str, PaperId]:
        ids = {paper.key.lower(): paper.id for paper in self.state.papers.values() if paper.key}
        return {key: ids[key.lower()] for key in keys if key.lower() in ids}

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
            papers = sorted_by(papers, level)
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

    def tags_of(self, ids: Sequence[int]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for paper in self.papers(list(dict.fromkeys(PaperId(number) for number in ids))):
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

    def source_names(self) -> dict[SourceId, str]:
        return {one: self.state.sources[one].name for one in sorted(self.state.sources)}

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
        trashed = {one for one in remembered if (paper := self.state.papers.get(one)) and paper.trashed is not None}
        return (owners | (remembered - trashed)) <= {paper_id}

    def owner_of_exported(self, key: str) -> PaperId | None:
        found = self._store.exported.get(key.lower())
        return found[1] if found else None

    def exported_keys(self, paper_id: PaperId) -> list[str]:
        return [key for key, owner in self._store.exported.values() if owner == paper_id]

    def former_keys(self, ids: Sequence[PaperId]) -> dict[PaperId, list[str]]:
        papers = self.state.papers
        held = {paper.key.lower(): paper.id for paper in papers.values() if paper.key and paper.trashed is None}
        found: dict[PaperId, list[str]] = {}
        for folded, (key, owner) in sorted(self._store.exported.items()):
            is_former = owner in papers and papers[owner].key not in {"", key}
            if owner in set(ids) and is_former and held.get(folded, owner) == owner:
                found.setdefault(owner, []).append(key)
        return found

    def taken_keys(self, keys: Iterable[str], paper_id: PaperId | None = None) -> set[str]:
        left = {folded for folded, (_, owner) in self._store.exported.items() if owner != paper_id}
        return {key.lower() for key in keys if key.lower() in left or not self.key_is_free(key, paper_id)}

    def ids_without_key(self) -> "array[int]":
        return array("q", [paper.id for paper in self.state.papers.values() if not paper.key])

    def history(self, *, limit: int | None = None) -> list[Operation]:
        return [step.operation for step in reversed(self._store.steps)][:limit]

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        return [entry for step in reversed(self._store.steps) for entry in entries_of(step, paper_id)]

    def discards(self) -> list[Discard]:
        found = [one.discard for one in self.state.discards.values()]
        there = [one for one in found if one.paper_id is None or one.paper_id in self.state.papers]
        return sorted(there, key=lambda one: -one.id)

    def papers_leaving(self, operation_id: OperationId, *, is_forward: bool) -> int:
        [step] = [one for one in self._store.steps if one.operation.id == operation_id]
        now, then = (step.before, step.after) if is_forward else (step.after, step.before)
        trashed = [one for one, paper in then.papers.items() if paper.trashed and one in now.papers]
        newly = [one for one in trashed if now.papers[one].trashed is None]
        return len(now.papers.keys() - then.papers.keys()) + len(newly)

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
