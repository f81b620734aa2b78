"""Lists of papers: how many, which first, which at all, where one stands, and the tags among them."""

from array import array

from sqlalchemy import Connection

from refman.domain.listing import Hits, Listing, Sort
from refman.domain.paper import PaperId
from refman.storage.search.order import stretches, whole_order
from refman.storage.search.plan import Plan
from refman.storage.search.scope import Scope
from refman.storage.search.sources import TRASH
from refman.storage.search.sql import Sql
from refman.storage.search.tag_totals import ALL, tag_totals, those_of
from refman.storage.values import from_json

_FEW = 1_000
"""So many papers are sorted quicker by themselves than found in the order of all."""
_MANY = 200_000
"""From here on it is quicker to look up papers in order than to collect what was found."""


def hits(connection: Connection, listing: Listing, *, first: int) -> Hits:
    """The exact number of papers and the first ids in order."""
    plan = Plan(connection, listing.query)
    if plan.is_everything:
        count = Sql(f"SELECT count(*) FROM paper WHERE {plan.scope.value}").run(connection).scalar_one()
        return Hits(count, _page(connection, plan.scope, listing.sort, Sql("true"), 0, first))
    count, found = _collected(connection, plan)
    if count <= _FEW:
        return Hits(count, _sorted(connection, listing.sort, found, first))
    condition = plan.condition(is_lookup=True) if count > _MANY else _is_one_of("paper.id", found)
    return Hits(count, _page(connection, plan.scope, listing.sort, condition, 0, first))


def ids(connection: Connection, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
    """Ids in order, `limit` of them from `offset` on."""
    plan = Plan(connection, listing.query)
    condition = Sql("true") if plan.is_everything else "paper.id IN (" + plan.ids() + ")"
    return _page(connection, plan.scope, listing.sort, condition, offset, limit)


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
    last_id = Sql("SELECT max(id) FROM paper").run(connection).scalar_one() or 0
    if count * 2 < last_id:
        return tag_totals(connection, those_of(found))
    return tag_totals(connection, ALL + " WHERE " + _is_one_of("paper_tag.paper_id", found))


def _collected(connection: Connection, plan: Plan) -> tuple[int, str]:
    """How many papers the search finds, and their ids as a JSON array: SQLite takes it back quicker than we read it."""
    count, found = ("SELECT count(*), json_group_array(id) FROM (" + plan.ids() + ")").run(connection).one()
    return count, found


def _is_one_of(column: str, found: str) -> Sql:
    return Sql(f"{column} IN (SELECT value FROM json_each(?))", (found,))


def _sorted(connection: Connection, sort: tuple[Sort, ...], found: str, limit: int) -> "array[int]":
    """The first of a few papers, given as a JSON array, in order."""
    query = (
        "SELECT id FROM paper WHERE "
        + _is_one_of("paper.id", found)
        + Sql(f" ORDER BY {whole_order(sort)} LIMIT ?", (limit,))
    )
    return array("q", query.run(connection).scalars())


def _page(
    connection: Connection, scope: Scope, sort: tuple[Sort, ...], condition: Sql, offset: int, limit: int | None
) -> "array[int]":
    """Those of the papers in order for which the condition holds."""
    page = array("q")
    for stretch in stretches(sort):
        hint = f" INDEXED BY {stretch.index}" if scope is not Scope.ALL else ""
        source = f"FROM paper{hint} WHERE {scope.value} AND {stretch.condition} AND " + condition
        left = -1 if limit is None else limit - len(page)
        rows = "SELECT id " + source + Sql(f" ORDER BY {stretch.order_by} LIMIT ? OFFSET ?", (left, offset))
        found = from_json(("SELECT json_group_array(id) FROM (" + rows + ")").run(connection).scalar_one())
        page.extend(found)
        if found:
            offset = 0
        elif offset:
            offset = max(0, offset - ("SELECT count(*) " + source).run(connection).scalar_one())
        if limit is not None and len(page) >= limit:
            break
    return page
