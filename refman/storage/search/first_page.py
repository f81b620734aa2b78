"""The first papers of a list without finding the others: what is on the screen while the rest is being counted."""

from array import array

from sqlalchemy import Connection

from refman.domain.listing import Sort, SortField
from refman.storage.search.id_lists import listed, parse_ids, rows_of
from refman.storage.search.order import page
from refman.storage.search.plan import Plan
from refman.storage.search.scope import Scope
from refman.storage.search.sql import Sql

_PROBES = (512, 4_096, 32_768)
"""So many papers are looked through, one lot after the other: 0.5 us each."""
_DEAR = 5
"""A paper looked through in this way costs so many times as much as one of all that are found."""
_SPREAD = 4
"""Ids of papers that were added together lie together; where they lie wider apart than this, that is given up."""
_LOOKED_UP = 2_000
"""So many papers are looked up one by one at most: a look into the text index takes 40 us."""


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
        lot = page(connection, plan.scope, sort, Sql("true"), offset=offset, limit=size)
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


def by_looking(
    connection: Connection, plan: Plan, sort: tuple[Sort, ...], limit: int, *, share: float
) -> "array[int] | None":
    """The first papers of a search that finds this share of the library; None when that takes too many looks."""
    looked_up = int(2 * limit / share)
    if looked_up > _LOOKED_UP:
        return None
    nearest = page(connection, plan.scope, sort, Sql("true"), limit=looked_up)
    query = "SELECT id FROM " + rows_of(listed(nearest), "paper") + " WHERE " + plan.condition(is_lookup=True)
    known = set(query.run(connection).scalars())
    found = array("q", [paper_id for paper_id in nearest if paper_id in known][:limit])
    return found if len(found) == limit else None


def ids_of(connection: Connection, plan: Plan) -> "array[int]":
    """All papers of a search that finds few, in no order."""
    return parse_ids(("SELECT json_group_array(id) FROM (" + plan.ids() + ")").run(connection).scalar_one())
