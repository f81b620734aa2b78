"""What is typed while the library cannot be written stays, and is saved by itself once it can."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.storage.opener import SqliteOpener
from refman.ui.detail.field_box import FieldBox
from refman.ui.table.columns import COLUMNS
from tests.lock_holder import held
from tests.ui.main_window.person import CTRL, Person


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the lock."""
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))


def _opens(reader: Person, row: int) -> PaperId:
    reader.clicks_row(row)
    reader.sees(lambda: reader.context.table.current_id is not None)
    chosen = reader.context.table.current_id
    assert chosen is not None
    reader.sees(lambda: reader.context.detail.paper_ids == [chosen])
    reader.sees(lambda: reader.context.detail.paper_tab.form.box("year").isVisible())
    return chosen


def _types_year(reader: Person, year: str) -> FieldBox:
    box = reader.context.detail.paper_tab.form.box("year")
    assert isinstance(box.control, QLineEdit)
    box.control.setFocus()
    box.control.selectAll()
    QTest.keyClicks(box.control, year)
    QTest.keyClick(box.control, Qt.Key.Key_Return)
    return box


def _year(paper_id: PaperId) -> Callable[[Library], object]:
    def read(library: Library) -> object:
        paper = library.paper(paper_id)
        return paper.plain("year") if paper else None

    return read


def test_a_field_typed_while_another_program_writes_is_saved_afterwards(reader: Person, library: Path) -> None:
    chosen = _opens(reader, 0)
    with held(library) as pid:
        box = _types_year(reader, "1999")
        reader.sees(lambda: f"process {pid} on elsewhere" in box.error.text())
        assert box.editor.value() == "1999"
    reader.sees(lambda: not box.is_dirty)
    assert not box.error.isVisible()
    assert reader.knows(_year(chosen)) == "1999"


def test_a_field_of_a_paper_that_was_left_is_saved_afterwards(reader: Person, library: Path) -> None:
    chosen = _opens(reader, 0)
    with held(library):
        box = _types_year(reader, "1999")
        reader.sees(lambda: bool(box.error.text()))
        _opens(reader, 2)
        reader.sees_message("“1999” is not saved yet")
    reader.sees(lambda: reader.knows(_year(chosen)) == "1999")


def test_a_note_typed_while_another_program_writes_is_saved_afterwards(reader: Person, library: Path) -> None:
    chosen = _opens(reader, 0)
    reader.context.detail.write_note()
    notes = reader.context.detail.notes_tab
    reader.sees(lambda: not notes.editor.isReadOnly())
    with held(library) as pid:
        QTest.keyClicks(notes.editor, "Kept")
        notes.flush()
        reader.sees(lambda: f"process {pid} on elsewhere" in notes.warning.text())
        assert notes.editor.toPlainText() == "Kept"
    reader.sees(lambda: reader.knows(lambda found: [note.text for note in found.notes(chosen)]) == ["Kept"])
    reader.sees(lambda: not notes.warning.isVisible())


def test_what_waits_never_goes_into_another_library(reader: Person, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.refman"
    reader.knows(lambda found: found.backup(other))
    chosen = _opens(reader, 0)
    with held(library):
        box = _types_year(reader, "1999")
        reader.sees(lambda: bool(box.error.text()))
        _opens(reader, 2)
        reader.sees_message("“1999” is not saved yet")
        reader.context.adapter.open(str(other))
        reader.sees(lambda: reader.window.windowTitle() == "other — refman")
        reader.sees_message("“1999” was not saved")
    assert reader.knows(_year(chosen)) != "1999"


def test_a_new_paper_that_is_refused_leaves_nothing_but_the_reason(reader: Person, library: Path) -> None:
    detail = reader.context.detail
    with held(library) as pid:
        reader.presses(Qt.Key.Key_N, CTRL)
        reader.sees_message(f"process {pid} on elsewhere")
        assert detail.nothing.isVisible() and not detail.head.isVisible()
        assert reader.context.table.hasFocus() and detail.unsaved() == []
    assert len(reader.cells("title")) == 23


def test_the_title_typed_for_a_new_paper_that_is_refused_stays_with_the_reason(reader: Person, library: Path) -> None:
    detail = reader.context.detail
    with held(library) as pid:
        reader.presses(Qt.Key.Key_N, CTRL)
        reader.types("Kept")
        reader.sees_message(f"process {pid} on elsewhere")
        assert detail.head.title.error.isVisible()
        assert [(one.what, one.text) for one in detail.unsaved()] == [("Title", "Kept")]
    reader.presses(Qt.Key.Key_Escape)
    assert detail.unsaved() == []


def _cell(reader: Person) -> QLineEdit:
    def open_ones() -> list[QLineEdit]:
        return [one for one in reader.context.table.viewport().findChildren(QLineEdit) if one.isVisible()]

    # One that was closed is deleted a moment later.
    reader.sees(lambda: reader.context.table.is_editing and len(open_ones()) == 1)
    return open_ones()[0]


def _edits_year_cell(reader: Person, row: int, text: str) -> PaperId:
    reader.clicks_row(row)
    (chosen,) = reader.context.selected
    table = reader.context.table
    column = next(place for place, one in enumerate(COLUMNS) if one.edits == "year")
    table.edit(table.papers.index(row, column))
    editor = _cell(reader)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    return chosen


def test_an_impossible_value_stays_in_its_cell_with_the_reason(reader: Person) -> None:
    chosen = _edits_year_cell(reader, 3, "soon")
    reader.sees_message("soon")
    editor = _cell(reader)
    assert (editor.text(), reader.context.table.current_id) == ("soon", chosen)
    editor.selectAll()
    QTest.keyClicks(editor, "1999")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    reader.sees(lambda: reader.knows(_year(chosen)) == "1999")


def test_an_impossible_value_of_a_cell_that_was_left_waits_in_the_message(reader: Person) -> None:
    saves = reader.context.table.delegate.edited
    reader.clicks_row(3)
    chosen = reader.context.table.papers.id_at(5)
    saves.emit(chosen, "year", "soon", reader.cells("year")[5])
    reader.clicks_button("Edit again")
    editor = _cell(reader)
    assert (editor.text(), reader.context.table.current_id) == ("soon", chosen)
