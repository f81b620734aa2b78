"""Once a week a library is looked through by itself."""

from pathlib import Path

import pytest

from refman.domain.backups import BackupReason
from refman.domain.errors import Cancelled, LibraryDamaged
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.services import weekly_check
from refman.services.backing_up import Backups
from refman.services.library import Library
from refman.services.weekly_check import check_if_due, is_check_due
from tests.fakes import FakeClock
from tests.services.backing_up.conftest import edit

_DAY = 86_400


def test_a_library_without_backups_is_not_looked_through(library: Library, backups: Backups) -> None:
    assert not is_check_due(backups)


def test_the_first_look_is_a_week_after_the_first_backup_and_then_one_a_week(
    library: Library, backups: Backups, clock: FakeClock
) -> None:
    backups.back_up(BackupReason.TIMED)
    clock.pass_seconds(7 * _DAY - 1)
    assert not check_if_due(backups, NoProgress())
    clock.pass_seconds(1)
    assert check_if_due(backups, NoProgress())
    assert (backups.record().was_deep, backups.record().problems) == (True, ())
    assert not check_if_due(backups, NoProgress())
    clock.pass_seconds(7 * _DAY)
    assert check_if_due(backups, NoProgress())


@pytest.mark.parametrize("limit", [500_000_000, 1])
def test_what_is_wrong_is_told_once_and_no_backup_goes(
    library: Library, backups: Backups, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(weekly_check, "_DEEP_BYTES", limit)
    backups.back_up(BackupReason.TIMED)
    library.close()
    path = Path(backups.location)
    data = bytearray(path.read_bytes())
    hit = next(
        place
        for place in range(4096, len(data), 4096)
        if data[place] == 13 and b"Paper 7" in data[place : place + 4096]
    )
    data[hit + 3 : hit + 5] = b"\xff\xff"
    path.write_bytes(data)
    clock.pass_seconds(8 * _DAY)
    with pytest.raises(LibraryDamaged, match="weekly check"):
        check_if_due(backups, NoProgress())
    assert backups.record().is_unsound
    assert not is_check_due(backups)
    assert len(backups.all()) == 1


def test_a_look_that_is_stopped_is_not_remembered(library: Library, backups: Backups, clock: FakeClock) -> None:
    class Stopped(NoProgress):
        @property
        def is_cancelled(self) -> bool:
            return True

    backups.back_up(BackupReason.TIMED)
    clock.pass_seconds(8 * _DAY)
    with pytest.raises(Cancelled):
        check_if_due(backups, Stopped())
    assert is_check_due(backups)


def test_a_clock_that_was_wrong_makes_it_due(library: Library, backups: Backups, clock: FakeClock) -> None:
    edit(library, "Another")
    clock.pass_seconds(90 * _DAY)
    backups.remember_check([], is_deep=True)
    clock.pass_seconds(-90 * _DAY)
    assert library.paper(PaperId(1)) is not None
    assert is_check_due(backups)
