"""What is remembered of backups, and what killed programs leave beside them."""

import errno
import json
from pathlib import Path

import pytest

from refman.domain.backups import BackupReason
from refman.domain.errors import ExportRefused
from refman.services.backing_up import Backups
from refman.services.left_overs import remove_left_overs, temporary_prefix
from refman.services.library import Library
from refman.services.safety_record import RECORD_NAME, SafetyRecord, read_record, time_of, write_record
from tests.services.backing_up.conftest import edit


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


def test_the_record_is_json_that_a_person_can_read(library: Library, backups: Backups) -> None:
    backups.back_up(BackupReason.ASKED)
    record = json.loads((backups.folder / RECORD_NAME).read_text())
    assert record["backed_up"] == "2026-11-22T10:00:00+00:00"


def test_only_what_a_dead_process_left_is_removed(tmp_path: Path) -> None:
    mine = tmp_path / f"{temporary_prefix('.new-')}abc"
    dead, other = tmp_path / ".new-999999999-abc", tmp_path / ".new-notes.txt"
    for path in (mine, dead, other, tmp_path / ".new-1-init"):
        path.write_text("x")
    remove_left_overs(tmp_path, ".new-")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".new-1-init", mine.name, other.name])
    remove_left_overs(tmp_path / "nowhere", ".new-")


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
