"""How often the current project cites each paper: the column of the list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from refman.domain.links import LinkedFile
from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.services.linking.cited import citation_counts
from refman.services.linking.seen import GONE

_CHUNK = 500


def cited_papers(reader: Reader, project: Path) -> dict[PaperId, int]:
    """Each cited paper with the number of places, under its key in a linked file of the project or, if it is in none,
    under that in the library. Cost: reads those sources that changed since the last time."""
    counts = citation_counts(project)
    if not counts:
        return {}
    found: Counter[PaperId] = Counter()
    known = set[str]()
    for link in _links_of(reader.linked_files(), project):
        for entry in reader.linked_entries(link.id):
            if entry.key in counts and entry.key not in known and GONE not in entry.seen:
                known.add(entry.key)
                found[entry.paper_id] += counts[entry.key]
    for keys in _parts(sorted(counts.keys() - known)):
        for key, paper_id in reader.ids_of_keys(keys).items():
            found[paper_id] += counts[key]
    return dict(found)


def _links_of(links: Iterable[LinkedFile], project: Path) -> list[LinkedFile]:
    return [link for link in links if link.project and Path(link.project) == project]


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
