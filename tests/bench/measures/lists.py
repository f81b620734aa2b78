"""The list without a search: every order, every place."""

import random
from collections.abc import Callable, Sequence
from functools import partial

from refman.domain.listing import Listing, Sort, SortField
from refman.domain.paper import PaperId
from tests.bench.bench import Bench
from tests.bench.measure import Figure
from tests.bench.raw import in_turn, opened, slowest

_PAGE = 128
_FIELDS = (SortField.TITLE, SortField.YEAR, SortField.AUTHORS, SortField.VENUE, SortField.KEY, SortField.CHANGED)
_FIRST_PAGE = [*(Sort(field) for field in _FIELDS), *(Sort(field, is_descending=True) for field in _FIELDS)]
_FIRST_PAGE += [Sort(SortField.ADDED), Sort(SortField.TYPE), Sort(SortField.TYPE, is_descending=True)]
_COLUMNS = {SortField.TITLE: "title_sort", SortField.YEAR: "year_sort", SortField.AUTHORS: "authors_sort"}
_COLUMNS |= {SortField.VENUE: "venue_sort", SortField.KEY: "key_folded", SortField.CHANGED: "changed"}
_COLUMNS |= {SortField.TYPE: "type", SortField.ADDED: "added"}
_ORDERED = "SELECT id FROM paper WHERE trashed IS NULL ORDER BY {} LIMIT ?"
_ROWS = "SELECT * FROM paper WHERE id IN (SELECT value FROM json_each(?))"


def measure(bench: Bench) -> list[Figure]:
    """First page of orders in both directions, all ids of six; pages of rows anywhere in the list."""
    generator = random.Random(bench.papers)
    with opened(bench) as (library, raw):

        def ordered(sort: Sort, limit: int) -> list[tuple[int]]:
            order = f"{_COLUMNS[sort.field]} {'DESC' if sort.is_descending else 'ASC'}"
            return raw.execute(_ORDERED.format(order), (limit,)).fetchall()

        def first(sort: Sort) -> object:
            return library.hits(Listing(sort=(sort,)))

        def every(sort: Sort) -> object:
            return library.ids(Listing(sort=(sort,)))

        def raw_rows(ids: Sequence[int]) -> object:
            return raw.execute(_ROWS, (str(list(ids)),)).fetchall()

        ids = library.ids(Listing(sort=(Sort(SortField.TITLE),)))
        starts = [generator.randrange(max(1, len(ids) - _PAGE)) for _ in range(20)]
        pages = [[PaperId(paper_id) for paper_id in ids[start : start + _PAGE]] for start in starts]

        def deeds(
            ours: Callable[[Sort], object], sorts: Sequence[Sort], *, limit: int
        ) -> list[tuple[Callable[[], object], Callable[[], object]]]:
            return [(partial(ours, sort), partial(ordered, sort, limit)) for sort in sorts]

        heads = in_turn(deeds(first, _FIRST_PAGE, limit=256), rounds=bench.runs)
        wholes = in_turn(deeds(every, _FIRST_PAGE[: len(_FIELDS)], limit=-1), rounds=2)
        rows = in_turn([(partial(library.rows, page), partial(raw_rows, page)) for page in pages], rounds=2)
    return [
        slowest("list: count and first page by another column, 95 %; floor: SQLite's first 256", heads),
        slowest("list: all ids by another column, 95 %; floor: the same ids as rows in Python", wholes),
        slowest("list: a page of 128 rows anywhere, 95 %; floor: the columns of SQLite", rows, goal="<= 16 ms"),
    ]
