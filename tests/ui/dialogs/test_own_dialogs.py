import re
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import ExportFormat
from refman.ui.dialogs import export_check
from refman.ui.dialogs.confirm import ConfirmDialog
from refman.ui.dialogs.export import ExportChoice, ExportDialog, ExportRequest
from refman.ui.dialogs.export_check import Checked
from refman.ui.dialogs.history import HistoryDialog
from refman.ui.dialogs.tag_editor import TagEditor
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from tests.ui.world import World, names_missing, press, type_into


def _tag_editor(world: World, themes: ThemeController, icons: Icons, window: QWidget) -> TagEditor:
    ids = world.import_page()
    world.library.tag(ids[:2], ["all"])
    world.library.tag(ids[:1], ["some"])
    world.library.create_tag("none")
    editor = TagEditor(world.adapter, ids[:2], themes=themes, icons=icons, parent=window)
    editor.open()
    world.settle()
    return editor


def test_tags_are_shown_with_what_the_papers_carry(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    editor = _tag_editor(world, themes, icons, window)
    rows = [editor.model.index(place) for place in range(editor.model.rowCount())]
    checked = Qt.ItemDataRole.CheckStateRole
    assert [(row.data(), row.data(checked)) for row in rows] == [
        ("all", Qt.CheckState.Checked),
        ("some", Qt.CheckState.PartiallyChecked),
        ("none", Qt.CheckState.Unchecked),
    ]
    assert names_missing(editor) == []


def test_enter_makes_a_tag_and_takes_one_off(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    editor = _tag_editor(world, themes, icons, window)
    for text in ("rl/new", "all"):
        type_into(editor.field, text)
        press(editor.field, Qt.Key.Key_Return)
    press(editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    world.settle()
    ids = [PaperId(number) for number in sorted(world.library.ids(Listing()))[:2]]
    assert [world.library.tags_of([number]) for number in ids] == [{"some": 1, "rl/new": 1}, {"rl/new": 1}]


def test_enter_pressed_before_the_tags_are_read_waits_for_them(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    ids = world.import_page()[:2]
    world.library.tag(ids, ["rl"])
    editor = TagEditor(world.adapter, ids, themes=themes, icons=icons, parent=window)
    editor.open()
    for text in ("RL", "new"):
        type_into(editor.field, text)
        press(editor.field, Qt.Key.Key_Return)
    press(editor.field, Qt.Key.Key_Return)
    world.settle()
    assert world.library.tags_of(ids) == {"new": 2}
    assert len(world.library.history()) == 3


def test_a_name_refused_before_the_tags_are_read_keeps_the_dialog_open(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    ids = world.import_page()[:2]
    editor = TagEditor(world.adapter, ids, themes=themes, icons=icons, parent=window)
    editor.open()
    type_into(editor.field, "a//b")
    press(editor.field, Qt.Key.Key_Return)
    press(editor.field, Qt.Key.Key_Return)
    world.settle()
    assert editor.isVisible()
    assert editor.field.text() == "a//b"


def test_cancel_changes_no_tag(world: World, themes: ThemeController, icons: Icons, window: QWidget) -> None:
    editor = _tag_editor(world, themes, icons, window)
    editor.model.toggle(0)
    press(editor, Qt.Key.Key_Escape)
    world.settle()
    assert world.library.tags()[0].count == 2


def _export(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, folder: Path
) -> tuple[ExportDialog, list[ExportRequest]]:
    ids = world.import_page()
    choices = [
        ExportChoice("Selected papers", 2, array("q", ids[:2])),
        ExportChoice("Papers listed", 0, array("q")),
        ExportChoice("Whole library", 23, Listing()),
    ]
    dialog = ExportDialog(
        world.adapter,
        choices,
        format=ExportFormat.BIBTEX,
        folder=folder,
        themes=themes,
        icons=icons,
        parent=window,
    )
    wanted: list[ExportRequest] = []
    dialog.confirmed.connect(wanted.append)
    dialog.open()
    world.settle()
    return dialog, wanted


def test_an_export_shows_its_first_entries_before_it_writes(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    dialog, wanted = _export(world, themes, icons, window, tmp_path)
    assert dialog.go.text() == "Export 2 papers"
    # In the order of the file: by key, though the other one was selected first.
    assert names_missing(dialog) == []
    text = dialog.preview.toPlainText()
    assert re.findall("@misc{(.*),", text) == ["velickovic2024amplifying", "zheng2026ai"]
    assert [dialog.what.itemText(place) for place in range(dialog.what.count())] == [
        "Selected papers (2)",
        "Whole library (23)",
    ]
    dialog.go.click()
    world.settle()
    ids = sorted(world.library.ids(Listing()))[:2]
    path = tmp_path / "references.bib"
    assert wanted == [ExportRequest(array("q", ids), 2, ExportFormat.BIBTEX, path)]


def test_another_format_has_another_ending_and_preview(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    dialog, wanted = _export(world, themes, icons, window, tmp_path)
    dialog.what.setCurrentIndex(1)
    dialog.format.setCurrentIndex(dialog.format.findData(ExportFormat.RIS))
    world.settle()
    assert dialog.go.text() == "Export 23 papers"
    assert dialog.preview.toPlainText().startswith("TY  - ")
    dialog.go.click()
    world.settle()
    assert wanted == [ExportRequest(Listing(), 23, ExportFormat.RIS, tmp_path / "references.ris")]


def test_what_stands_in_a_file_is_written_over_after_a_question_only(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "references.bib").write_text("@book{mine, title = {Typed by hand}}", "utf-8")
    dialog, wanted = _export(world, themes, icons, window, tmp_path)
    for answer, expected in ((Qt.Key.Key_Escape, 0), (Qt.Key.Key_Space, 1)):
        dialog.go.click()
        world.settle()
        question = dialog.findChildren(ConfirmDialog)[-1]
        assert wanted == [] and dialog.isVisible()
        deed = next(one for one in question.findChildren(QPushButton) if one.text() == "Replace the file")
        press(deed, answer)
        assert len(wanted) == expected


def test_problems_of_all_papers_are_found_chunk_by_chunk(
    world: World, themes: ThemeController, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_check, "_CHUNK", 5)
    ids = world.import_page()
    for place in (0, 11, 22):
        world.library.edit(ids[place], {"type": "article"})
    seen: list[Checked] = []
    check = export_check.ExportCheck(world.adapter, window)
    check.grown.connect(seen.append)
    check.begin(Listing(), ExportFormat.BIBTEX)
    world.settle()
    assert [step.done for step in seen] == [0, 5, 10, 15, 20, 23]
    assert seen[-1].problem_count == len(seen[-1].problems) > 2
    assert {seen[-1].total, seen[-1].is_over} == {23, True}
    seen.clear()
    check.begin(Listing(), ExportFormat.RIS)
    check.begin(array("q", ids[:2]), ExportFormat.RIS)
    world.settle()
    assert (seen[-1].done, seen[-1].problem_count) == (2, 2)
    assert {step.total for step in seen} == {2}


def test_without_a_file_nothing_can_be_exported(
    world: World, themes: ThemeController, icons: Icons, window: QWidget, tmp_path: Path
) -> None:
    dialog, _ = _export(world, themes, icons, window, tmp_path)
    dialog.path.clear()
    assert not dialog.go.isEnabled()


def test_history_undoes_and_redoes(world: World, themes: ThemeController, icons: Icons, window: QWidget) -> None:
    ids = world.import_page()
    world.library.tag(ids[:1], ["rl"])
    dialog = HistoryDialog(world.adapter, themes=themes, icons=icons, parent=window)
    dialog.open()
    world.settle()
    assert dialog.list.count() == 2 and "Tag" in dialog.list.item(0).text()
    assert not dialog.redo.isEnabled()
    dialog.undo.click()
    world.settle()
    assert world.library.tags_of(ids[:1]) == {}
    assert dialog.list.item(0).text().endswith("(undone)")
    dialog.redo.click()
    world.settle()
    assert world.library.tags_of(ids[:1]) == {"rl": 1}
    assert names_missing(dialog) == []
