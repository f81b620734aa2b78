"""Which papers of the library the entries of a file are; the others become papers under the very same keys.

Two entries with different keys are only one paper when DOI and type are equal. A title alone never joins them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader, Writer
from refman.domain.sources import Candidate
from refman.services.citekeys import KeyMaker
from refman.services.duplicates import Traits, traits_of
from refman.services.merged_keys import merged_into
from refman.services.returning_keys import add_returning, deleted_owner

_CHUNK = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Adopted:
    """The paper of each draft (`ids[i]` belongs to draft i), and which of them are new."""

    ids: tuple[PaperId, ...]
    added: frozenset[PaperId]


def matches(reader: Reader, drafts: Sequence[Draft], traits: Sequence[Traits]) -> list[PaperId | None]:
    """The stored paper that each draft is, None for a new one; papers in the trash are found by their key."""
    by_key = reader.ids_of_keys([draft.key for draft in drafts if draft.key])
    stored = {paper.id: paper for part in _parts(list(by_key.values())) for paper in reader.papers(part)}
    by_doi: dict[str, list[Candidate]] = {}
    for part in _parts(sorted({one.doi for one in traits if one.doi})):
        for candidate in reader.candidates(dois=part):
            by_doi.setdefault(candidate.doi, []).append(candidate)
    merged = merged_into(reader, by_key)
    found: list[PaperId | None] = []
    for draft, trait in zip(drafts, traits, strict=True):
        same_key = stored.get(by_key[draft.key]) if draft.key in by_key else None
        if same_key is not None and _is_same(trait, traits_of(same_key)):
            found.append(merged[draft.key][0] if draft.key in merged else same_key.id)
        else:
            found.append(_of_doi(trait, by_doi))
    return found


def adopt(writer: Writer, drafts: Sequence[Draft], *, pattern: str, when: datetime) -> Adopted:
    """Finds or adds the papers of drafts inside an operation; what is found is left as it is, out of the trash."""
    traits = [traits_of(draft) for draft in drafts]
    ids = matches(writer, drafts, traits)
    keys = _Keys(writer, pattern, drafts)
    new: dict[tuple[str, str], int] = {}
    wanted: list[Draft] = []
    places: list[tuple[int, int]] = []
    for place, draft in enumerate(drafts):
        if ids[place] is not None:
            continue
        mark = (traits[place].doi, traits[place].type)
        number = new.get(mark) if mark[0] else None
        if number is None:
            number = len(wanted)
            wanted.append(replace(draft, key=keys.give(draft)))
            new.setdefault(mark, number)
        places.append((place, number))
    added = add_returning(writer, wanted, keys.returned, when=when)
    for place, number in places:
        ids[place] = added[number]
    found = [one for one in ids if one is not None]
    writer.set_trashed([one for one in found if one not in set(added)], None)
    return Adopted(tuple(found), frozenset(added))


class _Keys:
    """Keys for new papers: their own where it is free, which one query tells of all of them."""

    def __init__(self, reader: Reader, pattern: str, drafts: Sequence[Draft]) -> None:
        self._reader = reader
        self.returned: dict[str, PaperId] = {}
        """Keys of papers that were deleted, or undone, and come back with this file."""
        self._maker = KeyMaker(reader, pattern)
        self._given: set[str] = set()
        self._taken = reader.taken_keys([draft.key for draft in drafts if draft.key])

    def give(self, draft: Draft) -> str:
        """The key of one draft; nobody else gets it."""
        folded = draft.key.lower()
        if draft.key and folded not in self._taken:
            self._taken.add(folded)
            self._given.add(folded)
            return draft.key
        if draft.key and draft.key not in self.returned:
            owner = deleted_owner(self._reader, draft.key, draft)
            if owner is not None and folded not in self._given:
                self._given.add(folded)
                self.returned[draft.key] = owner
                return draft.key
        key = self._maker.keep(draft.key) if draft.key else self._maker.make(draft)
        while key.lower() in self._taken:
            key = self._maker.keep(draft.key or key)
        self._taken.add(key.lower())
        return key


def _is_same(draft: Traits, paper: Traits) -> bool:
    """One key in both: the same unless identifiers or titles say otherwise."""
    if draft.doi and paper.doi:
        return draft.doi == paper.doi
    if draft.arxiv and paper.arxiv and draft.arxiv != paper.arxiv:
        return False
    return not draft.title or not paper.title or draft.title == paper.title


def _of_doi(trait: Traits, by_doi: dict[str, list[Candidate]]) -> PaperId | None:
    found = by_doi.get(trait.doi, []) if trait.doi else []
    return next((one.id for one in found if one.type.lower() == trait.type), None)


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
