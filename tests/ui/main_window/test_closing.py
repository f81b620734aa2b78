"""Closing the window loses nothing: what cannot be stored is asked about, or kept in a file and told of."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QTreeView, QWidget

from refman.app.places import places
from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.storage.opener import SqliteOpener
from tests.lock_holder import held
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import Person


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the lock."""
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))


@pytest.fixture
def chosen(reader: Person) -> PaperId:
    """The paper on show, ready for a note and for fields."""
    reader.clicks_row(0)
    reader.sees(lambda: reader.context.table.current_id is not None)
    current = reader.context.table.current_id
    assert current is not None
    reader.sees(lambda: reader.context.detail.paper_ids == [current])
    reader.sees(lambda: reader.context.detail.paper_tab.form.box("year").isVisible())
    return current


def _types_note(reader: Person, text: str) -> None:
    reader.context.detail.write_note()
    notes = reader.context.detail.notes_tab
    reader.sees(lambda: not notes.editor.isReadOnly())
    QTest.keyClicks(notes.editor, text)


def _types_year(reader: Person, year: str) -> None:
    box = reader.context.detail.paper_tab.form.box("year")
    assert isinstance(box.control, QLineEdit)
    box.control.setFocus()
    box.control.selectAll()
    QTest.keyClicks(box.control, year)


def _says(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def _notes(library: Path, paper_id: PaperId) -> list[str]:
    opened = Wiring().open_library(str(library))
    notes = [note.text for note in opened.notes(paper_id)]
    opened.close()
    return notes


def _kept() -> list[Path]:
    folder = places().logs.with_name("unsaved")
    return list(folder.iterdir()) if folder.exists() else []


def test_what_can_be_stored_is_stored_and_the_window_closes(reader: Person, chosen: PaperId, library: Path) -> None:
    _types_note(reader, "Typed last")
    assert reader.window.close()
    assert _notes(library, chosen) == ["Typed last"]
    assert not _kept()


def test_a_note_that_cannot_be_stored_keeps_the_window_open(reader: Person, chosen: PaperId, library: Path) -> None:
    with held(library) as pid:
        _types_note(reader, "Typed last")
        assert not reader.window.close()
        question = reader.dialog("confirmDialog")
        assert f"process {pid} on elsewhere" in _says(question)
        assert "Note: “Typed last”" in _says(question)
        reader.clicks_button("Keep open", question)
        assert reader.window.isVisible()
        assert not reader.window.close()
        again = reader.dialog("confirmDialog")
    reader.clicks_button("Try again", again)
    reader.sees(lambda: not reader.window.isVisible())
    assert _notes(library, chosen) == ["Typed last"]


def test_a_note_of_a_paper_that_was_left_is_stored_before_the_window_closes(
    reader: Person, chosen: PaperId, library: Path
) -> None:
    with held(library):
        _types_note(reader, "Typed first")
        reader.clicks_row(2)
        reader.sees(lambda: [one.reason for one in reader.context.detail.unsaved() if one.text] != [""])
    assert reader.window.close()
    assert _notes(library, chosen) == ["Typed first"]


def test_text_that_cannot_be_stored_is_saved_to_a_file(
    reader: Person, chosen: PaperId, library: Path, tmp_path: Path
) -> None:
    target = tmp_path / "kept.txt"
    with held(library):
        _types_note(reader, "Typed last")
        assert not reader.window.close()
        reader.clicks_button("Save the text to a file…", reader.dialog("confirmDialog"))
        dialog = reader.dialog("fileDialog")
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile(str(target))
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        reader.sees(lambda: not reader.window.isVisible())
    assert "Typed last" in target.read_text("utf-8")
    assert _notes(library, chosen) == []


def test_a_value_that_its_field_cannot_hold_is_kept_in_a_file(reader: Person, chosen: PaperId) -> None:
    _types_year(reader, "soon")
    box = reader.context.detail.paper_tab.form.box("year")
    assert reader.window.close()
    (kept,) = _kept()
    assert kept.read_text("utf-8").splitlines()[0] == box.title
    assert "soon" in kept.read_text("utf-8").splitlines()


def test_a_cell_that_cannot_be_stored_is_stored_later(reader: Person, chosen: PaperId, library: Path) -> None:
    with held(library):
        reader.context.table.delegate.edited.emit(chosen, "year", "1999", reader.cells("year")[0])
        reader.sees_message("“1999” is not saved yet")
        assert not reader.window.close()
        question = reader.dialog("confirmDialog")
        assert "year: “1999”" in _says(question)
    reader.clicks_button("Try again", question)
    reader.sees(lambda: not reader.window.isVisible())
    again = Wiring().open_library(str(library))
    paper = again.paper(chosen)
    assert paper is not None
    assert paper.plain("year") == "1999"
    again.close()


def _types_into_the_list(reader: Person, text: str) -> None:
    """F2 and letters, without Enter."""
    reader.presses(Qt.Key.Key_F2)
    reader.sees(lambda: reader.context.table.is_editing)
    (editor,) = reader.context.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)


def _title(library: Path, paper_id: PaperId) -> str:
    opened = Wiring().open_library(str(library))
    paper = opened.paper(paper_id)
    opened.close()
    return paper.plain("title") if paper else ""


def test_what_stands_in_an_open_cell_is_stored(reader: Person, chosen: PaperId, library: Path) -> None:
    _types_into_the_list(reader, "Typed last")
    assert reader.window.close()
    assert _title(library, chosen) == "Typed last"
    assert not _kept()


def test_what_stands_in_an_open_cell_is_stored_when_the_system_ends_the_window(
    reader: Person, chosen: PaperId, library: Path
) -> None:
    _types_into_the_list(reader, "Typed last")
    reader.window.end()
    assert _title(library, chosen) == "Typed last"


def test_an_open_cell_that_cannot_be_stored_keeps_the_window_open(
    reader: Person, chosen: PaperId, library: Path
) -> None:
    with held(library):
        _types_into_the_list(reader, "Typed last")
        assert not reader.window.close()
        question = reader.dialog("confirmDialog")
        assert "title: “Typed last”" in _says(question)
    reader.clicks_button("Try again", question)
    reader.sees(lambda: not reader.window.isVisible())
    assert _title(library, chosen) == "Typed last"


def _places(tree: QTreeView, name: str) -> list[QModelIndex]:
    model = tree.model()
    wanted = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
    return model.match(model.index(0, 0), Qt.ItemDataRole.EditRole, name, 1, wanted)


def test_a_name_being_typed_in_the_sidebar_is_stored(reader: Person, chosen: PaperId, library: Path) -> None:
    reader.context.adapter.write(lambda it: it.tag([chosen], ["old"]), owner=reader.window)
    tree = reader.context.sidebar.tree
    reader.sees(lambda: bool(_places(tree, "old")))
    tree.setFocus()
    tree.edit(_places(tree, "old")[0])
    (editor,) = tree.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "new")
    assert reader.window.close()
    opened = Wiring().open_library(str(library))
    assert [tag.name for tag in opened.tags()] == ["new"]
    opened.close()


def test_what_the_system_ends_is_kept_and_told_at_the_next_start(
    reader: Person, chosen: PaperId, library: Path, open_window: OpenWindow
) -> None:
    with held(library):
        _types_note(reader, "Typed last")
        reader.window.end()
        assert not reader.window.isVisible()
    (kept,) = _kept()
    assert "Typed last" in kept.read_text("utf-8")
    assert _notes(library, chosen) == []
    again = open_window(library)
    again.sees_message(str(kept))
    assert again.window.close()
    assert "unsaved" not in open_window(library).message


def test_a_deed_that_is_refused_at_the_end_keeps_the_window_open(
    reader: Person, chosen: PaperId, library: Path
) -> None:
    with held(library):
        reader.context.adapter.write(lambda found: found.tag([chosen], ["late"]), owner=reader.window)
        assert not reader.window.close()
        reader.sees_message("on elsewhere")
        assert reader.window.isVisible()
    assert reader.window.close()
