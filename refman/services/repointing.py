"""Entries of an imported file name their parents by the keys of that file: where one got another key, they follow it.

Without that a child would inherit from whatever paper has the key here, which is another one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from refman.domain.listing import Listing
from refman.domain.paper import FieldValue, Paper, PaperId, SourceId, Span
from refman.domain.ports import Reader, Writer
from refman.domain.query import Has

POINTERS = ("crossref", "xref", "related")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Renamed:
    """An entry of a file that has another key here."""

    read: str
    key: str
    span: Span


@dataclass(slots=True)
class Renames:
    """The entries of an import whose papers have other keys than were read, by input."""

    _of_input: dict[int, list[_Renamed]] = field(default_factory=dict)

    def note(self, source: int, read: str, key: str, span: Span | None) -> None:
        """An entry and the key that its paper has."""
        if read and key and read != key and span is not None:
            self._of_input.setdefault(source, []).append(_Renamed(read, key, span))

    @property
    def inputs(self) -> Collection[int]:
        """The inputs that have such entries."""
        return self._of_input.keys()

    def follow(self, writer: Writer, source_ids: Mapping[int, SourceId]) -> None:
        """Lets the papers that were read from these files alone name what their entries meant."""
        for source, renamed in self._of_input.items():
            names = _first_ones(writer, source_ids[source], renamed)
            if names:
                _repoint(writer, source_ids[source], names)


def _first_ones(reader: Reader, source: SourceId, renamed: Sequence[_Renamed]) -> dict[str, str]:
    """Keys in lower case to those that they are here. Of two entries with one key the first is meant, as in BibTeX."""
    found: dict[str, _Renamed] = {}
    for one in renamed:
        present = found.setdefault(one.read.lower(), one)
        if one.span.start < present.span.start:
            found[one.read.lower()] = one
    holders = reader.ids_of_keys_in_any_case([one.read for one in found.values()])
    papers = {paper.id: paper for paper in reader.papers(sorted(set(holders.values())))}
    return {
        folded: one.key
        for folded, one in found.items()
        if not any(
            span.start < one.span.start for span in _spans(papers.get(holders.get(one.read, PaperId(0))), source)
        )
    }


def _spans(paper: Paper | None, source: SourceId) -> Iterator[Span]:
    if paper is not None:
        yield from (place.span for place in paper.came_from if place.source_id == source)


def _repoint(writer: Writer, source: SourceId, names: Mapping[str, str]) -> None:
    for name in POINTERS:
        ids = [PaperId(one) for one in writer.ids(Listing(Has(name)))]
        for start in range(0, len(ids), _CHUNK):
            for paper in writer.papers(ids[start : start + _CHUNK]):
                value = paper.fields.get(name)
                if value and value.source is not None and {place.source_id for place in paper.came_from} == {source}:
                    keys = [key.strip() for key in value.plain.split(",")]
                    meant = ",".join(names.get(key.lower(), key) for key in keys)
                    if meant != ",".join(keys):
                        writer.set_field(paper.id, name, FieldValue(meant, f"{{{meant}}}", value.origin))
