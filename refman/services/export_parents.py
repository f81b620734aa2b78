"""The parents that exported papers name by `crossref`: they leave too, or BibTeX and biber call the crossref bad.

Sources: btxdoc section 2.1 (a parent must be in the file, behind its children), the biblatex manual section 2.4.1.1
(a parent may have a parent).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from refman.domain.errors import Problem
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.query import Has
from refman.formats.bibtex.dialects import Dialect

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Family:
    """The papers that were asked for and behind them the parents that come along, those of parents too.

    `missing` says of a paper which parent it names that is not in the library, or in its trash.
    """

    ids: Sequence[PaperId]
    parents: frozenset[PaperId] = frozenset()
    missing: Mapping[PaperId, str] = field(default_factory=dict)

    def problems(self, paper_id: PaperId) -> list[Problem]:
        """What is to be said of a paper whose parent is missing, as a sentence behind its key."""
        if paper_id not in self.missing:
            return []
        key = self.missing[paper_id]
        return [Problem(0, "missing-parent", f"It names the crossref {key}, which is not here.", (key,))]


def family_of(reader: Reader, ids: Sequence[PaperId], *, format_name: str, shape: Callable[[Paper], Paper]) -> Family:
    """The papers with their parents, found by key without case; other formats than BibTeX's have no parents.

    `shape` gives a paper as it leaves: one that leaves without its `crossref` needs no parent.
    """
    if format_name not in set(Dialect):
        return Family(ids)
    here, parents, missing = set(ids), list[PaperId](), dict[PaperId, str]()
    new: Sequence[PaperId] = ids
    while new:
        named = _crossrefs(reader, set(new), shape)
        listed = _listed(reader, set(named.values()))
        missing |= {child: key for child, key in named.items() if key not in listed}
        new = sorted({listed[key] for key in named.values() if key in listed} - here)
        here.update(new)
        parents += new
    controls = {block.name.lower() for _, block in reader.blocks() if block.kind == "control"} if missing else set()
    missing = {child: key for child, key in missing.items() if key.lower() not in controls}
    return Family([*ids, *parents], frozenset(parents), missing)


def _crossrefs(reader: Reader, ids: set[PaperId], shape: Callable[[Paper], Paper]) -> dict[PaperId, str]:
    """Those of the papers that leave with a `crossref`, with the key that it names."""
    children = [PaperId(one) for one in reader.ids(Listing(Has("crossref"))) if one in ids]
    found: dict[PaperId, str] = {}
    for start in range(0, len(children), _CHUNK):
        for paper in map(shape, reader.bare_papers(children[start : start + _CHUNK])):
            if key := paper.plain("crossref").strip():
                found[paper.id] = key
    return found


def _listed(reader: Reader, keys: set[str]) -> dict[str, PaperId]:
    """The papers outside the trash with these keys, in any case."""
    found = reader.ids_of_keys_in_any_case(keys)
    trashed = {row.id for row in reader.rows(sorted(set(found.values()))) if row.is_trashed}
    return {key: paper_id for key, paper_id in found.items() if paper_id not in trashed}
