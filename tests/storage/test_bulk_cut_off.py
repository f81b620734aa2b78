"""A big import that is cut off, by a crash or by a person, is taken back; one that runs elsewhere is left alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import Cancelled
from refman.domain.paper import Span
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.cut_off import cut_off
from tests.storage.papers import (
    ADDED,
    add,
    content,
    count_of_papers,
    step,
    three_drafts,
)


def test_an_import_cut_off_by_a_crash_is_taken_back_at_the_next_start(location: str, opener: SqliteOpener) -> None:
    store = opener.open(location)
    add(store)
    before = content(store)
    store.close()
    cut_off(location)
    store = opener.open(location)
    assert store.taken_back == ("Big",)
    assert content(store) == before
    with store.read() as reader:
        assert [one.name for one in reader.history()] == ["Import"]
    assert store.check() == []
    store.close()


def test_an_import_that_runs_in_another_store_is_not_taken_back_at_opening(
    store: SqliteStore, location: str, opener: SqliteOpener
) -> None:
    with step(store, "Big") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        writer.commit_chunk()
        with ThreadPoolExecutor(1) as pool:
            opening = pool.submit(opener.open, location)
            while not opening.done():
                writer.commit_chunk()
            other = opening.result()
        assert count_of_papers(other) == 3
        other.close()
    assert count_of_papers(store) == 3


def test_a_source_that_is_kept_after_the_first_of_its_papers_goes_with_them(store: SqliteStore) -> None:
    """Found by kills of an import of 10,000: its text stayed in the library for ever."""
    before = content(store)
    with pytest.raises(Cancelled), step(store, "Big", kind=OperationKind.IMPORT) as writer:
        ids = list(writer.add_papers(three_drafts(1), added=ADDED))
        writer.commit_chunk()
        source = writer.begin_source("big.bib", "bibtex", sha256="0" * 64, imported=ADDED)
        writer.add_source_pieces(source, 0, [b"text"])
        writer.add_spans(source, [(ids[0], Span(0, 4, 1))], when=ADDED)
        writer.add_papers(three_drafts(2), added=ADDED)
        writer.commit_chunk()
        raise Cancelled("cancelled", "Stopped.")
    assert content(store) == before
    with store.read() as reader:
        assert reader.source_of_hash("0" * 64) is None
