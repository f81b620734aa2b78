"""Linked files in the tables: kept as they were given, outside the journal."""

from dataclasses import replace
from datetime import UTC, datetime

from refman.domain.changes import OperationKind
from refman.domain.links import Direction, LinkedEntry, LinkedFile, WriteWhen
from refman.domain.paper import PaperId
from refman.storage.store import SqliteStore
from tests.storage.papers import add, draft

_WHEN = datetime(2026, 11, 22, tzinfo=UTC)
_LINK = LinkedFile(
    "/a/refs.bib", "tag:x", "/a", Direction.TO_FILE, WriteWhen.IDLE, "ab", "1:2:3", 7, "c0ffee", 3, _WHEN
)


def test_a_link_comes_back_as_it_was_given(store: SqliteStore) -> None:
    with store.write() as writer:
        link_id = writer.put_link(_LINK)
        writer.put_linked_base(link_id, b"@misc{a}\xff")
        writer.put_linked_state(link_id, "ab", when=_WHEN)
        writer.put_linked_state(link_id, "ab", when=_WHEN)
        writer.put_linked_entries(link_id, [LinkedEntry("b", PaperId(2), {"title": "x"}), LinkedEntry("a", PaperId(1))])
    with store.read() as reader:
        assert reader.linked_files() == [replace(_LINK, id=link_id)]
        assert reader.linked_base(link_id) == b"@misc{a}\xff"
        assert reader.linked_entries(link_id) == [
            LinkedEntry("a", PaperId(1)),
            LinkedEntry("b", PaperId(2), {"title": "x"}),
        ]
        assert (reader.knows_state(link_id, "ab"), reader.knows_state(link_id, "cd")) == (True, False)
        assert reader.files_of(PaperId(2)) == [(replace(_LINK, id=link_id), "b")]
        assert reader.history() == []


def test_a_link_is_changed_and_forgotten(store: SqliteStore) -> None:
    with store.write() as writer:
        link_id = writer.put_link(_LINK)
        other = writer.put_link(replace(_LINK, path="/b.bib"))
        writer.put_linked_base(link_id, b"x")
        writer.put_linked_entries(link_id, [LinkedEntry("a", PaperId(1)), LinkedEntry("b", PaperId(2))])
    with store.write() as writer:
        assert writer.put_link(replace(_LINK, id=link_id, query="")) == link_id
        writer.put_linked_base(link_id, b"y")
        writer.drop_linked_entries(link_id, ["b", "nobody"])
    with store.read() as reader:
        assert reader.linked_base(link_id) == b"y"
        assert [one.key for one in reader.linked_entries(link_id)] == ["a"]
    with store.write() as writer:
        writer.delete_link(link_id)
    with store.read() as reader:
        assert [link.id for link in reader.linked_files()] == [other]
        assert reader.linked_base(link_id) == b""
        assert reader.linked_entries(link_id) == []


def test_purging_a_paper_leaves_the_key_of_the_file(store: SqliteStore) -> None:
    (paper_id,) = add(store, draft(key="a"))
    with store.write() as writer:
        link_id = writer.put_link(_LINK)
        writer.put_linked_entries(link_id, [LinkedEntry("a", paper_id)])
    with store.write() as writer:
        writer.journal(OperationKind.PURGE, "Purge")
        writer.purge([paper_id])
    with store.read() as reader:
        assert reader.linked_entries(link_id) == [LinkedEntry("a", paper_id)]
