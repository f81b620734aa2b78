"""A backup comes back after a question with figures, and the restore can be taken back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from refman.ui.dialogs.backups import BackupsDialog
from tests.ui.main_window.person import ENTRY, Person


def _backs_up(reader: Person, path: Path) -> None:
    reader.does("file.backup")
    dialog = reader.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    reader.sees_message(path.name)


def _chooses_to_restore(reader: Person, path: Path) -> str:
    """What the question says."""
    reader.does("file.restore")
    dialog = reader.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    question = reader.dialog("confirmDialog")
    assert question.windowTitle() == f"Put {path.name} in the place of mine?"
    # Keys that are pressed before it has the keyboard go to the window.
    reader.sees(question.isActiveWindow)
    return question.accessibleDescription()


_BESIDE = "The present state stays beside it, and can be restored in the same way."


def test_a_backup_is_written_and_restored(reader: Person, tmp_path: Path) -> None:
    _backs_up(reader, tmp_path / "copy.refman")
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    said = _chooses_to_restore(reader, tmp_path / "copy.refman")
    assert said == f"The library has 23 papers, the backup 23 papers. 1 paper would be as before. {_BESIDE}"
    reader.clicks_button("Keep the library", reader.dialog("confirmDialog"))
    reader.sees_papers(22)
    _chooses_to_restore(reader, tmp_path / "copy.refman")
    reader.clicks_button("Restore copy.refman", reader.dialog("confirmDialog"))
    reader.sees_papers(23)
    assert reader.window.windowTitle() == "mine — refman"
    # The restore can be taken back, by the same question.
    reader.clicks_button("Take the restore back…")
    question = reader.dialog("confirmDialog")
    assert "1 paper would be as before" in question.accessibleDescription()
    reader.clicks_button(question.findChildren(QPushButton)[-1].text(), question)
    reader.sees_papers(22)


def test_what_a_restore_would_take_away_is_told_before(reader: Person, tmp_path: Path) -> None:
    _backs_up(reader, tmp_path / "copy.refman")
    assert _chooses_to_restore(reader, tmp_path / "copy.refman") == f"Both hold the same. {_BESIDE}"
    reader.presses(Qt.Key.Key_Escape)
    reader.pastes(ENTRY)
    reader.sees_papers(24)
    assert "The library has 24 papers, the backup 23 papers. 1 paper would go." in _chooses_to_restore(
        reader, tmp_path / "copy.refman"
    )
    # Enter keeps what would go.
    reader.presses(Qt.Key.Key_Return)
    reader.sees_papers(24)


def test_a_backup_that_is_none_is_refused_after_the_question(reader: Person, tmp_path: Path) -> None:
    (tmp_path / "text.refman").write_text("no library " * 99)
    assert "What would change cannot be told: " in _chooses_to_restore(reader, tmp_path / "text.refman")
    reader.clicks_button("Restore text.refman", reader.dialog("confirmDialog"))
    reader.sees_message("text.refman")
    reader.sees_papers(23)


def _makes_a_backup(reader: Person) -> None:
    """From the page about safety, as a person does."""
    reader.does("file.safety")
    safety = reader.dialog("safetyDialog")
    reader.clicks_button("Back up now", safety)
    reader.sees(lambda: "is backed up" in " ".join(one.text() for one in safety.findChildren(QLabel)))
    reader.clicks_button("Restore…", safety)


def test_the_backups_of_the_library_are_listed(reader: Person) -> None:
    _makes_a_backup(reader)
    listed = reader.dialog("backupsDialog")
    assert isinstance(listed, BackupsDialog)
    assert [listed.table.rowCount(), listed.table.model().index(0, 1).data()] == [1, "When you asked for it"]
    reader.presses(Qt.Key.Key_Escape)
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    reader.does("file.restore")
    listed = reader.dialog("backupsDialog")
    reader.sees(listed.isActiveWindow)
    reader.presses(Qt.Key.Key_Return)
    question = reader.dialog("confirmDialog")
    assert "1 paper would be as before" in question.accessibleDescription()
    reader.clicks_button(question.findChildren(QPushButton)[-1].text(), question)
    reader.sees_papers(23)


def test_a_file_that_is_no_backup_of_refman_can_be_restored_too(reader: Person) -> None:
    _makes_a_backup(reader)
    listed = reader.dialog("backupsDialog")
    reader.clicks_button("&Another file…", listed)
    assert isinstance(reader.dialog("fileDialog"), QFileDialog)
