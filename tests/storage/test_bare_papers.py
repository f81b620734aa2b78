"""Papers for exports are papers without what no format writes."""

from dataclasses import replace
from json import JSONDecodeError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.paper import Draft, PaperId, SourceId, Span
from refman.storage.store import SqliteStore
from refman.storage.values import all_from_json
from tests.bare import bare
from tests.storage.papers import ADDED, add, draft, drafts, step


@given(st.lists(drafts, min_size=1, max_size=3))
def test_they_have_all_that_leaves(shared_store: SqliteStore, given_drafts: list[Draft]) -> None:
    ids = add(shared_store, *given_drafts)
    with shared_store.read() as reader:
        assert reader.bare_papers(ids) == [bare(paper) for paper in reader.papers(ids)]


def test_they_know_where_they_were_read_and_nothing_of_tags_and_notes(store: SqliteStore) -> None:
    ids = add(store, replace(draft(key="a"), tags=("Nets",), notes=("A note",)), draft("Another", key="b"))
    with step(store) as writer:
        source = writer.begin_source("a.bib", "bibtex", sha256="0" * 64, imported=ADDED)
        writer.add_spans(source, [(ids[0], Span(0, 9, 1))], when=ADDED)
    with store.read() as reader:
        wanted = [ids[1], PaperId(99), ids[0]]
        found = reader.bare_papers(wanted)
        assert found == [bare(paper) for paper in reader.papers(wanted)]
    assert [paper.key for paper in found] == ["b", "a"]
    assert [place.source_id for place in found[1].came_from] == [SourceId(1)]


def test_values_are_read_as_each_by_itself() -> None:
    assert all_from_json([]) == []
    assert all_from_json(['{"a":"b"}', None, "[]", '["],["]']) == [{"a": "b"}, None, [], ["],["]]


@pytest.mark.parametrize("texts", [["1,2"], ["", "1"], [""], ["[1", "2]"], ["1],[2"], ["1,2", "{"]])
def test_texts_that_are_values_only_when_joined_are_damaged(texts: list[str]) -> None:
    with pytest.raises(JSONDecodeError):
        all_from_json(texts)
