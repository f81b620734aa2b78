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
    """BibTeX reads a parent only when it stands after all its children (btxdoc section 2.1); else the order stays."""
    parents = set(reader.ids_of_keys(_parent_keys(reader, set(ids))).values())
    return [one for one in ids if one not in parents] + [one for one in ids if one in parents]


def _parent_keys(reader: Reader, ids: set[PaperId]) -> set[str]:
    keys: set[str] = set()
    for name in _PARENT_FIELDS:
        children = [PaperId(one) for one in reader.ids(Listing(Has(name))) if one in ids]
        for start in range(0, len(children), _CHUNK):
            papers = reader.papers(children[start : start + _CHUNK])
            keys.update(key.strip() for paper in papers for key in paper.plain(name).split(","))
    return keys
