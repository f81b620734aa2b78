"""Which papers leave in which order: by citation key, parents of a crossref after their children."""

from collections.abc import Sequence
from dataclasses import replace

from refman.domain.export_profile import Order
from refman.domain.listing import Listing, Sort, SortField
from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.domain.query import Has

Selection = Listing | Sequence[int]
"""A whole list, or ids in any order; papers of the trash never leave."""

_BY_KEY = (Sort(SortField.KEY),)
_SORTS = {
    Order.KEY: _BY_KEY,
    Order.AUTHOR: (Sort(SortField.AUTHORS), Sort(SortField.YEAR), *_BY_KEY),
    Order.YEAR: (Sort(SortField.YEAR), *_BY_KEY),
    Order.TITLE: (Sort(SortField.TITLE), *_BY_KEY),
    Order.ADDED: (Sort(SortField.ADDED), *_BY_KEY),
}
_PARENT_FIELDS = ("crossref", "xdata")
_CHUNK = 500
_DEEPEST = 10
"""How far parents of parents are followed; a circle of them ends there too."""


def selected_ids(reader: Reader, selection: Selection, *, order: Order = Order.KEY) -> list[PaperId]:
    """The papers outside the trash that are meant, sorted by key or as said; those without one stand last."""
    if isinstance(selection, Listing):
        return [PaperId(number) for number in reader.ids(replace(selection, sort=_SORTS[order]))]
    wanted = {PaperId(number) for number in selection}
    if len(wanted) <= _CHUNK and order is Order.KEY:
        rows = [row for row in reader.rows(list(wanted)) if not row.is_trashed]
        return [row.id for row in sorted(rows, key=lambda row: (not row.key, row.key.lower(), row.id))]
    return [PaperId(number) for number in reader.ids(Listing(sort=_SORTS[order])) if number in wanted]


def parents_last(reader: Reader, ids: Sequence[PaperId]) -> list[PaperId]:
    """BibTeX reads a parent only when it stands after all its children (btxdoc section 2.1); else the order stays.

    Parents of parents stand behind these; those that name one another in a circle somewhere behind all others.
    """
    named = _parent_keys(reader, set(ids))
    numbers = reader.ids_of_keys_in_any_case({key for keys in named.values() for key in keys})
    depths = dict.fromkeys(ids, 0)
    for _ in range(_DEEPEST):
        before = dict(depths)
        for child, keys in named.items():
            for parent in sorted({numbers[key] for key in keys if key in numbers} & depths.keys()):
                depths[parent] = max(depths[parent], depths[child] + 1)
        if depths == before:
            break
    return sorted(ids, key=lambda one: depths[one])


def _parent_keys(reader: Reader, ids: set[PaperId]) -> dict[PaperId, list[str]]:
    """Of the papers that name parents, the keys of these."""
    named: dict[PaperId, list[str]] = {}
    for name in _PARENT_FIELDS:
        children = [PaperId(one) for one in reader.ids(Listing(Has(name))) if one in ids]
        for start in range(0, len(children), _CHUNK):
            papers = reader.papers(children[start : start + _CHUNK])
            for paper in papers:
                named.setdefault(paper.id, []).extend(key.strip() for key in paper.plain(name).split(","))
    return named
