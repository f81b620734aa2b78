"""The first page of a list comes without the rest of it."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, CursorResult

from refman.domain.listing import Hits, Listing, Sort, SortField
from refman.domain.query import Text
from refman.storage.search import first_page
from refman.storage.search.sql import Sql
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, draft, step

_SAME = Text(("same",))


def test_a_word_of_four_letters_that_all_papers_have_is_not_looked_up_paper_by_paper(store: SqliteStore) -> None:
    ids = add(store, *(draft(f"same {number}") for number in range(30)))
    listing = Listing(_SAME, (Sort(SortField.TITLE, is_descending=True),))
    statements: list[str] = []
    real = Sql.run

    def run(sql: Sql, connection: Connection) -> CursorResult[Any]:
        statements.append(sql.text)
        return real(sql, connection)

    few = patch.multiple("refman.storage.listing", MANY=10, FEW=0)
    with few, patch.object(Sql, "run", run), store.read() as reader:
        hits = reader.hits(listing, first=5)
    assert (hits.count, hits.first_ids.tolist()) == (30, [ids[number] for number in (9, 8, 7, 6, 5)])
    assert sum("MATCH" in statement for statement in statements) == 2


def test_papers_whose_ids_do_not_follow_the_time_they_were_added_come_in_order_all_the_same(
    store: SqliteStore,
) -> None:
    ids = []
    for number in range(24):
        # By turns from both ends: neighbours in time lie far apart in ids.
        day = number if number % 2 else -number
        with step(store) as writer:
            ids += writer.add_papers([draft(f"same {number}")], added=ADDED + timedelta(days=day))
    newest = sorted(range(24), key=lambda number: -(number if number % 2 else -number))
    expected = [ids[number] for number in newest]
    with patch.multiple(first_page, _PROBES=(2, 4), _SPREAD=1, _DEAR=0), store.read() as reader:
        assert reader.first_ids(Listing(_SAME), limit=7).tolist() == expected[:7]
        assert reader.hits(Listing(_SAME), first=7) == Hits(24, reader.ids(Listing(_SAME))[:7])
        assert reader.ids(Listing(_SAME)).tolist() == expected
