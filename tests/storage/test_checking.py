"""`check` finds what is wrong, and nothing where all is well."""

from collections.abc import Callable

import pytest

from refman.domain.errors import LibraryDamaged
from refman.storage.sqlite import connect_writer
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, draft, step


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE paper SET title = 'Other'", "paper_index does not match"),
        ("UPDATE note SET text = 'Other'", "paper_index does not match"),
        ("UPDATE paper SET key = 'other'", "paper_index does not match"),
        ("UPDATE paper SET title_sort = 'zzz'", "paper 1 does not fit its title_sort"),
        ("UPDATE paper_text SET author = '[]'", "does not fit its authors"),
        ("DELETE FROM paper_text", "paper 1 has lost its texts"),
        ("INSERT INTO paper_tag VALUES (1, 77)", "belongs to no row of tag"),
        ("INSERT INTO search_text(paper_id, title) VALUES (1, 'x')", "search copy of title"),
    ],
)
def test_what_another_program_spoiled_is_found(store: SqliteStore, statement: str, complaint: str) -> None:
    [paper_id] = add(store, draft(key="k"))
    with step(store) as writer:
        writer.add_note(paper_id, "note", when=ADDED)
    assert store.check() == []
    foreign = connect_writer(store.location)
    foreign.execute("PRAGMA foreign_keys=OFF")
    foreign.execute(statement)
    foreign.close()
    assert any(complaint in problem for problem in store.check())


def test_letters_that_a_disk_spoiled_are_damage_and_no_fault_of_refman(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(key="k"))
    foreign = connect_writer(store.location)
    foreign.execute("UPDATE paper_text SET abstract = CAST(x'41FF42' AS TEXT)")
    foreign.close()
    with pytest.raises(LibraryDamaged, match="restore a backup"), store.read() as reader:
        reader.papers([paper_id])
    assert store.check() != []


def test_a_check_holds_up_nobody(store: SqliteStore) -> None:
    add(store)
    check: Callable[[], list[str]] = store.check
    with step(store) as writer:
        writer.add_papers([draft("B")], added=ADDED)
        assert check() == []
