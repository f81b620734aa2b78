from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from refman.services.import_plan import ImportInput, ImportOptions
from refman.ui.dialogs.strings import StringsDialog
from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.theme import ThemeController
from tests.ui.world import CAPTURED, World, names_missing

FILE = """@string{jmlr = "Journal of ML"}
@string{never = {Never}}
@article{a, title={A}, journal = jmlr}
@article{b, title={B}, publisher = {Press}}
@article{c, title={C}, publisher = {Press}}
"""


@pytest.fixture
def dialog(world: World, themes: ThemeController, qtbot: QtBot) -> Iterator[StringsDialog]:
    read = ImportInput("refs.bib", FILE)
    world.library.apply_import(world.library.plan_import([read], ImportOptions(CAPTURED)))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = StringsDialog(world.adapter, is_writable=True, themes=themes, parent=window)
    made.open()
    world.until(lambda: made.values.rowCount() == 1)
    yield made
    window.close()


def _cells(table: QTableWidget) -> list[list[str]]:
    def text(row: int, column: int) -> str:
        item = table.item(row, column)
        return item.text() if item else ""

    return [[text(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]


def _answer(dialog: StringsDialog, world: World, text: str) -> None:
    """Types into the question that is open, then clicks its deed."""
    prompts = [one for one in dialog.findChildren(NamePrompt) if one.isVisible()]
    assert len(prompts) == 1
    prompts[0].field.setText(text)
    prompts[0].go.click()


def _journal(world: World, key: str, field: str = "journal") -> str:
    return world.paper(world.library.ids_of_keys([key])[key]).plain(field)


def test_a_linked_file_is_told_by_its_name(dialog: StringsDialog, world: World) -> None:
    text = '@string{{{0} = "X"}}\n@misc{{{0}, title = {{{0}}}, note = {0}}}'
    read = [ImportInput(f"/home/a/{place}/refs.bib", text.format(place)) for place in ("one", "two")]
    world.library.apply_import(world.library.plan_import([*read], ImportOptions(CAPTURED)))
    dialog.refresh()
    world.until(lambda: dialog.table.rowCount() == 4)
    assert {row[2] for row in _cells(dialog.table)} == {"refs.bib", "one/refs.bib", "two/refs.bib"}
    item = dialog.table.item([row[0] for row in _cells(dialog.table)].index("one"), 2)
    assert item is not None and item.toolTip() == "/home/a/one/refs.bib"


def test_a_button_that_cannot_be_pressed_says_why(dialog: StringsDialog) -> None:
    dialog.table.setCurrentCell(0, 0)
    assert (dialog.remove.isEnabled(), dialog.remove.toolTip()) == (False, "Papers use it")
    assert (dialog.make.isEnabled(), dialog.make.toolTip()) == (False, "Choose an equal value first")
    dialog.table.setCurrentCell(1, 0)
    dialog.values.setCurrentCell(0, 0)
    assert dialog.remove.toolTip() == dialog.make.toolTip() == ""


def test_macros_and_equal_values_are_listed(dialog: StringsDialog) -> None:
    assert _cells(dialog.table) == [
        ["jmlr", "Journal of ML", "refs.bib", "1"],
        ["never", "Never", "refs.bib", "0"],
    ]
    assert _cells(dialog.values) == [["press", "Press", "publisher", "2"]]
    assert names_missing(dialog) == []


def test_a_macro_is_changed_for_all(dialog: StringsDialog, world: World) -> None:
    dialog.table.setCurrentCell(0, 0)
    dialog.change.click()
    _answer(dialog, world, "JMLR")
    world.until(lambda: ["jmlr", "JMLR", "refs.bib", "1"] in _cells(dialog.table))
    assert _journal(world, "a") == "JMLR"
    assert world.told[-1].message == "Macro jmlr changed"


def test_a_macro_is_renamed(dialog: StringsDialog, world: World) -> None:
    dialog.table.setCurrentCell(0, 0)
    dialog.rename.click()
    _answer(dialog, world, "never")
    world.until(dialog.says.isVisible)
    assert "There is a macro never in refs.bib already" in dialog.says.text()
    dialog.rename.click()
    _answer(dialog, world, "jml")
    world.until(lambda: ["jml", "Journal of ML", "refs.bib", "1"] in _cells(dialog.table))
    assert not dialog.says.isVisible()


def test_only_an_unused_macro_can_be_removed(dialog: StringsDialog, world: World) -> None:
    dialog.table.setCurrentCell(0, 0)
    assert not dialog.remove.isEnabled()
    dialog.table.setCurrentCell(1, 0)
    assert dialog.remove.isEnabled()
    dialog.remove.click()
    world.until(lambda: dialog.table.rowCount() == 1)


def test_a_macro_is_added(dialog: StringsDialog, world: World) -> None:
    dialog.add.click()
    _answer(dialog, world, "acl")
    _answer(dialog, world, "Annual Meeting")
    world.until(lambda: ["acl", "Annual Meeting", "this library", "0"] in _cells(dialog.table))


def test_equal_values_become_a_macro(dialog: StringsDialog, world: World) -> None:
    dialog.values.setCurrentCell(0, 0)
    dialog.make.click()
    _answer(dialog, world, "press")
    world.until(lambda: dialog.nothing.isVisible())
    assert ["press", "Press", "this library", "2"] in _cells(dialog.table)
    assert _journal(world, "b", "publisher") == "Press"
    assert world.told[-1].message == "2 papers share the macro press now"


def test_a_library_that_cannot_be_written_is_only_shown(world: World, themes: ThemeController, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = StringsDialog(world.adapter, is_writable=False, themes=themes, parent=window)
    made.open()
    world.settle()
    enabled = [one.text() for one in made.findChildren(QPushButton) if one.isEnabled()]
    assert enabled == ["Close"]
