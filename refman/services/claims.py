"""Which draft of each source was first found to be which paper, for imports of a million drafts."""

from array import array
from collections.abc import Iterable, Mapping
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


class ClaimBook:
    """Claims on stored papers in about 60 bytes each."""

    def __init__(self) -> None:
        self._places = IntMap()
        self._numbers = array("q")

    def of(self, paper_id: PaperId, sources: Iterable[int]) -> dict[int, Claim]:
        """The claims of these sources on a paper."""
        found = {}
        for source in sources:
            place = self._places.get(_place_key(paper_id, source))
            if place is not None:
                found[source] = Claim(*self._numbers[place : place + 4])
        return found

    def keep(self, paper_id: PaperId, claims: Mapping[int, Claim]) -> None:
        """Remembers the claims on a paper; the first of a source stays."""
        for source, claim in claims.items():
            key = _place_key(paper_id, source)
            if self._places.get(key) is None:
                self._places[key] = len(self._numbers)
                self._numbers.extend(claim)


def _place_key(paper_id: PaperId, source: int) -> int:
    return paper_id * _MOST_SOURCES + source
