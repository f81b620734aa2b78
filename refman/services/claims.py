"""Which draft of each source was first found to be which paper, for imports of a million drafts."""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from refman.domain.int_map import IntMap
from refman.domain.paper import PaperId

_MOST_SOURCES = 1 << 24


class Claim(NamedTuple):
    """The first draft of a source that was found to be a paper: its position, and the hashes of what it says.

    `key` is 0 for a draft without one. Texts of one process that differ have equal hashes once in 10^19 pairs.
    """

    position: int
    key: int
    content: int
    type: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Papers with consecutive ids, each with its draft of one source."""

    first_id: int
    source: int
    columns: tuple["array[int]", ...]
    """Of the values of a `Claim`."""


class ClaimBook:
    """Claims on stored papers in about 60 bytes each."""

    def __init__(self) -> None:
        self._places = IntMap()
        self._numbers = array("q")
        self._runs: list[_Run] = []
        self._first_ids = array("q")

    def of(self, paper_id: PaperId, sources: Collection[int]) -> dict[int, Claim]:
        """The claims of these sources on a paper."""
        found = {}
        for source in sources:
            place = self._places.get(_place_key(paper_id, source))
            if place is not None:
                found[source] = Claim(*self._numbers[place : place + 4])
        run = self._run_of(paper_id)
        if run and run.source in sources and run.source not in found:
            found[run.source] = Claim(*[column[paper_id - run.first_id] for column in run.columns])
        return found

    def _run_of(self, paper_id: PaperId) -> _Run | None:
        place = bisect_right(self._first_ids, paper_id) - 1
        if place < 0:
            return None
        run = self._runs[place]
        return run if paper_id - run.first_id < len(run.columns[0]) else None

    def keep_run(self, first_id: PaperId, source: int, claims: Sequence[Iterable[int]]) -> None:
        """Remembers the claims, value by value, on papers that are new: the source's drafts they were made of.

        Later runs have greater ids.
        """
        self._runs.append(_Run(first_id, source, tuple(array("q", column) for column in claims)))
        self._first_ids.append(first_id)

    def keep(self, paper_id: PaperId, claims: Mapping[int, Claim]) -> None:
        """Remembers the claims on a paper; the first of a source stays."""
        for source, claim in claims.items():
            key = _place_key(paper_id, source)
            if self._places.get(key) is None:
                self._places[key] = len(self._numbers)
                self._numbers.extend(claim)


def _place_key(paper_id: PaperId, source: int) -> int:
    return paper_id * _MOST_SOURCES + source
