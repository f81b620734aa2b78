"""Before much of a library goes a person is asked."""

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import NotAgreed
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.services.guarding import Guard
from refman.services.library import Library
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import draft


@pytest.fixture
def many(library: Library) -> list[PaperId]:
    """150 papers of one step, then one more of its own."""
    for kind, count in ((OperationKind.IMPORT, 150), (OperationKind.CREATE, 1)):
        with library.store.write() as writer:
            writer.journal(kind, f"Add {count}")
            writer.add_papers([draft(f"Paper {count} {number}") for number in range(count)], added=library.clock.now())
    return [PaperId(one) for one in library.ids(Listing())]


def test_more_than_a_hundred_are_not_deleted_unasked(library: Library, many: list[PaperId]) -> None:
    with pytest.raises(NotAgreed) as refused:
        library.trash(many[:120])
    assert refused.value.message == (
        "This would remove 120 of 151 papers, so nothing was done; if it is meant, repeat it with --yes."
    )
    assert refused.value.arguments == ("120", "151")
    assert library.sidebar_counts().trashed == 0


def test_nor_more_than_a_fifth(library: Library, many: list[PaperId]) -> None:
    library.trash(many[:30])
    with pytest.raises(NotAgreed):
        library.trash(many[30:70])
    assert library.sidebar_counts().trashed == 30


def test_the_same_holds_for_good_and_for_the_whole_trash(library: Library, many: list[PaperId]) -> None:
    with library.agreed():
        library.trash(many[:120])
    with pytest.raises(NotAgreed):
        library.empty_trash()
    with pytest.raises(NotAgreed):
        library.delete_for_good(many[:120])
    assert library.sidebar_counts().trashed == 120
    with library.agreed():
        library.empty_trash()
    assert library.sidebar_counts().papers == 31


def test_undo_of_a_big_import_asks_and_of_a_paper_does_not(library: Library, many: list[PaperId]) -> None:
    library.undo()
    with pytest.raises(NotAgreed, match="150 of 150"):
        library.undo(NoProgress())
    assert library.sidebar_counts().papers == 150
    with library.agreed():
        library.undo()
    assert library.sidebar_counts().papers == 0
    library.redo()
    assert library.sidebar_counts().papers == 150


def test_redo_of_a_big_deletion_asks(library: Library, many: list[PaperId]) -> None:
    with library.agreed():
        library.trash(many[:120])
    library.undo()
    with pytest.raises(NotAgreed, match="120 of 151"):
        library.redo()
    with library.agreed():
        library.redo()
        library.undo()
        library.restore_from_trash(many[:5])
    assert library.sidebar_counts().papers == 151


def test_undo_of_taking_many_out_of_the_trash_asks(library: Library, many: list[PaperId]) -> None:
    with library.agreed():
        library.trash(many[:120])
    library.restore_from_trash(many[:120])
    with pytest.raises(NotAgreed, match="120 of 151"):
        library.undo()


def test_a_tag_of_many_papers_is_deleted_unasked_for_no_paper_goes(library: Library, many: list[PaperId]) -> None:
    library.tag(many, ["rl"])
    library.delete_tag("rl")
    library.undo()
    library.redo()
    assert [tag.name for tag in library.tags()] == []


def test_consent_ends_with_its_block(library: Library, many: list[PaperId]) -> None:
    with library.agreed(), library.agreed():
        pass
    with pytest.raises(NotAgreed):
        library.trash(many)


def test_where_nothing_can_be_written_the_write_says_so_and_no_backup_is_tried(clock: FakeClock) -> None:
    store = FakeStore(clock)
    with store.write() as writer:
        writer.journal(OperationKind.IMPORT, "Add 20")
        writer.add_papers([draft(f"Paper {number}") for number in range(20)], added=clock.now())
    tried: list[str] = []
    guard = Guard(store, lambda: tried.append("backup"), is_agreed=True)
    store.is_writable = False
    guard.before(20)
    assert tried == []
    store.is_writable = True
    guard.before(20)
    assert tried == ["backup"]
