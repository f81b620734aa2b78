"""The keys under which stored papers stood in the files that they were read from."""

import re

from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.services.kept_texts import KeptTexts

_FORMAT = "bibtex"
_KEY = re.compile(r"@\s*+[^\s{}(),@=]++\s*+[{(]\s*+([^\s{}(),=]++)")


class ReadKeys:
    """Looks into kept texts of one snapshot; asked of few papers only."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._texts = KeptTexts(reader)

    def has_been(self, paper_id: PaperId, key: str) -> bool:
        """True when an entry with this very key is where the paper was read."""
        [paper] = self._reader.bare_papers([paper_id])
        pieces = (self._texts.piece(place) for place in paper.came_from if place.format == _FORMAT)
        return any((found := _KEY.match(piece)) is not None and found.group(1) == key for piece in pieces)
