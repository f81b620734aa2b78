"""Files that are too large for a preview, in the window."""

from pathlib import Path

import pytest

from refman.services import file_reading
from refman.services.library import Library
from tests.ui.main_window.person import ENTRY, Person


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .bib that counts as large."""
    path = tmp_path / "large.bib"
    entries = (f"@misc{{k{one}, title = {{Paper number {one}}}, year = 2001}}\n" for one in range(60))
    path.write_text("".join(entries), "utf-8")
    monkeypatch.setattr(file_reading, "BIG_BYTES", 1_000)
    return path


def _count(library: Library) -> int:
    return library.sidebar_counts().papers


def test_a_large_file_is_asked_about_and_imported_without_a_preview(person: Person, large: Path) -> None:
    person.context.imports.take_files([large])
    question = person.dialog("confirmDialog")
    assert person.knows(_count) == 0
    person.clicks_button("Import", question)
    person.sees_papers(60)
    person.sees_message("60 added")


def test_without_previews_large_and_small_files_come_in_at_once(person: Person, large: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.bib"
    small.write_text(ENTRY, "utf-8")
    person.context.live.change("preview_before_import", False)
    person.context.imports.take_files([small, large])
    person.sees_papers(61)
    person.sees_message("61 added")
    person.clicks_button("Undo")
    person.sees_papers(0)
