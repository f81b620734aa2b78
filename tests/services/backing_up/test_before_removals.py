"""Before much of a library goes there is a backup."""

import pytest

from refman.domain.errors import ExportRefused, LibraryBusy
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.backing_up import Backups
from refman.services.library import Library


def test_before_many_papers_go_there_is_a_backup(library: Library, backups: Backups) -> None:
    calls: list[str] = []
    library.protect = lambda: calls.append("backup")
    ids = [PaperId(one) for one in library.ids(Listing())]
    library.trash(ids[:5])
    library.empty_trash()
    assert calls == []
    with library.agreed():
        library.trash(ids[5:30])
        library.empty_trash()
    assert calls == ["backup", "backup"]
    for _ in range(5):
        library.undo()
    assert calls == ["backup"] * 3


def test_a_backup_that_cannot_be_made_stops_the_removal_but_a_busy_one_does_not(library: Library) -> None:
    ids = [PaperId(one) for one in library.ids(Listing())]

    def refuse() -> None:
        raise ExportRefused("cannot-write", "no")

    def busy() -> None:
        raise LibraryBusy("backup-busy", "later")

    library.protect = refuse
    with pytest.raises(ExportRefused), library.agreed():
        library.trash(ids)
    assert library.sidebar_counts().papers == 40
    library.protect = busy
    with library.agreed():
        library.trash(ids)
    assert library.sidebar_counts().papers == 0
