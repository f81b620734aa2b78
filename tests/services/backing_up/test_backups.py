"""Backups: when, where, thinned; restored; texts; and never a good one replaced by a bad one."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from refman.domain.backups import BackupReason, Differences
from refman.domain.errors import LibraryBusy, LibraryDamaged
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.services import deep_check, restoring
from refman.services.backing_up import Backups
from refman.services.library import Library
from refman.services.safety_record import RECORD_NAME
from refman.storage.keeper import SqliteKeeper
from tests.fakes import FakeClock
from tests.services.backing_up.conftest import QUARTER, edit


def test_a_backup_is_due_when_something_changed_a_quarter_of_an_hour_ago(
    library: Library, backups: Backups, clock: FakeClock
) -> None:
    assert backups.is_due()
    first = backups.back_up_if_due()
    assert first is not None
    assert first.reason == "timed"
    edit(library, "Changed")
    assert not backups.is_due()
    clock.pass_seconds(QUARTER)
    assert backups.back_up_if_due() is not None
    clock.pass_seconds(QUARTER)
    # Nothing changed since.
    assert not backups.is_due()
    assert backups.back_up_before(BackupReason.REMOVAL) is None
    assert backups.back_up_at_the_end() is None
    edit(library, "Again")
    assert backups.back_up_at_the_end() is not None
    assert [one.number for one in backups.all()] == [3, 2, 1]


def test_a_large_library_that_was_never_copied_holds_up_no_closing(
    library: Library, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(library, "Changed")
    monkeypatch.setattr("refman.services.backing_up._SLOW_DISK", 1_000)
    assert backups.back_up_at_the_end() is None
    backups.back_up(BackupReason.ASKED)
    edit(library, "Again")
    # Known since to take no time.
    assert backups.back_up_at_the_end() is not None


def test_an_empty_library_needs_none(location: str, backups: Backups) -> None:
    assert not backups.is_due()
    assert backups.back_up_at_the_end() is None
    assert not backups.folder.exists()


def test_a_clock_set_back_delays_no_backup(library: Library, backups: Backups, clock: FakeClock) -> None:
    backups.back_up(BackupReason.ASKED)
    edit(library, "Changed")
    clock.moment -= timedelta(days=3650)
    assert backups.is_due()
    backups.back_up_if_due()
    assert [one.number for one in backups.all()] == [2, 1]


def test_backups_are_for_this_person_alone(library: Library, backups: Backups) -> None:
    old = os.umask(0)
    try:
        backups.back_up(BackupReason.ASKED)
        backups.write_text(NoProgress())
    finally:
        os.umask(old)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in backups.folder.iterdir()}
    assert stat.S_IMODE(backups.folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {"library.json", "library.bib", RECORD_NAME, "lock"} < set(modes)


def test_weeks_of_work_and_every_kept_backup_is_what_it_was(
    library: Library, backups: Backups, clock: FakeClock, location: str, tmp_path: Path
) -> None:
    said: dict[int, str] = {}
    for day in range(40):
        clock.pass_seconds(86400)
        edit(library, f"Day {day}")
        made = backups.back_up(BackupReason.TIMED)
        said[made.number] = f"Day {day}"
    present = backups.all()
    assert present[0].number == 40
    # Each day has one hour, so 24 of them, then the weeks and months.
    assert 24 <= len(present) < 40
    for one in present:
        with SqliteKeeper(clock).view(one.path) as store, store.read() as reader:
            paper = reader.paper(PaperId(1))
            assert paper is not None
            assert paper.plain("title") == said[one.number]
            assert reader.counts().papers == 40


def test_a_second_place_has_the_same_and_its_failure_is_only_told(
    library: Library, clock: FakeClock, location: str, tmp_path: Path
) -> None:
    second = tmp_path / "other disk"
    backups = Backups(SqliteKeeper(clock), clock, location, str(second))
    made = backups.back_up(BackupReason.ASKED)
    folder = backups.second_folder
    assert folder is not None
    assert [path.name for path in folder.iterdir()] == [Path(made.path).name]
    assert backups.record().second_problem == ""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    backups = Backups(SqliteKeeper(clock), clock, location, str(blocked))
    backups.back_up(BackupReason.ASKED)
    assert "cannot be written" in backups.record().second_problem
    assert len(backups.all()) == 2


def test_while_the_library_is_unsound_nothing_is_made_or_taken_away(
    library: Library, backups: Backups, clock: FakeClock
) -> None:
    backups.back_up(BackupReason.ASKED)
    backups.remember_check(["File: bad page"], is_deep=True)
    edit(library, "Changed")
    clock.pass_seconds(QUARTER)
    assert not backups.is_due()
    assert not backups.is_text_due()
    assert backups.back_up_before(BackupReason.QUIT) is None
    assert backups.back_up_at_the_end() is None
    backups.remember_check([], is_deep=True)
    assert backups.is_due()


def test_a_damaged_library_makes_no_backup_and_is_remembered(
    library: Library, backups: Backups, location: str, clock: FakeClock
) -> None:
    backups.back_up(BackupReason.ASKED)
    library.close()
    data = bytearray(Path(location).read_bytes())
    for page in range(3 * 4096, len(data), 2 * 4096):
        data[page : page + 4096] = b"\xee" * 4096
    Path(location).write_bytes(data)
    with pytest.raises(LibraryDamaged):
        backups.back_up(BackupReason.ASKED)
    assert backups.record().is_unsound
    assert [one.number for one in backups.all()] == [1]
    assert [path for path in backups.folder.iterdir() if ".new-" in path.name] == []


def test_two_programs_make_one_backup_at_a_time(library: Library, backups: Backups) -> None:
    class Nested(SqliteKeeper):
        def copy(self, location: str, target: str) -> None:
            with pytest.raises(LibraryBusy):
                backups.back_up(BackupReason.ASKED)
            super().copy(location, target)

    other = Backups(Nested(FakeClock()), FakeClock(), backups.location)
    other.back_up(BackupReason.ASKED)
    assert len(backups.all()) == 1


def test_a_preview_tells_what_a_restore_would_change(library: Library, backups: Backups, clock: FakeClock) -> None:
    made = backups.back_up(BackupReason.ASKED)
    keeper = SqliteKeeper(clock)
    assert restoring.differences(keeper, backups.location, made.path, progress=NoProgress()).are_none
    edit(library, "Changed")
    library.new_paper("misc", {"title": "New one"})
    library.create_tag("later")
    library.trash([PaperId(40)])
    library.empty_trash()
    found = restoring.differences(keeper, backups.location, made.path, progress=NoProgress())
    assert found == Differences(
        here=40, there=40, going=1, coming=1, changing=1, titles=("New one", "Changed"), others=("tags",)
    )
    assert not found.is_big


def test_attached_files_are_compared_with_what_was_attached(
    library: Library, clock: FakeClock, tmp_path: Path, location: str
) -> None:
    keeper = SqliteKeeper(clock)
    for number in (1, 2):
        pdf = tmp_path / f"{number}.pdf"
        pdf.write_bytes(b"%PDF " + bytes([number]) * 100)
        library.attach(PaperId(number), pdf, copy=True)
    assert deep_check.check_deep(keeper, location, progress=NoProgress()) == []
    first, second = [library.attachment_path(library.papers([PaperId(n)])[0].attachments[0]) for n in (1, 2)]
    first.write_bytes(b"something else")
    second.unlink()
    wrong, gone = deep_check.check_deep(keeper, location, progress=NoProgress())
    assert "is not the file that was attached" in wrong
    assert "No such file" in gone
    library.close()
    Path(location).write_bytes(Path(location).read_bytes()[:-9000])
    assert deep_check.check_deep(keeper, location, progress=NoProgress())
