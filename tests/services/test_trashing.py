"""The trash: in, out, for good, and back."""

import pytest

from refman.domain.errors import Cancelled
from refman.domain.listing import Listing, SidebarCounts
from refman.domain.paper import PaperId
from refman.domain.query import InTrash
from refman.services import trashing
from refman.services.library import Library
from tests.fakes import FakeClock
from tests.services.papers import draft, store_draft, stored_paper


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    """Three papers."""
    return [store_draft(library, draft(title, key=title.lower())) for title in ("One", "Two", "Three")]


def test_trashed_papers_leave_the_list_and_keep_their_key(
    library: Library, ids: list[PaperId], clock: FakeClock
) -> None:
    outcome = library.trash(ids[:2])
    assert outcome.message == "2 papers moved to the trash"
    assert list(library.ids(Listing())) == [ids[2]]
    assert set(library.ids(Listing(InTrash()))) == set(ids[:2])
    assert library.sidebar_counts() == SidebarCounts(papers=1, untagged=1, trashed=2)
    assert library.ids_of_keys(["one"]) == {"one": ids[0]}
    assert stored_paper(library, ids[0]).trashed == clock.now()


def test_the_day_of_deletion_stays(library: Library, ids: list[PaperId], clock: FakeClock) -> None:
    library.trash([ids[0]])
    trashed = stored_paper(library, ids[0]).trashed
    clock.pass_seconds(60)
    assert library.trash([ids[0]]).is_nothing
    assert stored_paper(library, ids[0]).trashed == trashed


def test_a_paper_named_twice_is_one_paper(library: Library, ids: list[PaperId]) -> None:
    assert library.tag([ids[0], ids[1], ids[0]], ["rl"]).message == '2 papers tagged with "rl"'
    assert library.trash([ids[1], ids[1]]).message == "two moved to the trash"
    assert [operation.papers for operation in library.history()][:2] == [1, 2]


def test_papers_come_back(library: Library, ids: list[PaperId]) -> None:
    library.trash(ids)
    assert library.restore_from_trash([ids[1]]).message == "two taken out of the trash"
    assert list(library.ids(Listing())) == [ids[1]]
    assert library.restore_from_trash([ids[1]]).is_nothing


def test_the_trash_is_emptied_and_undo_brings_everything_back(library: Library, ids: list[PaperId]) -> None:
    library.tag(ids, ["rl"])
    library.trash(ids[:2])
    before = library.papers(ids)
    assert library.empty_trash().message == "Trash emptied: 2 papers removed"
    assert library.papers(ids) == [before[2]]
    assert library.empty_trash().is_nothing
    library.undo()
    assert library.papers(ids) == before


class Watcher:
    """Sees how far the work is, and stops it after so many reports."""

    def __init__(self, stops_after: int = 100) -> None:
        self.reports: list[tuple[int, int | None]] = []
        self._stops_after = stops_after

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.reports.append((done, total))

    @property
    def is_cancelled(self) -> bool:
        return len(self.reports) >= self._stops_after


def test_many_papers_go_part_by_part_as_one_step(
    library: Library, ids: list[PaperId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trashing, "_CHUNK", 1)
    before = library.papers(ids)
    steps = len(library.history())
    for work in (library.trash, library.restore_from_trash):
        watcher = Watcher()
        work(ids, watcher)
        assert watcher.reports == [(0, 3), (1, 3), (2, 3)]
    library.trash(ids)
    watcher = Watcher()
    library.empty_trash(watcher)
    assert watcher.reports == [(0, 3), (1, 3), (2, 3)]
    assert len(library.history()) == steps + 4
    assert library.papers(ids) == []
    for _ in range(4):
        library.undo()
    assert library.papers(ids) == before


def test_stopping_takes_back_what_was_done(
    library: Library, ids: list[PaperId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trashing, "_CHUNK", 1)
    steps = len(library.history())
    with pytest.raises(Cancelled):
        library.trash(ids, Watcher(stops_after=2))
    assert library.sidebar_counts().trashed == 0
    library.trash(ids)
    with pytest.raises(Cancelled):
        library.restore_from_trash(ids, Watcher(stops_after=2))
    assert library.sidebar_counts().trashed == 3
    with pytest.raises(Cancelled):
        library.empty_trash(Watcher(stops_after=2))
    assert library.sidebar_counts().trashed == 3
    assert len(library.history()) == steps + 1
