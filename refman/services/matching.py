"""Drafts and the papers they are: what the library has of each, and what each would fill."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial

from refman.domain.paper import Draft, Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.tags import fold_tag
from refman.services.claims import ClaimBook
from refman.services.duplicates import Known, Matcher, Traits, claim_of, known_papers, traits_of
from refman.services.filling import UNKNOWN_TYPE, Filling, compare, filled
from refman.services.import_plan import OnDuplicate
from refman.services.merged_keys import merged_into
from refman.services.read_keys import ReadKeys

_CHUNK = 500
_ENTRIES = "bibtex"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A draft with its place among all drafts, the source it stands in and what to do if it is here already.

    `content` is that of its traits where another process read the source; None where this one did.
    """

    position: int
    draft: Draft
    source: int
    on_duplicate: OnDuplicate = OnDuplicate.UPDATE
    content: int | None = None

    @property
    def traits(self) -> Traits:
        """What tells the draft from others."""
        traits = traits_of(self.draft)
        return traits if self.content is None else replace(traits, content=self.content)


@dataclass(frozen=True, slots=True)
class Match:
    """What a draft is. A new paper has no `paper`; else that is the stored one, or the earlier draft that is stored
    later, with all that drafts before this one filled. A new one may resemble an entry with another key.

    `repeat_of` is the position of the first draft of the same source that is this paper, `earlier` that of the first
    draft of all.
    """

    incoming: Incoming
    known: Known
    repeat_of: int | None = None
    earlier: int | None = None
    paper: Draft | None = None
    filling: Filling = field(default_factory=Filling)
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    resembles: Known | None = None

    @property
    def fills(self) -> tuple[str, ...]:
        """What would be filled: fields, people, `type`, `key`, `tags`, `notes`."""
        more = (("tags", self.tags), ("notes", self.notes))
        return (*self.filling.names, *(name for name, values in more if values))

    @property
    def after(self) -> Draft:
        """The paper with everything filled."""
        if self.paper is None:
            return self.incoming.draft
        paper = filled(self.paper, self.filling)
        return replace(paper, tags=(*paper.tags, *self.tags), notes=(*paper.notes, *self.notes))

    @property
    def is_skipped(self) -> bool:
        """True when its paper is here and the person said so; a repeat counts as unchanged all the same."""
        return self.incoming.on_duplicate is OnDuplicate.SKIP and self.paper is not None and self.repeat_of is None


def complete_drafts(matches: Sequence[Match]) -> dict[int, Draft]:
    """New papers with all that later drafts know of them, by the identity of their `Known`."""
    return {id(match.known): match.after for match in matches if not isinstance(match.paper, Paper)}


class Matching:
    """Matches drafts batch by batch; remembers across batches which stored paper each source had drafts of.

    `Match.earlier` speaks of the batch alone for papers that were stored between two batches.
    """

    def __init__(self) -> None:
        self._claims = ClaimBook()

    def match(self, reader: Reader, batch: Sequence[Incoming]) -> list[Match]:
        """`matches[i]` belongs to `batch[i]`. Reads the papers that are matched, in chunks."""
        if not batch:
            return []
        traits = [incoming.traits for incoming in batch]
        sources = {incoming.source for incoming in batch}
        matcher = Matcher(*self._known(reader, traits, sources), is_entry=partial(_is_entry, reader))
        keys = ReadKeys(reader)
        found = [_find(matcher, one, draft, keys) for one, draft in zip(batch, traits, strict=True)]
        for match in found:
            if match.known.paper_id is not None:
                self._claims.keep(match.known.paper_id, match.known.claims)
        return list(_compared(reader, found))

    def settle(self, known: Known, paper_id: PaperId) -> None:
        """Says that a new paper has been stored."""
        known.paper_id = paper_id
        self._claims.keep(paper_id, known.claims)

    def settle_run(self, first_id: PaperId, source: int, claims: Sequence[Iterable[int]]) -> None:
        """Says that new papers with consecutive ids have been stored; `claims` as `ClaimBook.keep_run` takes them."""
        self._claims.keep_run(first_id, source, claims)

    def _known(self, reader: Reader, traits: Sequence[Traits], sources: Set[int]) -> tuple[list[Known], set[str]]:
        known: dict[PaperId | None, Known] = {}
        crowded: set[str] = set()
        for start in range(0, len(traits), _CHUNK):
            found, crowded_here = known_papers(reader, traits[start : start + _CHUNK])
            crowded |= crowded_here
            for one in found:
                known.setdefault(one.paper_id, one)
            keys = [one.key for one in traits[start : start + _CHUNK]]
            for key, (kept, gone) in merged_into(reader, keys).items():
                stayed = known.setdefault(kept, Known(traits_of(reader.papers([kept])[0]), kept))
                stayed.merged[key] = traits_of(gone)
        for paper_id, one in known.items():
            if paper_id is not None:
                one.claims = self._claims.of(paper_id, sources)
        return list(known.values()), crowded


def _find(matcher: Matcher, incoming: Incoming, draft: Traits, keys: ReadKeys) -> Match:
    only_repeats = incoming.on_duplicate is OnDuplicate.KEEP
    known = matcher.find(draft, incoming.source, only_repeats=only_repeats)
    like = matcher.resembling(draft) if known is None and draft.key else None
    if like and not only_repeats and _is_read_again(like, draft, keys):
        known, like = like, None
    if known:
        matcher.absorb(known, draft)
    else:
        known = matcher.add(draft)
    repeat = known.claims.get(incoming.source)
    earlier = min((claim.position for claim in known.claims.values()), default=None)
    if repeat is None:
        known.claims[incoming.source] = claim_of(draft, incoming.position)
    return Match(incoming, known, repeat.position if repeat else None, earlier, resembles=like)


def _is_read_again(known: Known, draft: Traits, keys: ReadKeys) -> bool:
    """True for an entry whose key was taken when it came, before this import: it is the same all the same."""
    return known.paper_id is not None and not known.claims and keys.has_been(known.paper_id, draft.key)


def _is_entry(reader: Reader, paper_id: PaperId) -> bool:
    """True for what was read from a .bib: by an import, or as the entry of a linked file, whose values have sources."""
    [paper] = reader.bare_papers([paper_id])
    if any(place.format == _ENTRIES for place in paper.came_from):
        return True
    has_source = any(value.source is not None for value in paper.fields.values())
    return has_source or any(people.source is not None for people in paper.people.values())


def _compared(reader: Reader, matches: Sequence[Match]) -> Iterator[Match]:
    """In order: each draft meets its paper as the drafts before it left it."""
    present = _papers_of(reader, matches)
    for match in matches:
        paper = present.get(id(match.known))
        if paper is None:
            compared = match
        elif match.incoming.on_duplicate is OnDuplicate.SKIP and isinstance(paper, Paper):
            compared = replace(match, paper=paper)
        else:
            compared = _with_filling(reader, match, paper)
        present[id(match.known)] = compared.after
        yield compared


def _with_filling(reader: Reader, match: Match, paper: Draft) -> Match:
    draft = match.incoming.draft
    carried = {fold_tag(tag) for tag in paper.tags}
    return replace(
        match,
        paper=paper,
        filling=compare(draft, paper, type_is_set=_is_type_set(reader, paper, draft)),
        tags=tuple(tag for tag in draft.tags if fold_tag(tag) not in carried),
        notes=tuple(note for note in draft.notes if note not in paper.notes),
    )


def _papers_of(reader: Reader, matches: Sequence[Match]) -> dict[int, Draft]:
    """The stored papers by the identity of their `Known`."""
    known = {paper_id: match.known for match in matches if (paper_id := match.known.paper_id) is not None}
    ids = list(known)
    papers: dict[int, Draft] = {}
    for start in range(0, len(ids), _CHUNK):
        papers.update((id(known[paper.id]), paper) for paper in reader.papers(ids[start : start + _CHUNK]))
    return papers


def _is_type_set(reader: Reader, paper: Draft, draft: Draft) -> bool:
    """True when a person chose the type that says nothing; only the journal knows that."""
    if paper.type.lower() != UNKNOWN_TYPE or draft.type.lower() == UNKNOWN_TYPE or not isinstance(paper, Paper):
        return False
    return any(entry.field == "type" for entry in reader.history_of(paper.id))
