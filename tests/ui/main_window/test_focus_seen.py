"""Texts that are only read have no cursor: a frame shows that the keyboard is in them. One paper is no papers."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from refman.ui.detail.note_editor import NotePreview
from refman.ui.dialogs.source_view import SourceView
from tests.ui.main_window.person import PAGE, Person


def _shows_the_focus(person: Person, widget: QWidget, other: QWidget) -> bool:
    other.setFocus()
    person.sees(lambda: QApplication.focusWidget() is other)
    before = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    person.sees(lambda: QApplication.focusWidget() is widget)
    return widget.grab().toImage() != before


def test_the_text_of_an_import_shows_that_it_has_the_focus(person: Person) -> None:
    person.pastes(PAGE.read_text("utf-8"))
    person.sees(lambda: QApplication.activeModalWidget() is not None)
    preview = QApplication.activeModalWidget()
    assert preview is not None
    source = preview.findChild(SourceView)
    cancel = next(b for b in preview.findChildren(QPushButton) if b.text() == "Cancel")
    assert source is not None
    assert _shows_the_focus(person, source, cancel)
    cancel.click()


def test_the_preview_of_a_note_shows_that_it_has_the_focus(reader: Person) -> None:
    reader.clicks_row(0)
    paper = reader.context.selected[0]
    reader.context.adapter.write(lambda library: library.add_note(paper, "# Head"), owner=reader.window)
    reader.sees(lambda: bool(reader.knows(lambda library: library.notes(paper))))
    reader.does("go.notes")
    shown = reader.context.detail.findChildren(NotePreview)[0]
    reader.sees(lambda: shown.isVisible() and "Head" in shown.toPlainText())
    assert _shows_the_focus(reader, shown, reader.context.table)


def test_one_paper_that_was_written_is_one_paper(reader: Person, tmp_path: Path) -> None:
    reader.clicks_row(0)
    reader.does("file.export")
    reader.sees(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    field = next(one for one in dialog.findChildren(QLineEdit) if one.text().endswith(".bib"))
    field.setText(str(tmp_path / "one.bib"))
    reader.clicks_button("Export 1 paper", dialog)
    reader.sees_message("Wrote 1 paper to ")
