"""Which drafts are papers that are here already; linear in the number of papers.

A title that more than `CROWD` papers have ("Editorial") names none of them: these are told apart by identifier or key
alone, or a million of them would be compared with one another.

Two are the same when their DOI or their arXiv id (without version) is equal, else when their folded titles are equal,
they share an author, and their years are at most one apart. Different DOIs never are, nor different arXiv ids; the
DOI that arXiv itself gives to a preprint is its arXiv id and stands in nobody's way. Whole titles are compared, so a
title that begins with another one is another paper, and the first author plays no part.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter

from refman.domain.derived import year_of
from refman.domain.field_values import find_arxiv_id, find_doi
from refman.domain.folding import fold, match_key
from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader
from refman.domain.sources import Candidate
from refman.services.claims import Claim

CROWD = 1000
"""How many papers may have one title before it names none of them."""

_VERSION = re.compile(r"v\d+$")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one paper from another. `doi` is never one of arXiv's; `arxiv` has no version; all is folded.

    `content` is a hash of all values of a draft with a key, 0 where it was not asked for.
    """

    doi: str
    arxiv: str
    title: str
    families: frozenset[str]
    year: int | None
    key: str
    type: str
    content: int = 0


@dataclass(slots=True, eq=False)
class Known:
    """A paper that drafts are compared with: a stored one, or a new one until it is stored.

    `claims` are the drafts found to be this paper, by source; `traits` take in what these know. `merged` are the keys
    of papers that were merged into this one, with what these were. `is_entry`: it was read from an entry of a .bib, so
    its key is one that somebody cites; None until somebody asks.
    """

    traits: Traits
    paper_id: PaperId | None = None
    claims: dict[int, Claim] = field(default_factory=dict)
    merged: dict[str, Traits] = field(default_factory=dict)
    is_entry: bool | None = None


def traits_of(draft: Draft) -> Traits:
    """The traits of a draft or a paper."""
    doi, arxiv = identifiers_of(draft)
    return Traits(
        doi=doi,
        arxiv=arxiv,
        title=match_key(draft.plain("title")),
        families=frozenset([_family_key(name.family or name.literal or name.given) for name in draft.authors]) - {""},
        year=year_of(draft),
        key=draft.key,
        type=draft.type.lower(),
        content=content_of(draft),
    )


def identifiers_of(draft: Draft) -> tuple[str, str]:
    """The `doi` and `arxiv` of its traits."""
    doi = fold(find_doi(draft.plain("doi")))
    eprint = draft.plain("eprint")
    is_arxiv = bool(eprint) and draft.plain("archiveprefix").lower() in ("", "arxiv")
    arxiv = arxiv_id(eprint) if is_arxiv else ""
    own = _ARXIV_DOI.fullmatch(doi)
    return "" if own else doi, arxiv or (arxiv_id(own.group(1)) if own else "")


_family_key = lru_cache(maxsize=16_384)(match_key)
"""The same few thousand families wrote most papers of a library."""
_parts_of = attrgetter("given", "prefix", "family", "suffix", "literal")
"""A tuple is hashed in a tenth of the time of a `Name`."""


def content_of(draft: Draft) -> int:
    """The `content` of its traits: only texts of one process have comparable ones."""
    if not draft.key:
        return 0
    values = [(name, value.plain) for name, value in draft.fields.items()]
    people = [(role, tuple(map(_parts_of, found.names)), found.truncated) for role, found in draft.people.items()]
    return hash((frozenset(values), frozenset(people)))


def claim_of(draft: Traits, position: int) -> Claim:
    """What is remembered of the first draft of a source that is a paper."""
    return Claim(position, hash(draft.key), draft.content, hash(draft.type))


def known_paper(candidate: Candidate) -> Known:
    """A stored paper as duplicate search sees it."""
    own = _ARXIV_DOI.fullmatch(candidate.doi)
    traits = Traits(
        doi="" if own else candidate.doi,
        arxiv=arxiv_id(candidate.eprint) or (arxiv_id(own.group(1)) if own else ""),
        title=candidate.title,
        families=frozenset(map(_family_key, candidate.families)) - {""},
        year=candidate.year,
        key=candidate.key,
        type=candidate.type.lower(),
    )
    return Known(traits, candidate.id)


def known_papers(reader: Reader, drafts: Sequence[Traits]) -> tuple[list[Known], set[str]]:
    """Every stored paper outside the trash that one of these could be, and the titles that name no paper."""
    arxiv_dois = (f"10.48550/arxiv.{traits.arxiv}" for traits in drafts if traits.arxiv)
    dois = {*(traits.doi for traits in drafts), *arxiv_dois} - {""}
    titles = {traits.title for traits in drafts} - {""}
    crowded = reader.crowded_titles(titles, most=CROWD)
    candidates = reader.candidates(
        dois=dois,
        eprints={traits.arxiv for traits in drafts} - {""},
        titles=titles - crowded,
    )
    known = [known_paper(candidate) for candidate in sorted(candidates, key=lambda candidate: candidate.id)]
    return known + _known_by_key_alone(reader, drafts, crowded), crowded


def _known_by_key_alone(reader: Reader, drafts: Sequence[Traits], crowded: Set[str]) -> list[Known]:
    """Papers without a title that could tell them, which only their key can."""
    keys = (traits.key for traits in drafts if traits.key and (not traits.title or traits.title in crowded))
    ids = reader.ids_of_keys(keys)
    papers = reader.papers(list(ids.values())) if ids else []
    return [Known(traits_of(paper), paper.id) for paper in papers if paper.trashed is None]


class Matcher:
    """Finds the known paper that a draft is; a lookup costs what a few dict lookups cost."""

    def __init__(
        self,
        known: Iterable[Known] = (),
        crowded: Iterable[str] = (),
        *,
        is_entry: Callable[[PaperId], bool] = lambda _: False,
    ) -> None:
        """`is_entry` tells whether a stored paper was read from a .bib; it is asked where that matters."""
        self._is_entry = is_entry
        self._crowded = set(crowded)
        self._by_doi: dict[str, list[Known]] = defaultdict(list)
        self._by_arxiv: dict[str, list[Known]] = defaultdict(list)
        self._by_title: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], Known] = {}
        self._by_merged_key: dict[str, Known] = {}
        for one in known:
            self._index(one, one.traits)
            self._by_merged_key.update(dict.fromkeys(one.merged, one))

    def add(self, draft: Traits) -> Known:
        """A new paper; later drafts can be found to be it."""
        known = Known(draft, is_entry=bool(draft.key))
        self._index(known, draft)
        return known

    def resembling(self, draft: Traits) -> Known | None:
        """An entry with another key that may be the same work; whether it is, is for a person to say."""
        return next((known for known in self._in_order(draft) if self._is_other_entry(known, draft)), None)

    def absorb(self, known: Known, draft: Traits) -> None:
        """Lets a known paper be found by what this draft of it says, and hold its identifiers."""
        self._index(known, draft)
        known.traits = replace(
            known.traits,
            doi=known.traits.doi or draft.doi,
            arxiv=known.traits.arxiv or draft.arxiv,
            families=known.traits.families | draft.families,
        )

    def find(self, draft: Traits, source: int, *, only_repeats: bool = False) -> Known | None:
        """The known paper that a draft is: by key with title first, then by DOI, arXiv id, title.

        `only_repeats` looks among those alone of which the same source had a draft before. An entry of a paper that was
        merged is the one that stayed, also beside another entry of it.
        """
        merged = self._by_merged_key.get(draft.key) if draft.key and not only_repeats else None
        if merged and is_same(draft, merged.merged[draft.key], has_key=True):
            return merged
        found = (known for known in self._in_order(draft) if known.claims.get(source) or not only_repeats)
        fitting = (known for known in found if _may_be_one(known, known.claims.get(source), draft))
        return next((known for known in fitting if not self._is_other_entry(known, draft)), None)

    def _is_other_entry(self, known: Known, draft: Traits) -> bool:
        """True for entries with different keys that no DOI (or arXiv id) of one type makes one: both keys are cited."""
        own = known.traits
        if not own.key or not draft.key or own.key == draft.key:
            return False
        is_one = (own.doi and own.doi == draft.doi) or (own.arxiv and own.arxiv == draft.arxiv)
        if is_one and own.type == draft.type:
            return False
        if known.is_entry is None:
            known.is_entry = known.paper_id is not None and self._is_entry(known.paper_id)
        return known.is_entry

    def _in_order(self, draft: Traits) -> Iterator[Known]:
        same_key = self._by_key.get((draft.key, draft.title)) if draft.key else None
        if same_key and _can_be_same(draft, same_key.traits):
            yield same_key
        if draft.doi:
            yield from self._by_doi.get(draft.doi, ())
        if draft.arxiv:
            yield from (one for one in self._by_arxiv.get(draft.arxiv, ()) if _can_be_same(draft, one.traits))
        if draft.title and draft.title not in self._crowded:
            yield from self._by_titles(draft)

    def _by_titles(self, draft: Traits) -> list[Known]:
        """The nearest year first; in the order they were added where that is equal."""
        of_title = (one for family in draft.families or {""} for one in self._by_title.get((draft.title, family), ()))
        fitting = {id(one): one for one in of_title if _is_same_work(draft, one.traits)}
        return sorted(fitting.values(), key=lambda one: abs((one.traits.year or 0) - (draft.year or 0)))

    def _index(self, known: Known, traits: Traits) -> None:
        if traits.doi:
            self._by_doi[traits.doi].append(known)
        if traits.arxiv:
            self._by_arxiv[traits.arxiv].append(known)
        for family in traits.families or {""}:
            of_title = self._by_title[traits.title, family]
            of_title.append(known)
            if len(of_title) > CROWD:
                self._crowded.add(traits.title)
        if traits.key:
            self._by_key.setdefault((traits.key, traits.title), known)


def _may_be_one(known: Known, claim: Claim | None, draft: Traits) -> bool:
    """Entries of one .bib are never fused: each key stays, and a second entry with one key may say something else.

    Only the very same entry again is a repeat, and an entry without a key beside one that has one is another.
    """
    if not claim or not (claim.key or draft.key):
        return True
    if not claim.key or not draft.key:
        # The paper of that key was here before one without a key was found to be it.
        return bool(draft.key) and known.traits.key == draft.key
    return (claim.key, claim.content, claim.type) == (hash(draft.key), draft.content, hash(draft.type))


def _is_same_work(one: Traits, other: Traits) -> bool:
    """Same title and (by the index) an author in common; without authors on both sides the year must be equal."""
    if not _can_be_same(one, other):
        return False
    if not one.families:
        return one.year == other.year
    return one.year is None or other.year is None or abs(one.year - other.year) <= 1


def is_same(draft: Traits, paper: Traits, *, has_key: bool) -> bool:
    """One and the same paper: an identifier or the title is equal; with the key read it is enough that none differs."""
    if draft.doi and paper.doi:
        return draft.doi == paper.doi
    if draft.arxiv and paper.arxiv:
        return draft.arxiv == paper.arxiv
    if has_key and not (draft.title and paper.title):
        return True
    return bool(draft.title) and draft.title == paper.title


def _can_be_same(one: Traits, other: Traits) -> bool:
    is_other_doi = one.doi and other.doi and one.doi != other.doi
    is_other_preprint = one.arxiv and other.arxiv and one.arxiv != other.arxiv
    return not (is_other_doi or is_other_preprint)


def arxiv_id(eprint: str) -> str:
    """The folded arXiv id without its version, "" for anything else."""
    return _VERSION.sub("", fold(find_arxiv_id(eprint)))
