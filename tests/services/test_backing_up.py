"""Backups: when, where, thinned; restored; texts; and never a good one replaced by a bad one."""

import errno
import json
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from refman.domain.backups import BackupReason, Differences
from refman.domain.errors import Cancelled, DiskFull, ExportRefused, LibraryBusy, LibraryDamaged, UnreadableInput
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.domain.settings import Settings
from refman.services import deep_check, rescuing, restoring
from refman.services.backing_up import Backups
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.left_overs import remove_left_overs, temporary_prefix
from refman.services.library import Library
from refman.services.private_files import Write, write_private
from refman.services.safety_record import RECORD_NAME, SafetyRecord, read_record, time_of, write_record
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.services.conftest import CAPTURED

QUARTER = 15 * 60
BIB = "".join(f"@article{{key{n}, title = {{Paper {n}}}, author = {{Ada Byron}}, year = 2020}}\n" for n in range(40))


@pytest.fixture
def location(tmp_path: Path, clock: FakeClock) -> str:
    path = str(tmp_path / "papers.refman")
    SqliteOpener(clock).create(path)
    return path


@pytest.fixture
def library(location: str, clock: FakeClock) -> Iterator[Library]:
    opened = Library(SqliteOpener(clock).open(location), clock=clock, settings=Settings())
    plan = opened.plan_import([ImportInput("refs.bib", BIB)], ImportOptions(CAPTURED))
    opened.apply_import(plan)
    yield opened
    opened.close()


@pytest.fixture
def backups(location: str, clock: FakeClock) -> Backups:
    return Backups(SqliteKeeper(clock), clock, location)


def edit(library: Library, text: str) -> None:
    library.edit(PaperId(1), {"title": text})


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


def test_what_a_killed_backup_left_goes_with_the_next(library: Library, backups: Backups) -> None:
    backups.back_up(BackupReason.ASKED)
    left = backups.folder / "000002-20261122T100000Z-timed.refman.new-77"
    left.write_bytes(b"half")
    backups.back_up(BackupReason.ASKED)
    assert not left.exists()


def test_a_folder_that_cannot_be_made_is_named(library: Library, backups: Backups) -> None:
    backups.folder.write_text("in the way")
    with pytest.raises(ExportRefused, match="cannot be written"):
        backups.back_up(BackupReason.ASKED)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"mark": 7, "problems": "no", "copy_seconds": "x"}', "[" * 100_000])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD_NAME).write_text(text)
    assert read_record(tmp_path) == SafetyRecord()


def test_a_record_is_kept(tmp_path: Path) -> None:
    record = SafetyRecord("1:2", "2026-11-22T10:00:00+00:00", 1.5, problems=("a", "b"), was_deep=True)
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record
    assert time_of(record.backed_up) is not None
    assert time_of("2026-11-22T10:00:00") is None
    assert time_of("never") is None


# The texts


def test_a_library_is_made_again_of_its_text(
    library: Library, backups: Backups, tmp_path: Path, clock: FakeClock
) -> None:
    library.tag([PaperId(1), PaperId(2)], ["rl/planning"])
    library.add_note(PaperId(1), "Read section 3")
    library.save_search("Mine", "tag:rl")
    library.trash([PaperId(3)])
    assert backups.is_text_due()
    backups.back_up_if_due()
    assert not backups.is_text_due()
    keeper = SqliteKeeper(clock)
    target = tmp_path / "again.refman"
    assert rescuing.rebuild(keeper, backups.folder, target) == 40
    assert restoring.differences(keeper, backups.location, str(target), progress=NoProgress()).are_none
    bib = (backups.folder / "library.bib").read_text("utf-8")
    assert bib.count("@article") == 39
    other = Library(SqliteOpener(clock).open(str(target)), clock=clock, settings=Settings())
    assert [step.name for step in other.history()] == [step.name for step in library.history()]
    other.undo()
    assert other.sidebar_counts().papers == 40
    other.close()


def test_the_text_changes_nothing_in_the_library(library: Library, backups: Backups) -> None:
    library.new_paper("misc", {"title": "Without a key"})
    before = library.version()
    backups.write_text(NoProgress())
    backups.write_text(NoProgress())
    assert library.version() == before


def test_a_text_that_is_not_there_is_named(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read"):
        rescuing.rebuild(SqliteKeeper(clock), tmp_path, tmp_path / "new.refman")
    (tmp_path / "library.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableInput, match="no UTF-8"):
        rescuing.rebuild(SqliteKeeper(clock), tmp_path, tmp_path / "new.refman")


# Restoring


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


# Deep check and rescue


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


def test_papers_are_rescued_to_either_form(library: Library, clock: FakeClock, location: str, tmp_path: Path) -> None:
    keeper = SqliteKeeper(clock)
    assert rescuing.rescue(keeper, Path(location), tmp_path / "out.refman").papers == 40
    assert rescuing.rescue(keeper, Path(location), tmp_path / "out.bib").papers == 40
    assert (tmp_path / "out.bib").read_text("utf-8").count("@article") == 40
    with pytest.raises(ExportRefused, match="already"):
        rescuing.rescue(keeper, Path(location), tmp_path / "out.bib")
    with pytest.raises(ExportRefused, match="neither"):
        rescuing.rescue(keeper, Path(location), tmp_path / "out.txt")


# Guards


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


def test_the_record_is_json_that_a_person_can_read(library: Library, backups: Backups) -> None:
    backups.back_up(BackupReason.ASKED)
    record = json.loads((backups.folder / RECORD_NAME).read_text())
    assert record["backed_up"] == "2026-11-22T10:00:00+00:00"


# What killed programs leave


def test_only_what_a_dead_process_left_is_removed(tmp_path: Path) -> None:
    mine = tmp_path / f"{temporary_prefix('.new-')}abc"
    dead, other = tmp_path / ".new-999999999-abc", tmp_path / ".new-notes.txt"
    for path in (mine, dead, other, tmp_path / ".new-1-init"):
        path.write_text("x")
    remove_left_overs(tmp_path, ".new-")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".new-1-init", mine.name, other.name])
    remove_left_overs(tmp_path / "nowhere", ".new-")


def test_a_text_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("old")

    def full(write: Write) -> None:
        write("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    def broken(write: Write) -> None:
        raise Cancelled("cancelled", "Stopped")

    with pytest.raises(DiskFull, match="no room"):
        write_private(path, full)
    with pytest.raises(Cancelled):
        write_private(path, broken)
    with pytest.raises(ExportRefused, match="cannot be written"):
        write_private(tmp_path / "nowhere" / "text", full)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("text", "old")]


def test_a_folder_that_cannot_be_tidied_hides_no_reason(
    library: Library, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by failing system calls: the disk was full, and what was told was a traceback of the tidying."""
    edit(library, "one")
    first = backups.back_up(BackupReason.TIMED)
    left = Path(first.path).with_name("left.new-1")
    left.write_text("")

    def refuse(name: str) -> None:
        raise OSError(errno.EIO, "Input/output error", name)

    monkeypatch.setattr("refman.services.backing_up.remove_if_there", refuse)
    edit(library, "two")
    assert backups.back_up(BackupReason.TIMED).number == 2
    assert left.exists()
