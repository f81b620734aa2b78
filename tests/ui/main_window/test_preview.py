"""The paper in large over the list (Space)."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from refman.ui.detail.note_editor import NotePreview
from tests.ui.main_window.person import Person


def test_space_shows_the_paper_in_large_and_follows_the_arrows(reader: Person) -> None:
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_Space)
    reader.sees(reader.context.preview.isVisible)
    shown = reader.context.preview.accessibleDescription()
    reader.presses(Qt.Key.Key_Down)
    reader.sees(lambda: reader.context.preview.accessibleDescription() not in ("", shown))
    assert reader.context.table.hasFocus()
    reader.presses(Qt.Key.Key_Escape)
    assert not reader.context.preview.isVisible()


def test_the_preview_goes_when_the_keyboard_goes_to_what_may_lie_under_it(reader: Person) -> None:
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_Space)
    reader.sees(reader.context.preview.isVisible)
    reader.does("edit.find")
    assert reader.context.preview.isVisible()
    reader.does("go.list")
    reader.does("go.details")
    assert not reader.context.preview.isVisible()


def test_the_preview_is_as_high_as_its_paper(reader: Person) -> None:
    reader.clicks_row(0)
    paper = reader.context.selected[0]
    reader.presses(Qt.Key.Key_Space)
    reader.sees(reader.context.preview.isVisible)
    with_abstract = reader.context.preview.height()
    reader.context.adapter.write(lambda library: library.edit(paper, {"abstract": "Short."}), owner=reader.window)
    reader.sees(lambda: reader.context.preview.height() < with_abstract)


def test_the_preview_shows_notes_as_they_look_and_tells_of_clicked_links(reader: Person) -> None:
    reader.clicks_row(0)
    paper, note = reader.context.selected[0], "# Head\n\nsee [this](https://example.org/)"
    reader.context.adapter.write(lambda library: library.add_note(paper, note), owner=reader.window)
    reader.presses(Qt.Key.Key_Space)
    notes = reader.context.preview.findChildren(NotePreview)[0]
    reader.sees(notes.isVisible)
    assert notes.toPlainText() == "Head\nsee this"
    assert notes.height() >= notes.document().size().height()
    told: list[str] = []
    reader.context.preview.link_chosen.disconnect()
    reader.context.preview.link_chosen.connect(told.append)
    where = notes.cursorRect(notes.document().find("this")).center()
    QTest.mouseClick(notes.viewport(), Qt.MouseButton.LeftButton, pos=where - QPoint(8, 0))
    assert told == ["https://example.org/"]


def test_a_link_to_a_file_is_not_opened(reader: Person) -> None:
    reader.context.preview.link_chosen.emit("file:///etc/passwd")
    reader.sees_message("not opened from here")
