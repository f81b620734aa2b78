"""Citation keys are unique, ids are never used twice, and candidates are found by what papers share."""

import pytest

from refman.domain.errors import ConflictError
from refman.domain.folding import match_key
from refman.domain.names import Name
from refman.domain.paper import (
    Draft,
    FieldValue,
    People,
)
from refman.domain.sources import Candidate
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, Act, add, draft, paper_of, step, undo

# Citation keys


def test_keys_are_unique_without_case(store: SqliteStore) -> None:
    [first, second] = add(store, draft(key="Abc"), draft("B"))
    acts: tuple[Act, ...] = (
        lambda writer: writer.set_key(second, "aBC"),
        lambda writer: writer.add_papers([draft(key="abc")], added=ADDED),
        lambda writer: writer.add_papers([draft(key="new"), draft(key="NEW")], added=ADDED),
    )
    for act in acts:
        with pytest.raises(ConflictError, match="belongs to another paper"), step(store) as writer:
            act(writer)
    with step(store) as writer:
        writer.set_key(first, "ABC")
    with store.read() as reader:
        assert reader.ids_of_keys(["ABC", "Abc", "none"]) == {"ABC": first}
        assert list(reader.ids_without_key()) == [second]
        assert [reader.key_is_free("abc", one) for one in (None, first, second)] == [False, True, False]


def test_an_exported_key_is_never_given_to_another_paper(store: SqliteStore) -> None:
    [first, second] = add(store, draft(key="Abc"), draft("B"))
    with step(store) as writer:
        writer.remember_exported({"Abc": first})
    assert store.last_changes().is_empty
    with step(store) as writer:
        writer.set_key(first, "other")
    with step(store) as writer:
        writer.purge([first])
    with pytest.raises(ConflictError), step(store) as writer:
        writer.set_key(second, "abc")
    with pytest.raises(ConflictError), step(store) as writer:
        writer.add_papers([draft(key="ABC")], added=ADDED)
    with store.read() as reader:
        assert reader.keys_like("a") == {"abc"}
    undo(store)
    with step(store) as writer:
        writer.set_key(first, "Abc")
    assert paper_of(store, first).key == "Abc"


def test_ids_are_never_used_twice(store: SqliteStore) -> None:
    [first] = add(store)
    undo(store)
    [second] = add(store)
    with step(store) as writer:
        writer.purge([second])
    [third] = add(store)
    assert (first, second, third) == (1, 2, 3)


def test_keys_are_found_by_their_beginning(store: SqliteStore) -> None:
    add(store, draft(key="Smith2020a"), draft("B", key="smith2020b"), draft("C", key="smithers"))
    with store.read() as reader:
        assert reader.keys_like("smith2020") == {"smith2020a", "smith2020b"}
        assert reader.keys_like("x") == set()


# Candidates


def test_candidates_are_found_by_doi_eprint_and_title(store: SqliteStore) -> None:
    authors = {"author": People((Name("A", "", "Müller"), Name(literal="The Org"), Name("B", "von", "Łoś")))}
    by_title = Draft("misc", "t", {"title": FieldValue("Attention: Is All?"), "year": FieldValue("2017")}, authors)
    by_doi = Draft("article", "", {"doi": FieldValue("10.1000/ABC")})
    by_eprint = Draft("misc", "", {"eprint": FieldValue("arXiv:1706.03762v5"), "date": FieldValue("2017-06")})
    [one, two, three, trashed] = add(store, by_title, by_doi, by_eprint, Draft("misc", "", by_title.fields))
    with step(store) as writer:
        writer.set_trashed([trashed], ADDED)
    with store.read() as reader:
        found = reader.candidates(
            dois=["10.1000/abc", "10.1/none"], eprints=["1706.03762"], titles=[match_key("attention is ALL")]
        )
        assert reader.candidates() == []
    families = frozenset({"muller", "the org", "los"})
    assert found == [
        Candidate(one, "t", "attentionisall", "", "", families, 2017, "misc"),
        Candidate(two, "", "", "10.1000/abc", "", frozenset(), None, "article"),
        Candidate(three, "", "", "", "1706.03762", frozenset(), 2017, "misc"),
    ]
