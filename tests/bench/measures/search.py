"""Searching: what a person types, letter by letter, through the facade of the services."""

import sqlite3
from collections.abc import Callable
from functools import partial

from refman.domain.listing import DEFAULT_SORT, Listing, Sort, SortField
from refman.domain.paper import PaperId
from refman.domain.query import Node
from refman.services.library import Library
from tests.bench.bench import Bench
from tests.bench.measure import Figure
from tests.bench.raw import in_turn, opened, slowest

_TYPED = ("guba", "pela", "gu ba", "lu se na", "ditu", "nusa fe", "vi")
"""Words of the seeded library, some in nearly every paper, some in few."""
_SHOWN = 40
_TITLE = (Sort(SortField.TITLE),)
_COUNT = "SELECT count(*) FROM paper_index WHERE paper_index MATCH ?"
_FIRST = "SELECT rowid FROM paper_index WHERE paper_index MATCH ? ORDER BY rowid DESC LIMIT 256"
_ALL = "SELECT rowid FROM paper_index WHERE paper_index MATCH ?"
_ROWS = "SELECT * FROM paper WHERE id IN (SELECT value FROM json_each(?))"

_Deed = Callable[[], object]


def measure(bench: Bench) -> list[Figure]:
    """First page, exact count and all ids; floors are SQLite's for the same words."""
    texts = [text[:end] for text in _TYPED for end in range(1, len(text) + 1) if text[end - 1] != " "]
    with opened(bench) as (library, raw):
        queries = [(library.parse_query(text).root, _match(text)) for text in texts]

        def deeds(ours: Callable[[Library, Node], object], floor: Callable[[str], object]) -> list[tuple[_Deed, _Deed]]:
            return [(partial(ours, library, node), partial(floor, match)) for node, match in queries]

        def counted(match: str) -> object:
            return raw.execute(_COUNT, (match,)).fetchone()

        def listed(match: str) -> object:
            return raw.execute(_ALL, (match,)).fetchall()

        rounds = max(2, bench.runs // 2)
        first = in_turn(deeds(_first_page, partial(_raw_page, raw)), rounds=rounds)
        newest = in_turn(deeds(partial(_hits, sort=DEFAULT_SORT), counted), rounds=rounds)
        by_title = in_turn(deeds(partial(_hits, sort=_TITLE), counted), rounds=rounds)
        all_ids = in_turn(deeds(_all_ids, listed), rounds=2)
    return [
        slowest("search: first page as read, order Added, 95 %; floor: SQLite's first 256 and 40 rows", first),
        slowest("search: exact count and first page, order Added, 95 %; floor: SQLite's count", newest),
        slowest("search: exact count and first page by title, 95 %; floor: SQLite's count", by_title),
        slowest("search: all ids by title, 95 %; floor: all rowids in Python, unsorted", all_ids),
    ]


def _match(text: str) -> str:
    return " AND ".join(f'"{word}" *' for word in text.split())


def _first_page(library: Library, node: Node) -> object:
    ids = library.first_ids(Listing(node))
    return library.rows([PaperId(paper_id) for paper_id in ids[:_SHOWN]])


def _hits(library: Library, node: Node, *, sort: tuple[Sort, ...]) -> object:
    return library.hits(Listing(node, sort))


def _all_ids(library: Library, node: Node) -> object:
    return library.ids(Listing(node, _TITLE))


def _raw_page(raw: sqlite3.Connection, match: str) -> object:
    ids = [row[0] for row in raw.execute(_FIRST, (match,))]
    return raw.execute(_ROWS, (str(ids[:_SHOWN]),)).fetchall()
