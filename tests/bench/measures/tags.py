"""Counts of all tags, by themselves and under filters."""

import sqlite3
from collections.abc import Callable
from functools import partial

from refman.domain.listing import Listing
from refman.services.library import Library
from tests.bench.bench import Bench, pair
from tests.bench.measure import Figure
from tests.bench.raw import in_turn, milliseconds, opened, slowest

_FILTERS = ("g", "gu ba", "gr", 'tag:"area 3"', "year:2018..2020", "pela", "type:article")
_DIRECT = (
    "SELECT tag_id, count(*) FROM json_each(?) AS found CROSS JOIN paper_tag ON paper_tag.paper_id = found.value "
    "GROUP BY tag_id"
)
_ALL = "SELECT tag_id, count(*) FROM paper_tag INDEXED BY paper_tag_reverse GROUP BY tag_id"


def measure(bench: Bench) -> list[Figure]:
    """Levels included; the floors count only the tags themselves, the papers being known."""
    with opened(bench) as (library, raw):
        reread = [milliseconds(library.tags)]
        floor = [milliseconds(lambda: raw.execute(_ALL).fetchall()) for _ in range(3)]
        again = in_turn([(library.tags, lambda: raw.execute(_ALL).fetchall())], rounds=bench.runs)
        under = in_turn([_deed(library, raw, text) for text in _FILTERS], rounds=max(2, bench.runs // 2))
    goal = {10_000: "<= 50 ms", 100_000: "<= 100 ms", 1_000_000: "<= 500 ms"}.get(bench.papers, "")
    return [
        pair("tags: all counts, the first time; floor: SQLite's GROUP BY", "ms", reread, floor),
        pair("tags: all counts, again; floor: SQLite's GROUP BY", "ms", *again),
        slowest("tags: all counts under a filter, 95 %; floor: SQLite's GROUP BY over the ids", under, goal=goal),
    ]


def _deed(library: Library, raw: sqlite3.Connection, text: str) -> tuple[Callable[[], object], Callable[[], object]]:
    node = library.parse_query(text).root
    ids = str(library.ids(Listing(node)).tolist())
    # The filters take turns, and more of them than are remembered: each search is evaluated anew.
    return partial(library.tag_counts, Listing(node)), lambda: raw.execute(_DIRECT, (ids,)).fetchall()
