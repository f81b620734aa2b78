"""What was typed into a dialog that stores nothing before it is agreed to is kept when the system ends the program."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from refman.app.places import places
from refman.ui.dialogs.import_preview import ImportPreview
from refman.ui.dialogs.names_editor import NamesDialog
from refman.ui.dialogs.tag_editor import TagEditor
from refman.ui.pane_state import DetailPlace
from refman.ui.sidebar.prompts import NamePrompt
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, ENTRY, PAGE, Person, W


def _kept() -> list[str]:
    folder = places().logs.with_name("unsaved")
    return [file.read_text("utf-8") for file in folder.iterdir()] if folder.exists() else []


def _open(reader: Person, kind: type[W]) -> W:
    """Waits for a dialog of this kind to be open and to have the keyboard."""
    window = reader.window
    reader.sees(lambda: any(one.isActiveWindow() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isActiveWindow())


def _shows_a_paper(reader: Person) -> None:
    reader.clicks_row(0)
    reader.sees(lambda: reader.context.detail.paper_ids == [reader.context.table.current_id])
    reader.sees(lambda: reader.context.detail.paper_tab.form.box("year").isVisible())


def _types_a_name(reader: Person) -> NamesDialog:
    """Over the first author, without Enter."""
    _shows_a_paper(reader)
    QTest.mouseClick(reader.context.detail.head.edit_authors, Qt.MouseButton.LeftButton)
    names = _open(reader, NamesDialog)
    names.list.editItem(names.list.item(0))
    (editor,) = names.list.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Ende, Michael")
    return names


def test_names_are_kept_and_told_of(reader: Person, library: Path, open_window: OpenWindow) -> None:
    _types_a_name(reader)
    reader.window.end()
    (kept,) = _kept()
    assert kept.startswith("Authors\n") and "Ende, Michael\n" in kept
    open_window(library).sees_message("Something typed could not be saved")


def test_names_in_a_window_of_their_own_are_kept(reader: Person) -> None:
    panes = reader.context.panes
    panes.apply(replace(panes.state, detail_place=DetailPlace.WINDOW))
    _types_a_name(reader)
    reader.window.end()
    assert "Ende, Michael\n" in _kept()[0]


def test_what_was_only_looked_at_is_not_kept(reader: Person) -> None:
    _shows_a_paper(reader)
    QTest.mouseClick(reader.context.detail.head.edit_authors, Qt.MouseButton.LeftButton)
    _open(reader, NamesDialog)
    reader.window.end()
    assert _kept() == []


def test_tags_that_are_not_saved_are_kept(reader: Person) -> None:
    _shows_a_paper(reader)
    reader.presses(Qt.Key.Key_T, CTRL)
    tags = _open(reader, TagEditor)
    QTest.keyClicks(tags.field, "rl/planning")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    reader.sees(lambda: tags.model.to_put() == ["rl/planning"])
    QTest.keyClicks(tags.field, "half")
    reader.window.end()
    (kept,) = _kept()
    assert kept == "Tags of 1 paper\n\n\nTo put on: rl/planning\nTyped: half\n"


def test_a_name_that_is_asked_for_is_kept(reader: Person) -> None:
    reader.window.actions_by_id.action("tags.new").trigger()
    prompt = _open(reader, NamePrompt)
    QTest.keyClicks(prompt.field, "rl/planning")
    reader.window.end()
    assert "rl/planning" in _kept()[0]


def test_a_pasted_page_is_kept_with_the_tags_for_all(reader: Person) -> None:
    reader.context.live.change("preview_before_import", True)
    page = PAGE.read_text("utf-8")
    reader.pastes(page)
    preview = _open(reader, ImportPreview)
    preview.tags.added.emit(["rl"])
    reader.window.end()
    (kept,) = _kept()
    assert page in kept and "Tags for all\n\n\nrl\n" in kept


def test_a_file_in_the_preview_is_not_kept_again(reader: Person, tmp_path: Path) -> None:
    reader.context.live.change("preview_before_import", True)
    file = tmp_path / "two.bib"
    file.write_text(ENTRY + ENTRY.replace("knuth1984", "other").replace("Literate", "Other"), "utf-8")
    reader.context.imports.take_files([file])
    _open(reader, ImportPreview)
    reader.window.end()
    assert _kept() == []
