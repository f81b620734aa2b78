"""Lists of papers: how many, which first, which at all, where one stands, and the tags among them."""

from array import array

from sqlalchemy import Connection

from refman.domain.listing import Hits, Listing, Sort
from refman.domain.paper import PaperId
from refman.storage.search.id_lists import is_one_of, listed, parse_ids, rows_of
from refman.storage.search.order import stretches, whole_order
from refman.storage.search.plan import Plan
from refman.storage.search.scope import Scope
from refman.storage.search.sources import TRASH
from refman.storage.search.sql import Sql
from refman.storage.search.tag_totals import ALL, tag_totals, those_of

FEW = 1_000
"""So many papers are sorted quicker by themselves than met in the order of all."""
MANY = 200_000
"""From here on it is quicker to look papers up in the order of all than to hand over which were found."""
LOOKED_UP = 2_000
"""So many papers are looked up at most: a look into the text index takes 40 us."""


def hits(connection: Connection, listing: Listing, *, first: int) -> Hits:
    """The exact number of papers and the first ids in order."""
    plan = Plan(connection, listing.query)
    if plan.is_everything:
        count = Sql(f"SELECT count(*) FROM paper WHERE {plan.scope.value}").run(connection).scalar_one()
        return Hits(count, _page(connection, plan.scope, listing.sort, Sql("true"), limit=first))
    count, found = _collected(connection, plan)
    if count <= FEW:
        return Hits(count, _sorted(connection, listing.sort, found, first))
    needed = 2 * first * _last_id(connection) // count
    page = None
    if count > MANY and needed <= LOOKED_UP:
        page = _first_by_looking(connection, plan, listing.sort, needed, first)
    if page is None:
        page = _page(connection, plan.scope, listing.sort, is_one_of("paper.id", found), limit=first)
    return Hits(count, page)


def ids(connection: Connection, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
    """Ids in order, `limit` of them from `offset` on."""
    plan = Plan(connection, listing.query)
    condition = Sql("true") if plan.is_everything else "paper.id IN (" + plan.ids() + ")"
    return _page(connection, plan.scope, listing.sort, condition, offset=offset, limit=limit)


def position(connection: Connection, listing: Listing, paper_id: PaperId) -> int | None:
    """The row of a paper in the list, None when it is not one of them. Costs as much as all `ids`."""
    try:
        return ids(connection, listing).index(paper_id)
    except ValueError:
        return None


def tag_counts(connection: Connection, listing: Listing) -> dict[str, int]:
    """Tag name to number of papers of the list with it or a tag below it; tags with none are left out."""
    plan = Plan(connection, listing.query)
    if plan.is_everything and plan.scope is Scope.LIBRARY:
        outside = " WHERE paper_id NOT IN (" + TRASH.collected() + ")" if plan.has_trash else Sql("")
        return tag_totals(connection, ALL + outside)
    count, found = _collected(connection, plan)
    if count * 2 < _last_id(connection):
        return tag_totals(connection, those_of(found))
    # Looking up the few that are left out is quicker than the many that are not.
    others = "SELECT id FROM paper INDEXED BY paper_added_order WHERE NOT " + is_one_of("paper.id", found)
    return tag_totals(connection, ALL + " WHERE paper_id NOT IN (" + others + ")")


def _last_id(connection: Connection) -> int:
    """About the number of papers, at no cost."""
    return int(Sql("SELECT max(id) FROM paper").run(connection).scalar_one() or 0)


def _collected(connection: Connection, plan: Plan) -> tuple[int, str]:
    """How many papers the search finds, and their ids as a JSON array."""
    count, found = ("SELECT count(*), json_group_array(id) FROM (" + plan.ids() + ")").run(connection).one()
    return count, found


def _sorted(connection: Connection, sort: tuple[Sort, ...], found: str, limit: int) -> "array[int]":
    """The first of a few papers, in order."""
    order = Sql(f" ORDER BY {whole_order(sort)} LIMIT ?", (limit,))
    query = "SELECT id FROM paper WHERE " + is_one_of("paper.id", found) + order
    return array("q", query.run(connection).scalars())


def _first_by_looking(
    connection: Connection, plan: Plan, sort: tuple[Sort, ...], looked_up: int, limit: int
) -> "array[int] | None":
    """The first papers of a search that finds many; None when they are not among the first of the library."""
    nearest = _page(connection, plan.scope, sort, Sql("true"), limit=looked_up)
    query = "SELECT id FROM " + rows_of(listed(nearest), "paper") + " WHERE " + plan.condition(is_lookup=True)
    known = set(query.run(connection).scalars())
    page = array("q", [paper_id for paper_id in nearest if paper_id in known][:limit])
    return page if len(page) == limit else None


def _page(
    connection: Connection,
    scope: Scope,
    sort: tuple[Sort, ...],
    condition: Sql,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> "array[int]":
    """Those of the papers in order for which the condition holds."""
    page = array("q")
    for stretch in stretches(sort):
        hint = f" INDEXED BY {stretch.index}" if scope is not Scope.ALL else ""
        source = f"FROM paper{hint} WHERE {scope.value} AND {stretch.condition} AND " + condition
        left = -1 if limit is None else limit - len(page)
        rows = "SELECT id " + source + Sql(f" ORDER BY {stretch.order_by} LIMIT ? OFFSET ?", (left, offset))
        found = parse_ids(("SELECT json_group_array(id) FROM (" + rows + ")").run(connection).scalar_one())
        page.extend(found)
        if found:
            offset = 0
        elif offset:
            offset = max(0, offset - int(("SELECT count(*) " + source).run(connection).scalar_one()))
        if limit is not None and len(page) >= limit:
            break
    return page
