"""Tags on papers and the tree they make."""

from datetime import UTC, date

import pytest

from refman.domain.errors import NotFound
from refman.domain.listing import Listing, SidebarCounts, TagInfo
from refman.domain.paper import PaperId
from refman.domain.query_parser import parse_query
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, Act, add, content, draft, paper_of, step, undo


def _tags(store: SqliteStore) -> dict[str, int]:
    with store.read() as reader:
        return {tag.name: tag.count for tag in reader.tags()}


def _put(store: SqliteStore, ids: list[PaperId], *names: str) -> None:
    with step(store, "Tag") as writer:
        writer.put_tags(ids, names)


@pytest.fixture
def ids(store: SqliteStore) -> list[PaperId]:
    """Three papers."""
    return add(store, draft("A"), draft("B"), draft("C"))


def test_a_level_counts_each_paper_below_it_once(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:2], "rl/planning", "rl/search")
    _put(store, ids[2:], "nets")
    with store.read() as reader:
        assert reader.tags() == [
            TagInfo("nets", 0, 0, 1),
            TagInfo("rl", 0, 0, 2),
            TagInfo("rl/planning", 0, 0, 2),
            TagInfo("rl/search", 0, 0, 2),
        ]


def test_a_tag_in_another_case_is_the_same_tag(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:1], "Deep Learning")
    _put(store, ids[1:2], "deep learning")
    assert _tags(store) == {"Deep Learning": 2}
    with store.read() as reader:
        assert reader.tags_of([*ids, ids[0]]) == {"Deep Learning": 2}


def test_accents_make_another_tag(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:1], "resume", "résumé")
    assert _tags(store) == {"resume": 1, "résumé": 1}


def test_a_literal_slash_makes_no_level(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:1], "TCP\\/IP")
    assert _tags(store) == {"TCP\\/IP": 1}


def test_trashed_papers_are_not_counted(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "x")
    with step(store) as writer:
        writer.set_trashed(ids[:1], ADDED)
    with store.read() as reader:
        assert (_tags(store), reader.counts()) == ({"x": 2}, SidebarCounts(papers=2, untagged=0, trashed=1))


def test_taking_a_tag_off_leaves_the_tag(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "x")
    with step(store) as writer:
        writer.take_tags(ids[:2], ["X", "unknown"])
    assert _tags(store) == {"x": 1}
    undo(store)
    assert _tags(store) == {"x": 3}


def test_putting_a_tag_twice_is_undone_to_what_was(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:1], "x")
    _put(store, ids, "x")
    undo(store)
    assert (paper_of(store, ids[0]).tags, paper_of(store, ids[1]).tags) == (("x",), ())


def test_renaming_takes_all_levels_below_along(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "rl/planning/mcts", "rl", "rlhf")
    before = content(store)
    with step(store) as writer:
        writer.rename_tag("rl", "Learning/RL")
    assert set(_tags(store)) == {
        "Learning",
        "Learning/RL",
        "Learning/RL/planning",
        "Learning/RL/planning/mcts",
        "rlhf",
    }
    undo(store)
    assert content(store) == before


def test_renaming_a_level_that_is_no_tag_of_its_own_works_too(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "rl/planning")
    with step(store) as writer:
        writer.rename_tag("RL", "x")
    assert _tags(store) == {"x": 3, "x/planning": 3}


def test_renaming_onto_another_tag_merges_them(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids[:2], "rl", "rl/planning")
    _put(store, ids[1:], "RL2")
    before = content(store)
    with step(store) as writer:
        writer.rename_tag("rl", "rl2")
    assert _tags(store) == {"RL2": 3, "rl2/planning": 2}
    undo(store)
    assert content(store) == before


def test_a_change_of_case_is_a_rename(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "rl")
    with step(store) as writer:
        writer.rename_tag("rl", "RL")
    assert _tags(store) == {"RL": 3}


def test_deleting_takes_all_levels_below_along(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "rl", "rl/planning", "nets")
    before = content(store)
    with step(store) as writer:
        writer.delete_tag("RL")
    assert _tags(store) == {"nets": 3}
    undo(store)
    assert content(store) == before
    assert store.check() == []


def test_a_number_key_belongs_to_one_tag(store: SqliteStore, ids: list[PaperId]) -> None:
    _put(store, ids, "a", "b")
    with step(store) as writer:
        writer.set_tag_look("a", colour=3, number_key=1)
    with step(store) as writer:
        writer.set_tag_look("b", colour=0, number_key=1)
    with store.read() as reader:
        assert reader.tags() == [TagInfo("a", 3, 0, 3), TagInfo("b", 0, 1, 3)]
    undo(store)
    with store.read() as reader:
        assert reader.tags() == [TagInfo("a", 3, 1, 3), TagInfo("b", 0, 0, 3)]


def test_an_unknown_tag_is_named(store: SqliteStore) -> None:
    acts: tuple[Act, ...] = (
        lambda writer: writer.rename_tag("gone", "x"),
        lambda writer: writer.delete_tag("gone"),
        lambda writer: writer.set_tag_look("gone", colour=1, number_key=0),
    )
    for act in acts:
        with pytest.raises(NotFound, match='no tag "gone"'), step(store) as writer:
            act(writer)


def test_an_empty_tag_can_be_made(store: SqliteStore) -> None:
    for name in ("empty", "EMPTY"):
        with step(store) as writer:
            writer.create_tag(name)
    assert _tags(store) == {"empty": 0}
    with store.read() as reader:
        assert len(reader.history()) == 1


def test_tagging_unknown_papers_does_nothing(store: SqliteStore) -> None:
    with step(store) as writer:
        writer.put_tags([PaperId(77)], ["x"])
    assert _tags(store) == {"x": 0}


def test_many_papers_are_tagged_in_few_journal_rows(store: SqliteStore) -> None:
    ids = add(store, *[draft("T")] * 1000)
    _put(store, ids, "x")
    with store.read() as reader:
        rows = reader.connection.exec_driver_sql("SELECT count(*) FROM change WHERE kind = 'tagged'").scalar_one()
    assert rows == 4
    undo(store)
    assert _tags(store) == {}


def test_words_of_tags_are_found_in_memory_as_the_tags_change(store: SqliteStore, ids: list[PaperId]) -> None:
    more = add(store, draft("Theory of games"), draft("Thermal noise"))
    query = Listing(parse_query("the", today=date(2026, 11, 22), zone=UTC).root)

    def found() -> set[int]:
        with store.read() as reader:
            hits = reader.hits(query, first=1)
            assert hits.count == len(reader.ids(query)) and set(hits.first_ids) <= set(reader.ids(query))
            return set(reader.ids(query))

    _put(store, ids[:2], "theory/games", "other")
    with store.read() as reader:
        # Reads the tags of all papers into memory.
        reader.tag_counts(Listing())
    assert found() == {*ids[:2], *more}
    with step(store) as writer:
        writer.take_tags(ids[:1], ["theory/games"])
    assert found() == {ids[1], *more}
    _put(store, ids[2:], "thesis")
    assert found() == {*ids[1:], *more}
    with step(store) as writer:
        writer.set_trashed([ids[1], more[0]], ADDED)
    assert found() == {ids[2], more[1]}
