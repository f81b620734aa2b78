"""A big library that was not closed properly is checked while the person works."""

from pathlib import Path

import pytest

from refman.domain.progress import Progress
from refman.storage.store import SqliteStore
from tests.cut_off import cut_off
from tests.empty_library import lay_empty_library
from tests.ui.main_window.conftest import OpenWindow


def _leave_unchecked(library: Path) -> Path:
    """What the opening of a big library leaves beside it after a crash (`tests/storage/test_opening.py`)."""
    mark = Path(f"{library}.unchecked")
    mark.touch()
    return mark


def test_a_sound_library_is_told_and_not_checked_again(open_window: OpenWindow, library: Path) -> None:
    mark = _leave_unchecked(library)
    person = open_window(library)
    person.sees_message("The file of the library was checked: it is sound.")
    assert not mark.exists()


def test_damage_is_told_with_what_to_do(
    open_window: OpenWindow, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = _leave_unchecked(library)
    said = f"{library} is damaged; restore a backup with: refman restore FILE."

    def check_file(_store: SqliteStore, _progress: Progress) -> list[str]:
        return [said]

    monkeypatch.setattr(SqliteStore, "check_file", check_file)
    person = open_window(library)
    person.sees_message(said)
    assert mark.exists()


def test_a_library_in_a_folder_of_a_cloud_is_told(open_window: OpenWindow, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    lay_empty_library(folder / "mine.refman")
    person = open_window(folder / "mine.refman")
    person.sees_message("is in a folder that Dropbox keeps in step")
    assert person.context.adapter.is_writable


def test_a_withdrawn_sqlite_is_told_at_the_start(
    open_window: OpenWindow, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 52, 0))
    open_window(library).sees_message("SQLite 3.52.0 was withdrawn")


def test_what_a_crash_had_cut_off_is_told(open_window: OpenWindow, library: Path) -> None:
    cut_off(library)
    person = open_window(library)
    person.sees_message("Big: was cut off before its end, so it was taken back and nothing of it is left.")
