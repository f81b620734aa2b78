"""The texts that papers were read from, for an export that gives entries back as they were."""

from refman.domain.paper import SourceId, SourceSpan
from refman.domain.ports import Reader

_MOST_CHARACTERS = 64_000_000


class KeptTexts:
    """Pieces of kept texts from one snapshot; the texts used last stay in memory, 64 million characters at most
    beside the one in use."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._texts: dict[SourceId, str] = {}

    def piece(self, place: SourceSpan) -> str:
        """The text at a place, "" when it is not kept."""
        text = self._texts.get(place.source_id)
        if text is None:
            kept = self._reader.source_text(place.source_id)
            text = kept.text if kept else ""
            self._make_room(len(text))
            self._texts[place.source_id] = text
        return text[place.span.start : place.span.end]

    def _make_room(self, wanted: int) -> None:
        while self._texts and sum(map(len, self._texts.values())) + wanted > _MOST_CHARACTERS:
            del self._texts[next(iter(self._texts))]
