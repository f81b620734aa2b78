"""Storage finds, orders and counts exactly what a plain evaluation in memory does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.changes import OperationKind
from refman.domain.listing import Listing, Sort
from refman.domain.paper import Draft, Paper
from refman.domain.query_parser import parse_query
from refman.domain.tags import fold_tag
from refman.storage import listing as storage_listing
from refman.storage.reader import SqliteReader
from refman.storage.search import first_page, tag_totals
from refman.storage.search.recall import Recall
from refman.storage.store import SqliteStore
from tests.storage.plain_listing import (
    expected_ids,
    expected_tag_counts,
    fill,
    libraries,
    listings,
    sorts,
    typed_searches,
)


def assert_same(reader: SqliteReader, papers: list[Paper], listing: Listing) -> None:
    expected = expected_ids(papers, listing)
    hits = reader.hits(listing, first=3)
    assert (hits.count, hits.first_ids.tolist()) == (len(expected), expected[:3])
    assert reader.first_ids(listing, limit=3).tolist() == expected[:3]
    assert reader.ids(listing).tolist() == expected
    assert reader.ids(listing, offset=2, limit=3).tolist() == expected[2:5]
    counts = {fold_tag(name): count for name, count in reader.tag_counts(listing).items()}
    assert counts == expected_tag_counts(papers, listing)
    for paper in papers[:4]:
        row = expected.index(int(paper.id)) if int(paper.id) in expected else None
        assert reader.position(listing, paper.id) == row


class _TakeBack(Exception):
    """Ends an operation so that nothing of it stays."""


@contextmanager
def _as_in_a_large_library(size: int) -> Iterator[None]:
    """Lets each way to an answer begin where a small library gets to it; the real figures are far beyond."""
    few, many, probes, dear, few_tags = _SIZES[size]
    with (
        patch.multiple(storage_listing, FEW=few, MANY=many),
        patch.multiple(first_page, _PROBES=probes, _DEAR=dear),
        patch.object(tag_totals, "FEW", few_tags),
    ):
        yield


_SIZES = (
    (1000, 200_000, (512, 4_096), 5, 4_000),
    (0, 200_000, (2, 3, 50), 0, 0),
    (0, 200_000, (1, 2), 0, 0),
    (0, 0, (1, 1), 1, 0),
)


@given(library=libraries, listing=listings, size=st.sampled_from(range(len(_SIZES))))
def test_any_search_of_any_library(
    shared_store: SqliteStore, library: list[Draft], listing: Listing, size: int
) -> None:
    with _as_in_a_large_library(size), pytest.raises(_TakeBack), shared_store.write() as writer:
        writer.journal(OperationKind.IMPORT, "Import")
        assert_same(writer, fill(writer, library), listing)
        raise _TakeBack


@given(library=libraries, text=typed_searches, sort=sorts, has_tags_in_memory=st.booleans())
def test_any_typed_search_of_any_library(
    shared_store: SqliteStore, library: list[Draft], text: str, sort: tuple[Sort, ...], has_tags_in_memory: bool
) -> None:
    query = parse_query(text, today=date(2026, 11, 22), zone=UTC)
    with pytest.raises(_TakeBack), shared_store.write() as writer:
        writer.journal(OperationKind.IMPORT, "Import")
        papers = fill(writer, library)
        reader = SqliteReader(writer.connection, Recall())
        if has_tags_in_memory:
            reader.tag_counts(Listing())
        assert_same(reader, papers, Listing(query.root, sort))
        raise _TakeBack
