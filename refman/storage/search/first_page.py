"""The first papers of a list without finding the others: what is on the screen while the rest is being counted."""

from array import array

from sqlalchemy import Connection

from refman.domain.listing import Sort, SortField
from refman.storage.search.id_lists import is_one_of, listed, parse_ids
from refman.storage.search.order import EACH, page
from refman.storage.search.plan import Plan
from refman.storage.search.scope import Scope
from refman.storage.search.sql import Sql

_PROBES = (512, 4_096, 32_768)
"""So many papers are looked through, one lot after the other: 0.5 us each."""
_DEAR = 5
"""A paper looked through in this way costs so many times as much as one of all that are found."""
_SPREAD = 4
"""Ids of papers that were added together lie together; where they lie wider apart than this, that is given up."""
_NEAREST = 4_096
"""So many of the first papers of an order are enough for a page of what a twentieth of all papers fulfil."""


def newest_or_oldest(
    connection: Connection, plan: Plan, sort: tuple[Sort, ...], limit: int, *, papers: int
) -> "array[int] | None":
    """The first papers in an order that begins with the time they were added; None when that takes too long.

    Ids grow with that time: the papers next in line are a narrow range of ids, in which every index finds quickly
    what is searched for. Fewer than `limit` are all there are. `papers`: about how many the library has.
    """
    if plan.scope is not Scope.LIBRARY or not sort or sort[0].field is not SortField.ADDED:
        return None
    found: array[int] = array("q")
    offset = 0
    for size in _PROBES:
        lot = page(connection, plan.scope, sort, EACH, offset=offset, limit=size)
        offset += len(lot)
        if lot and max(lot) - min(lot) >= _SPREAD * size:
            return None
        if lot:
            known = set(ids_of(connection, plan.within(min(lot), max(lot))))
            found.extend(paper_id for paper_id in lot if paper_id in known)
        if len(found) >= limit or len(lot) < size:
            return found[:limit]
        if len(found) ** 2 * papers < _DEAR * limit * offset**2:
            # So few that finding them all is quicker than looking on for a page of them.
            return None
    return None


def counted_with_nearest(
    connection: Connection, plan: Plan, sort: tuple[Sort, ...], limit: int
) -> "tuple[int, array[int] | None]":
    """How many papers a search finds that finds many, and its first ones; None when they lie further back.

    While all are counted, those are noted that are among the first of the whole order. Looking these up one by one
    would open the index anew for each, which takes as long as counting for a word of four letters or more.
    """
    nearest = page(connection, plan.scope, sort, EACH, limit=_NEAREST)
    noted = Sql("SELECT count(*), json_group_array(id) FILTER (WHERE ") + is_one_of("id", listed(nearest)) + ")"
    count, some = (noted + " FROM (" + plan.ids() + ")").run(connection).one()
    known = set(parse_ids(some))
    found = array("q", [paper_id for paper_id in nearest if paper_id in known][:limit])
    return count, found if len(found) == min(limit, count) else None


def ids_of(connection: Connection, plan: Plan) -> "array[int]":
    """All papers of a search that finds few, in no order."""
    return parse_ids(("SELECT json_group_array(id) FROM (" + plan.ids() + ")").run(connection).scalar_one())
