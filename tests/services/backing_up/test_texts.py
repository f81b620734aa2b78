"""The library as text: written beside the backups, made again of it, rescued from a damaged file."""

import errno
from pathlib import Path

import pytest

from refman.domain.errors import Cancelled, DiskFull, ExportRefused, UnreadableInput
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.domain.settings import Settings
from refman.services import rescuing, restoring
from refman.services.backing_up import Backups
from refman.services.library import Library
from refman.services.private_files import Write, write_private
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock


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


def test_papers_are_rescued_to_either_form(library: Library, clock: FakeClock, location: str, tmp_path: Path) -> None:
    keeper = SqliteKeeper(clock)
    assert rescuing.rescue(keeper, Path(location), tmp_path / "out.refman").papers == 40
    assert rescuing.rescue(keeper, Path(location), tmp_path / "out.bib").papers == 40
    assert (tmp_path / "out.bib").read_text("utf-8").count("@article") == 40
    with pytest.raises(ExportRefused, match="already"):
        rescuing.rescue(keeper, Path(location), tmp_path / "out.bib")
    with pytest.raises(ExportRefused, match="neither"):
        rescuing.rescue(keeper, Path(location), tmp_path / "out.txt")


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
