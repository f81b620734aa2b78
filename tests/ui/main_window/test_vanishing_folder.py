"""The folder of the library vanishes while the window is open, as a drive that is pulled out, and comes back."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from refman.app.places import places
from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from refman.ui.dialogs.safety import SafetyDialog
from tests.empty_library import lay_empty_library
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, ENTRY, PAGE, Person


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the lock."""
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A folder of its own with an empty library."""
    folder = tmp_path / "drive"
    folder.mkdir()
    lay_empty_library(folder / "mine.refman")
    return folder


@pytest.fixture
def owner(drive: Path, open_window: OpenWindow) -> Person:
    """Somebody in front of 23 papers of that library, the first of them on show."""
    person = open_window(drive / "mine.refman")
    person.sees(lambda: person.context.adapter.is_open)
    person.context.live.change("preview_before_import", False)
    person.context.imports.take_files([PAGE.absolute()])
    person.sees_papers(23)
    person.clicks_row(0)
    person.sees(lambda: person.context.detail.paper_ids == list(person.context.selected) != [])
    person.sees(lambda: person.context.detail.paper_tab.form.box("year").isVisible())
    return person


def _types_year(owner: Person, year: str) -> None:
    box = owner.context.detail.paper_tab.form.box("year")
    assert isinstance(box.control, QLineEdit)
    box.control.setFocus()
    box.control.selectAll()
    QTest.keyClicks(box.control, year)
    QTest.keyClick(box.control, Qt.Key.Key_Return)


def _gone(drive: Path) -> Path:
    return drive.rename(drive.with_name("pulled out"))


def _stored(drive: Path, paper: PaperId) -> tuple[str, list[str], int]:
    library = Wiring().open_library(str(drive / "mine.refman"))
    found = library.paper(paper)
    notes = [note.text for note in library.notes(paper)]
    papers = library.sidebar_counts().papers
    library.close()
    return found.plain("year") if found else "", notes, papers


def test_what_is_typed_while_it_is_gone_is_saved_once_it_is_back(owner: Person, drive: Path) -> None:
    detail, (chosen,) = owner.context.detail, owner.context.selected
    away = _gone(drive)
    _types_year(owner, "1888")
    box = detail.paper_tab.form.box("year")
    owner.sees(lambda: "is no longer there; put it back" in box.error.text())
    detail.write_note()
    owner.sees(lambda: not detail.notes_tab.editor.isReadOnly())
    QTest.keyClicks(detail.notes_tab.editor, "Kept")
    detail.notes_tab.flush()
    owner.sees(lambda: "put it back" in detail.notes_tab.warning.text())
    assert (box.editor.value(), detail.notes_tab.editor.toPlainText()) == ("1888", "Kept")
    # Nothing is made where it was, and nothing is taken for deleted.
    assert not drive.exists() and owner.context.feed.count == 23
    away.rename(drive)
    owner.sees(lambda: not box.is_dirty and not list(detail.notes_tab.unsaved()))
    assert owner.window.close()
    assert _stored(drive, chosen) == ("1888", ["Kept"], 23)


def test_deeds_are_refused_while_it_is_gone_and_done_once_it_is_back(owner: Person, drive: Path) -> None:
    (chosen,) = owner.context.selected
    away = _gone(drive)
    owner.pastes(ENTRY)
    owner.sees_message("put it back")
    owner.context.table.setFocus()
    owner.presses(Qt.Key.Key_Delete)
    owner.presses(Qt.Key.Key_Z, CTRL)
    owner.sees(lambda: owner.window.is_at_rest and not owner.context.imports.is_under_way)
    assert owner.context.feed.count == 23 and not drive.exists()
    away.rename(drive)
    owner.pastes(ENTRY)
    owner.sees_message("1 added")
    owner.sees_papers(24)
    assert owner.window.close()
    assert _stored(drive, chosen)[2] == 24


def test_a_window_that_is_closed_while_it_is_gone_asks_and_at_the_end_keeps_what_was_typed(
    owner: Person, drive: Path
) -> None:
    (chosen,) = owner.context.selected
    year = _stored(drive, chosen)[0]
    away = _gone(drive)
    _types_year(owner, "1888")
    assert not owner.window.close()
    owner.clicks_button("Keep open", owner.dialog("confirmDialog"))
    owner.window.end()
    (kept,) = places().logs.with_name("unsaved").iterdir()
    assert "1888" in kept.read_text("utf-8") and not drive.exists()
    away.rename(drive)
    assert _stored(drive, chosen) == (year, [], 23)


def test_no_backup_makes_the_folder_anew(owner: Person, drive: Path) -> None:
    away = _gone(drive)
    owner.does("file.safety")
    dialog = owner.dialog("safetyDialog")
    assert isinstance(dialog, SafetyDialog)
    for ask in (dialog.check, dialog.back_up):
        owner.sees(ask.isEnabled)
        QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
        owner.sees(lambda: "mine.refman" in dialog.verdict.text())
    dialog.reject()
    assert not drive.exists()
    away.rename(drive)
