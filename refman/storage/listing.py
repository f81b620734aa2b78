"""Lists of papers: how many, which first, which at all, where one stands, and the tags among them."""

from array import array

from refman.domain.listing import Hits, Listing, Sort
from refman.domain.paper import PaperId
from refman.domain.query import Node
from refman.storage.search import tag_totals
from refman.storage.search.first_page import counted_with_nearest, newest_or_oldest
from refman.storage.search.id_lists import is_one_of, parse_ids
from refman.storage.search.masks import mask_of, those_in
from refman.storage.search.order import EACH, page, whole_order
from refman.storage.search.plan import Plan
from refman.storage.search.recall import Found, View
from refman.storage.search.scope import Scope
from refman.storage.search.sources import TRASH
from refman.storage.search.sql import Sql

FEW = 1_000
"""So many papers are sorted quicker by themselves than met in the order of all; in a large library one in 200.

Where they lie together at the end of the order, meeting them is a walk past all others: 0.25 s of 1,000,000.
"""
_FEW_OF = 200
MANY = 200_000
"""From here on it is quicker to note which of the first papers of the order are found than to hand over all."""


def first_ids(view: View, listing: Listing, *, limit: int) -> "array[int]":
    """The first ids in order, without counting: what is painted while `hits` counts."""
    plan = Plan(view.connection, listing.query)
    if plan.is_everything:
        return page(view.connection, plan.scope, listing.sort, EACH, limit=limit)
    quick = newest_or_oldest(view.connection, plan, listing.sort, limit, papers=view.last_id)
    return _hits(view, plan, listing, limit).first_ids if quick is None else quick


def hits(view: View, listing: Listing, *, first: int) -> Hits:
    """The exact number of papers and the first ids in order."""
    plan = Plan(view.connection, listing.query)
    if plan.is_everything:
        ids = page(view.connection, plan.scope, listing.sort, EACH, limit=first)
        return Hits(count_of_scope(view, plan.scope), ids)
    quick = newest_or_oldest(view.connection, plan, listing.sort, first, papers=view.last_id)
    if quick is None:
        return _hits(view, plan, listing, first)
    # A page that is not full has all there are.
    return Hits(_count(view, plan, listing.query) if len(quick) == first else len(quick), quick)


def ids(view: View, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
    """Ids in order, `limit` of them from `offset` on. All ids may be shared with others: they are not to be changed."""
    plan = Plan(view.connection, listing.query)
    if limit is not None:
        condition = EACH if plan.is_everything else "paper.id IN (" + plan.ids() + ")"
        return page(view.connection, plan.scope, listing.sort, condition, offset=offset, limit=limit)
    listed = _all_ids(view, plan, listing)
    return listed[offset:] if offset else listed


def position(view: View, listing: Listing, paper_id: PaperId) -> int | None:
    """The row of a paper in the list, None when it is not one of them. Costs as much as all `ids`."""
    try:
        return ids(view, listing).index(paper_id)
    except ValueError:
        return None


def tag_counts(view: View, listing: Listing) -> dict[str, int]:
    """Tag name to number of papers of the list with it or a tag below it; tags with none are left out."""
    plan = Plan(view.connection, listing.query)
    if plan.is_everything and plan.scope is Scope.LIBRARY:
        return tag_totals.totals_of_all(view, trashed_ids(view))
    found = _found(view, plan, listing.query)
    if tag_totals.are_few(view, found.count):
        return tag_totals.totals_of_few(view, found.ids)
    return tag_totals.totals_of_many(view, found.mask)


def trashed_ids(view: View) -> frozenset[int]:
    """The papers in the trash."""
    query = "SELECT json_group_array(id) FROM (" + TRASH.collected() + ")"
    return frozenset(parse_ids(query.run(view.connection).scalar_one()))


def count_of_scope(view: View, scope: Scope) -> int:
    """How many papers are in the library, in its trash, or both. Costs 0.01 us a paper."""
    # Without a condition SQLite adds up what the pages of its smallest index say.
    everything = int(Sql("SELECT count(*) FROM paper").run(view.connection).scalar_one())
    trashed = int(("SELECT count(*) FROM (" + TRASH.collected() + ")").run(view.connection).scalar_one())
    return {Scope.ALL: everything, Scope.TRASH: trashed, Scope.LIBRARY: everything - trashed}[scope]


def _count(view: View, plan: Plan, query: Node) -> int:
    if plan.words_and_tags() is not None and view.recall.carriers is not None:
        return _found(view, plan, query).count
    return int(("SELECT count(*) FROM (" + plan.ids() + ")").run(view.connection).scalar_one())


def _hits(view: View, plan: Plan, listing: Listing, first: int) -> Hits:
    """The hits of a search whose first papers are not found without the others."""
    query = "SELECT count(*), json_group_array(id) FROM (SELECT id FROM (" + plan.ids() + ") LIMIT ?)"
    count, some = (query + Sql("", (MANY + 1,))).run(view.connection).one()
    if count > MANY:
        count, nearest = counted_with_nearest(view.connection, plan, listing.sort, first)
        if nearest is not None:
            return Hits(count, nearest)
        some = _found(view, plan, listing.query).ids
    else:
        view.recall.found.keep(view.key_of(listing.query), Found(count, some, view.last_id))
    if _are_few(view, count):
        return Hits(count, _sorted(view, listing.sort, some, first))
    return Hits(count, page(view.connection, plan.scope, listing.sort, is_one_of("paper.id", some), limit=first))


def _are_few(view: View, count: int) -> bool:
    return count <= max(FEW, view.last_id // _FEW_OF)


def _found(view: View, plan: Plan, query: Node) -> Found:
    """All papers of a search."""

    def find() -> Found:
        quick = _words_or_tags(view, plan)
        if quick is not None:
            return quick
        select = "SELECT count(*), json_group_array(id) FROM (" + plan.ids() + ")"
        count, found = select.run(view.connection).one()
        return Found(count, found, view.last_id)

    return view.recall.found.get(view.key_of(query), find)


def _words_or_tags(view: View, plan: Plan) -> Found | None:
    """The papers of a search for words that stand in texts or in tags; None for another, or without tags in memory.

    A set that SQLite makes of both costs 2 us a paper, and a letter is in some tag of most of them.
    """
    both = plan.words_and_tags()
    if both is None or view.recall.carriers is None:
        return None
    words, tags = both
    ids = ("SELECT json_group_array(id) FROM (" + words.collected() + ")").run(view.connection).scalar_one()
    mask = mask_of(ids, view.last_id)
    tag_totals.mark_carriers(view, tags.tags, mask)
    for paper_id in trashed_ids(view) if plan.has_trash else ():
        mask[paper_id] = 0
    return Found.of_mask(mask)


def _all_ids(view: View, plan: Plan, listing: Listing) -> "array[int]":
    def in_order() -> "array[int]":
        return page(view.connection, plan.scope, listing.sort, EACH)

    if plan.is_everything and plan.scope is not Scope.LIBRARY:
        return in_order()
    if plan.is_everything:
        return view.recall.orders.get(view.key_of(listing.sort), in_order)
    found = _found(view, plan, listing.query)
    if _are_few(view, found.count):
        return _sorted(view, listing.sort, found.ids, -1)
    if plan.scope is not Scope.LIBRARY:
        return page(view.connection, plan.scope, listing.sort, is_one_of("paper.id", found.ids))
    order = view.recall.orders.get(view.key_of(listing.sort), in_order)
    return those_in(found.mask, order)


def _sorted(view: View, sort: tuple[Sort, ...], found: str, limit: int) -> "array[int]":
    """The first of a few papers, in order."""
    order = Sql(f" ORDER BY {whole_order(sort)} LIMIT ?", (limit,))
    query = "SELECT id FROM paper WHERE " + is_one_of("paper.id", found) + order
    return array("q", query.run(view.connection).scalars())
