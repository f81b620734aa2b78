"""Lists of papers: how many, which first, which at all, where one stands, and the tags among them."""

from array import array

from sqlalchemy import Connection

from refman.domain.listing import Hits, Listing
from refman.domain.paper import PaperId
from refman.storage.search.order import stretches
from refman.storage.search.plan import Plan
from refman.storage.search.scope import Scope
from refman.storage.search.sql import Sql
from refman.storage.search.tag_totals import tag_totals
from refman.storage.values import from_json


def hits(connection: Connection, listing: Listing, *, first: int) -> Hits:
    """The exact number of papers and the first ids in order."""
    plan = Plan(connection, listing.query)
    count = ("SELECT count(*) FROM (" + plan.ids() + ")").run(connection).scalar_one()
    return Hits(count, _page(connection, plan, listing, 0, first))


def ids(connection: Connection, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
    """Ids in order, `limit` of them from `offset` on."""
    return _page(connection, Plan(connection, listing.query), listing, offset, limit)


def _page(connection: Connection, plan: Plan, listing: Listing, offset: int, limit: int | None) -> "array[int]":
    page: array[int] = array("q")
    for stretch in stretches(listing.sort):
        hint = f" INDEXED BY {stretch.index}" if plan.scope is not Scope.ALL else ""
        source = f"FROM paper{hint} WHERE {plan.scope.value} AND {stretch.condition} AND " + plan.condition("id")
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


def position(connection: Connection, listing: Listing, paper_id: PaperId) -> int | None:
    """The row of a paper in the list, None when it is not one of them."""
    found = ids(connection, listing)
    return found.index(paper_id) if paper_id in found else None


def tag_counts(connection: Connection, listing: Listing) -> dict[str, int]:
    """Tag name to number of papers of the list with it or a tag below it; tags with none are left out."""
    return tag_totals(connection, Plan(connection, listing.query).ids())
