"""The parents that exported papers name by `crossref`: they leave too, or BibTeX and biber call the crossref bad.

Sources: btxdoc section 2.1 (a parent must be in the file, behind its children), the biblatex manual section 2.4.1.1
(a parent may have a parent).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from refman.domain.errors import Problem
from refman.domain.listing import Listing
from refman.domain.paper import Draft, Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.query import Has
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.inheritance import otherwise_problem
from refman.formats.bibtex.origin_dialect import dialects_of_sources
from refman.formats.bibtex.xdata_keys import referred_keys
from refman.services.export_former_keys import ids_fields

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Family:
    """The papers that were asked for and behind them the parents that come along, those of parents too.

    `missing` says of a paper which parent it names that is not in the library, or in its trash; `otherwise` of one
    that leaves as biblatex read it which parent biber does not find, and the key that it has.
    """

    ids: Sequence[PaperId]
    parents: frozenset[PaperId] = frozenset()
    missing: Mapping[PaperId, str] = field(default_factory=dict)
    otherwise: Mapping[PaperId, tuple[str, str]] = field(default_factory=dict)

    def problems(self, paper_id: PaperId) -> list[Problem]:
        """What is to be said of a paper whose parent is missing, as a sentence behind its key."""
        if paper_id in self.otherwise:
            return [otherwise_problem(*self.otherwise[paper_id])]
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
    all_named: dict[PaperId, str] = {}
    new: Sequence[PaperId] = ids
    while new:
        named = _crossrefs(reader, set(new), shape)
        listed = _listed(reader, set(named.values()), format_name)
        all_named |= named
        missing |= {child: key for child, key in named.items() if key not in listed}
        found = {listed[key] for key in named.values() if key in listed}
        if format_name == Dialect.BIBLATEX:
            found |= _data_named(reader, new, shape)
        new = sorted(found - here)
        here.update(new)
        parents += new
    controls = {block.name.lower() for _, block in reader.blocks() if block.kind == "control"} if missing else set()
    missing = {child: key for child, key in missing.items() if key.lower() not in controls}
    otherwise = _named_otherwise(reader, all_named) if format_name == Dialect.BIBLATEX else {}
    return Family([*ids, *parents], frozenset(parents), missing, otherwise)


def speller(reader: Reader) -> Callable[[str], str]:
    """What gives the key of the library that is a key in any case, the key itself where there is none."""

    @lru_cache(maxsize=4096)
    def spelled(key: str) -> str:
        found = reader.ids_of_keys_in_any_case([key]).get(key)
        return key if found is None else reader.keys_of([found])[found]

    return spelled


def data_of(reader: Reader) -> Callable[[str], Draft | None]:
    """What gives the `@xdata` that is a paper, as in linked files, by its key in any case."""

    @lru_cache(maxsize=4096)
    def data(key: str) -> Draft | None:
        found = reader.ids_of_keys_in_any_case([key]).get(key)
        papers = reader.bare_papers([found]) if found is not None else ()
        return next((paper for paper in papers if paper.type == "xdata" and paper.trashed is None), None)

    return data


def _named_otherwise(reader: Reader, named: Mapping[PaperId, str]) -> dict[PaperId, tuple[str, str]]:
    """Those papers that biblatex read and whose parent has its key in another case: they leave as they were read."""
    spelled = speller(reader)
    odd = {child: (key, exact) for child, key in named.items() if (exact := spelled(key)) != key}
    dialects = dialects_of_sources(reader.blocks()) if odd else {}
    papers = reader.bare_papers(list(odd))
    return {
        paper.id: odd[paper.id]
        for paper in papers
        if any(dialects.get(place.source_id) is Dialect.BIBLATEX for place in paper.came_from)
    }


def _crossrefs(reader: Reader, ids: set[PaperId], shape: Callable[[Paper], Paper]) -> dict[PaperId, str]:
    """Those of the papers that leave with a `crossref`, with the key that it names."""
    children = [PaperId(one) for one in reader.ids(Listing(Has("crossref"))) if one in ids]
    found: dict[PaperId, str] = {}
    for start in range(0, len(children), _CHUNK):
        for paper in map(shape, reader.bare_papers(children[start : start + _CHUNK])):
            if key := paper.plain("crossref").strip():
                found[paper.id] = key
    return found


def _data_named(reader: Reader, ids: Sequence[PaperId], shape: Callable[[Paper], Paper]) -> set[PaperId]:
    """The `@xdata` that are papers, as in linked files, and that these papers name; BibTeX gets what they say instead.

    References of single fields are looked for in few papers only: of many, most likely all leave.
    """
    wanted = set(ids)
    naming = list(ids) if len(ids) <= _CHUNK else [PaperId(one) for one in reader.ids(Listing(Has("xdata")))]
    keys: set[str] = set()
    for start in range(0, len(naming), _CHUNK):
        some = [one for one in naming[start : start + _CHUNK] if one in wanted]
        for paper in map(shape, reader.bare_papers(some)):
            keys.update(referred_keys(paper), map(str.strip, paper.plain("xdata").split(",")))
    listed = _listed(reader, keys - {""}, Dialect.BIBLATEX)
    return {paper.id for paper in reader.bare_papers(sorted(set(listed.values()))) if paper.type == "xdata"}


def _listed(reader: Reader, keys: set[str], format_name: str) -> dict[str, PaperId]:
    """The papers outside the trash with these keys, in any case; biber finds one by its `ids` too."""
    found = reader.ids_of_keys_in_any_case(keys)
    trashed = {row.id for row in reader.rows(sorted(set(found.values()))) if row.is_trashed}
    listed = {key: paper_id for key, paper_id in found.items() if paper_id not in trashed}
    if format_name == Dialect.BIBLATEX and len(listed) < len(keys):
        listed = {key: paper_id for paper_id, key in ids_fields(reader) if key in keys} | listed
    return listed
