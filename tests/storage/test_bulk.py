"""A big import is one step in many transactions; it never holds up an edit and is taken back as a whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from refman.domain.changes import OperationKind, OperationState
from refman.domain.errors import Cancelled, DiskFull
from refman.domain.listing import Listing
from refman.domain.paper import PaperId, Span
from refman.domain.sources import Block, SourceText
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from refman.storage.writer import SqliteWriter
from tests.storage.papers import (
    ADDED,
    add,
    content,
    count_of_papers,
    draft,
    paper_of,
    redo,
    set_title,
    step,
    three_drafts,
    title_of,
    typed,
    undo,
)


def test_an_import_in_chunks_is_one_step(store: SqliteStore) -> None:
    before = content(store)
    with step(store, "Big", kind=OperationKind.IMPORT) as writer:
        for number in range(5):
            writer.add_papers(three_drafts(number), added=ADDED)
            writer.commit_chunk()
    assert count_of_papers(store) == 15
    changes = store.last_changes()
    assert (len(changes.added), changes.operation and changes.operation.papers) == (15, 15)
    with store.read() as reader:
        assert [(one.name, one.state, one.papers) for one in reader.history()] == [("Big", OperationState.DONE, 15)]
    after = content(store)
    assert undo(store) == "Big"
    assert content(store) == before
    assert redo(store) == "Big"
    assert content(store) == after
    assert store.check() == []


def test_readers_see_the_chunks_that_are_written(store: SqliteStore) -> None:
    with step(store, "Big") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        assert count_of_papers(store) == 0
        writer.commit_chunk()
        assert count_of_papers(store) == 3
        with store.read() as reader:
            assert (reader.history(), reader.undoable()) == ([], None)


def test_an_edit_of_another_thread_gets_its_turn_between_chunks(store: SqliteStore) -> None:
    [paper_id] = add(store)
    waiting = Event()

    def edit() -> None:
        waiting.set()
        set_title(store, paper_id, "Edited meanwhile")

    with ThreadPoolExecutor(1) as pool, step(store, "Big") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        done = pool.submit(edit)
        assert waiting.wait(10)
        writer.commit_chunk()
        # The edit waits at the lock since before the chunk ended, so it comes before the next one.
        writer.add_papers(three_drafts(2), added=ADDED)
        writer.commit_chunk()
        done.result(10)
        assert title_of(store, paper_id) == "Edited meanwhile"
    assert undo(store) == "Edit to Edited meanwhile"
    assert undo(store) == "Big"


def test_an_edit_of_another_store_gets_its_turn_between_chunks(
    store: SqliteStore, location: str, opener: SqliteOpener
) -> None:
    [paper_id] = add(store)
    other = opener.open(location)
    waiting = Event()

    def edit() -> None:
        waiting.set()
        set_title(other, paper_id, "From the command line")

    with ThreadPoolExecutor(1) as pool, step(store, "Big") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        done = pool.submit(edit)
        assert waiting.wait(10)
        writer.commit_chunk()
        writer.add_papers(three_drafts(2), added=ADDED)
        writer.commit_chunk()
        done.result(10)
    other.close()
    assert (count_of_papers(store), title_of(store, paper_id)) == (7, "From the command line")


def test_cancelling_takes_every_chunk_back(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(key="old"))
    before = content(store)
    source = SourceText("page", "profile", "the text", ADDED)
    with pytest.raises(Cancelled), step(store, "Big") as writer:
        source_id = writer.keep_source(source)
        [new, *_] = writer.add_papers(three_drafts(1), added=ADDED)
        writer.add_spans(source_id, [(new, Span(0, 3, 1)), (paper_id, Span(4, 6, 2))], when=ADDED)
        writer.add_blocks(source_id, [Block("string", "acm", "{ACM}", "@string{acm = {ACM}}", Span(0, 1, 1))])
        writer.put_tags([new, paper_id], ["new/tag"])
        writer.set_field(paper_id, "volume", typed("3"))
        writer.commit_chunk()
        writer.add_papers(three_drafts(2), added=ADDED)
        raise Cancelled("cancelled", "Stop.")
    assert content(store) == before
    with store.read() as reader:
        assert [one.name for one in reader.history()] == ["Import"]
        assert reader.source_named_by("the text") is None
    assert store.check() == []


def test_a_step_cut_off_without_chunks_leaves_nothing(store: SqliteStore) -> None:
    with pytest.raises(DiskFull), step(store, "Small") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        raise DiskFull("disk-full", "Full.")
    assert count_of_papers(store) == 0


def test_what_a_person_edited_meanwhile_survives_a_cancelled_import(store: SqliteStore) -> None:
    [old] = add(store)
    with ThreadPoolExecutor(1) as pool, pytest.raises(Cancelled), step(store, "Big") as writer:
        [kept, gone, _] = writer.add_papers(three_drafts(1), added=ADDED)
        writer.put_tags([kept, gone], ["fresh"])
        writer.set_field(old, "title", typed("By the import"))
        done = pool.submit(lambda: None)
        _edit_between(store, writer, pool, [(kept, "By me"), (old, "By me too")])
        done.result()
        raise Cancelled("cancelled", "Stop.")
    paper = paper_of(store, kept)
    assert (count_of_papers(store), paper.plain("title"), paper.tags) == (2, "By me", ("fresh",))
    assert title_of(store, old) == "By me too"
    with store.read() as reader:
        assert reader.paper(gone) is None
    assert store.check() == []
    assert undo(store) == "Edit to By me too"


def _edit_between(
    store: SqliteStore, writer: SqliteWriter, pool: ThreadPoolExecutor, edits: list[tuple[PaperId, str]]
) -> None:
    """Ends the chunk and lets another thread edit before the next one begins."""
    waiting = Event()

    def edit() -> None:
        waiting.set()
        for paper_id, title in edits:
            set_title(store, paper_id, title)

    done = pool.submit(edit)
    assert waiting.wait(10)
    while not done.done():
        writer.commit_chunk()
    done.result()


def test_undo_while_an_import_runs_takes_back_the_last_finished_step(store: SqliteStore) -> None:
    [paper_id] = add(store)
    set_title(store, paper_id, "Edited")
    with ThreadPoolExecutor(1) as pool, step(store, "Big") as writer:
        writer.add_papers(three_drafts(1), added=ADDED)
        undone = pool.submit(undo, store)
        while not undone.done():
            writer.commit_chunk()
        assert undone.result() == "Edit to Edited"
    assert (count_of_papers(store), title_of(store, paper_id)) == (4, "Attention is All You Need")


def _trash(writer: SqliteWriter, ids: list[PaperId]) -> None:
    writer.set_trashed(ids, ADDED)


def _purge(writer: SqliteWriter, ids: list[PaperId]) -> None:
    writer.purge(ids)


@pytest.mark.parametrize("put_away", [_trash, _purge])
def test_papers_put_away_in_chunks_come_back_when_it_is_cancelled(
    store: SqliteStore, put_away: Callable[[SqliteWriter, list[PaperId]], None]
) -> None:
    ids = add(store, *three_drafts(1))
    before = content(store)
    with pytest.raises(Cancelled), step(store, "Away") as writer:
        put_away(writer, ids[:1])
        writer.commit_chunk()
        put_away(writer, ids[1:2])
        writer.commit_chunk()
        put_away(writer, ids[2:])
        raise Cancelled("cancelled", "Stop.")
    assert content(store) == before
    assert store.check() == []


def test_a_paper_comes_back_without_the_key_that_somebody_took_meanwhile(store: SqliteStore) -> None:
    ids = add(store, draft("Old", key="roe2020"))
    waiting = Event()

    def take_key() -> None:
        waiting.set()
        add(store, draft("New", key="roe2020"))

    with ThreadPoolExecutor(1) as pool, pytest.raises(Cancelled), step(store, "Away") as writer:
        writer.purge(ids)
        done = pool.submit(take_key)
        assert waiting.wait(10)
        writer.commit_chunk()
        while not done.done():
            writer.commit_chunk()
        done.result(10)
        raise Cancelled("cancelled", "Stop.")
    with store.read() as reader:
        here = reader.papers([PaperId(one) for one in reader.ids(Listing())])
    assert {paper.plain("title"): paper.key for paper in here} == {"Old": "", "New": "roe2020"}
    assert store.check() == []
