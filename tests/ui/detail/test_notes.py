from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from refman.ui.detail.note_session import SAVE_AFTER_MS
from refman.ui.theme import LIGHT
from tests.ui.detail.conftest import Shown
from tests.ui.hostile.traps import Trap
from tests.ui.pixels import colours_of
from tests.ui.world import press, type_into


def _editor(shown: Shown, place: int = 0) -> QPlainTextEdit:
    shown.select(place)
    shown.pane.show_tab(shown.pane.notes_tab)
    editor = shown.pane.findChild(QPlainTextEdit, "notesEditor")
    assert editor is not None
    editor.setFocus()
    return editor


def _texts(shown: Shown, place: int = 0) -> list[str]:
    return [note.text for note in shown.world.library.notes(shown.ids[place])]


def test_a_note_is_saved_while_it_is_typed(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "An idea")
    shown.world.until(lambda: _texts(shown) == ["An idea"])
    assert SAVE_AFTER_MS < 2000


def test_more_text_goes_into_the_same_note(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "One")
    shown.pane.flush()
    type_into(editor, " two")
    shown.pane.flush()
    shown.world.settle()
    shown.pane.flush()
    shown.world.settle()
    assert _texts(shown) == ["One two"]


def test_leaving_the_editor_saves(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "Quick")
    shown.pane.notes_tab.list.setFocus()
    shown.pane.tabs.tabBar().setFocus()
    shown.world.settle()
    assert _texts(shown) == ["Quick"]


def test_another_paper_gets_its_own_notes_and_nothing_is_lost(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "Of the first")
    shown.select(1)
    assert editor.toPlainText() == ""
    type_into(editor, "Of the second")
    shown.select(0)
    assert editor.toPlainText() == "Of the first"
    assert (_texts(shown, 0), _texts(shown, 1)) == (["Of the first"], ["Of the second"])


def test_a_refresh_never_replaces_what_is_being_typed(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "First")
    shown.pane.flush()
    shown.world.settle()
    type_into(editor, " and more")
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"year": "2019"}))
    assert editor.toPlainText() == "First and more"
    assert editor.textCursor().position() == len("First and more")


def test_undo_of_the_library_is_seen_in_the_editor(shown: Shown) -> None:
    note = shown.world.library.add_note(shown.ids[0], "Before").note_id
    assert note is not None
    editor = _editor(shown)
    type_into(editor, "X")
    shown.pane.flush()
    shown.world.settle()
    assert editor.toPlainText() == "XBefore"
    shown.world.elsewhere(lambda library: library.undo())
    assert editor.toPlainText() == "Before"


def test_a_note_that_was_changed_elsewhere_is_not_overwritten_unasked(shown: Shown) -> None:
    note = shown.world.library.add_note(shown.ids[0], "Old").note_id
    assert note is not None
    editor = _editor(shown)
    type_into(editor, "Mine ")
    shown.world.library.edit_note(note, "Theirs")
    shown.pane.flush()
    shown.world.settle()
    assert _texts(shown) == ["Theirs"] and editor.toPlainText() == "Mine Old"
    assert shown.pane.notes_tab.keep.isVisible()
    shown.pane.notes_tab.keep.click()
    shown.world.settle()
    assert _texts(shown) == ["Mine Old"]


def test_a_conflict_that_nobody_answers_keeps_both_texts(shown: Shown) -> None:
    note = shown.world.library.add_note(shown.ids[0], "Old").note_id
    assert note is not None
    editor = _editor(shown)
    type_into(editor, "Mine ")
    shown.world.library.edit_note(note, "Theirs")
    shown.select(1)
    shown.world.until(lambda: _texts(shown) == ["Theirs", "Mine Old"])
    shown.world.settle()


def test_several_notes_are_listed_and_chosen(shown: Shown) -> None:
    shown.world.library.add_note(shown.ids[0], "# First\ntext")
    shown.world.library.add_note(shown.ids[0], "Second")
    editor = _editor(shown)
    notes = shown.pane.notes_tab.list
    assert [notes.item(place).text() for place in range(notes.count())] == ["First", "Second"]
    notes.setFocus()
    press(notes, Qt.Key.Key_Down)
    assert editor.toPlainText() == "Second"
    shown.pane.notes_tab.delete.click()
    shown.world.settle()
    assert _texts(shown) == ["# First\ntext"]
    assert editor.toPlainText() == "# First\ntext"


def test_a_new_note_is_begun_beside_the_old_one(shown: Shown) -> None:
    shown.world.library.add_note(shown.ids[0], "First")
    editor = _editor(shown)
    shown.pane.notes_tab.add.click()
    type_into(editor, "Second")
    shown.pane.flush()
    shown.world.settle()
    assert _texts(shown) == ["First", "Second"]


def test_markdown_is_shown_as_it_looks_while_typing(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "# Head")
    assert shown.pane.notes_tab.preview.toPlainText() == "Head"


def test_a_quote_right_after_a_list_stands_on_a_ground_of_its_own(shown: Shown) -> None:
    editor = _editor(shown)
    editor.setPlainText("- item\n\nplain")
    assert LIGHT.hover not in colours_of(shown.pane.notes_tab.preview)
    editor.setPlainText("- item\n\n> quoted")
    assert LIGHT.hover in colours_of(shown.pane.notes_tab.preview)


def test_a_note_loads_nothing_and_its_tags_of_html_are_text(shown: Shown, tmp_path: Path) -> None:
    style = tmp_path / "style.css"
    style.write_text("* { color: red }", "utf-8")
    preview = shown.pane.notes_tab.preview
    preview.show_note(f"<b>x</b> ![a picture]({style.as_uri()})")
    assert preview.toPlainText() == "<b>x</b> a picture"
    url = QUrl.fromLocalFile(str(style))
    read = {kind.name: preview.loadResource(kind.value, url) for kind in QTextDocument.ResourceType}
    empty = read.pop("ImageResource")
    assert isinstance(empty, QImage) and empty.size() == QSize(1, 1)
    assert set(read.values()) == {None}


def test_the_picture_of_a_note_is_a_link_to_it_and_no_file_of_that_name_is_opened(shown: Shown, tmp_path: Path) -> None:
    with Trap(tmp_path) as trap:
        preview = shown.pane.notes_tab.preview
        preview.show_note(f"![one]({trap.picture.as_uri()}) and ![two]({trap.picture.as_uri()})")
        preview.show()
        preview.grab()
        assert preview.toPlainText() == "one and two"
        assert trap.touched == []
    block = preview.document().begin()
    place, targets = block.begin(), []
    while not place.atEnd():
        targets.append(place.fragment().charFormat().anchorHref())
        place += 1
    assert targets == [trap.picture.as_uri(), "", trap.picture.as_uri()]


def test_an_empty_note_is_not_made(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "   ")
    shown.select(1)
    assert _texts(shown) == []


def test_closing_right_after_typing_loses_nothing(shown: Shown) -> None:
    editor = _editor(shown)
    type_into(editor, "One")
    shown.pane.flush()
    # The first save is still under way.
    type_into(editor, " two")
    shown.pane.flush()
    shown.world.adapter.close()
    shown.world.until(lambda: shown.world.lanes.is_idle)
    assert _texts(shown) == ["One two"]
