"""The command palette and the list of keys: everything the window can do, found and run by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QMainWindow, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.actions import UiState, collect
from refman.ui.dialogs.command_palette import CommandPalette
from refman.ui.dialogs.palette_rows import PaletteModel
from refman.ui.dialogs.shortcuts import ShortcutsDialog
from refman.ui.icons import Icons
from refman.ui.menus import Actions
from refman.ui.theme import ThemeController
from tests.ui import command_samples
from tests.ui.command_samples import Notebook

WRITABLE = UiState(is_writable=True, undo_name="Edit title", shown_count=1)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    return window


@pytest.fixture
def actions(window: QMainWindow, notebook: Notebook, icons: Icons) -> Actions:
    actions = Actions(collect([command_samples]), notebook, icons=icons, window=window)
    actions.fill(window.menuBar())
    actions.update(WRITABLE)
    return actions


@pytest.fixture
def palette(actions: Actions, window: QMainWindow, themes: ThemeController, qtbot: QtBot) -> Iterator[CommandPalette]:
    palette = CommandPalette(actions, themes=themes, window=window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(palette)
    palette.open_over(window)
    yield palette


def line(palette: QWidget) -> QLineEdit:
    return palette.findChildren(QLineEdit)[0]


def texts(palette: QWidget) -> list[str]:
    view = palette.findChildren(QListView)[0]
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_every_command_is_listed_with_its_menu_and_key(palette: CommandPalette) -> None:
    model = palette.findChildren(PaletteModel)[0]
    rows = [model.row(model.index(row, 0)) for row in range(model.rowCount())]
    assert [(row.text, row.place, row.key) for row in rows] == [
        ("New paper", "File", "Ctrl+N"),
        ("Quit", "File", "Ctrl+Q"),
        ("Import…", "File", "Ctrl+Shift+I"),
        ("Undo Edit title", "Edit", "Ctrl+Z"),
        ("Dark", "View › Theme", ""),
        ("Move to the trash", "Paper", "Del"),
        ("Next paper", "", "Alt+Down"),
    ]


def test_a_few_letters_find_a_command_and_enter_runs_it(
    palette: CommandPalette, notebook: Notebook, qtbot: QtBot
) -> None:
    QTest.keyClicks(line(palette), "mtt")
    assert texts(palette) == ["Move to the trash"]
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert notebook.done == ["paper.trash"]
    assert not palette.isVisible()


def test_the_best_match_comes_first(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(line(palette), "np")
    assert texts(palette)[:2] == ["New paper", "Next paper"]


def test_names_that_begin_with_what_is_typed_come_before_inner_letters(palette: CommandPalette) -> None:
    QTest.keyClicks(line(palette), "ne")
    assert texts(palette)[:2] == ["New paper", "Next paper"]
    QTest.keyClicks(line(palette), "x")
    assert texts(palette)[0] == "Next paper"


def test_what_was_used_lately_comes_first(
    actions: Actions, window: QMainWindow, themes: ThemeController, qtbot: QtBot
) -> None:
    lately = ["go.next", "no.longer.there", "app.quit"]
    palette = CommandPalette(actions, themes=themes, window=window, lately=lately)
    qtbot.addWidget(palette)
    palette.open_over(window)
    assert texts(palette)[:3] == ["Next paper", "Quit", "New paper"]
    QTest.keyClicks(line(palette), "n")
    assert texts(palette)[:2] == ["Next paper", "New paper"]
    with qtbot.waitSignal(palette.ran) as ran:
        QTest.keyClick(line(palette), Qt.Key.Key_Down)
        QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert ran.args == ["paper.new"]


def test_arrows_choose_and_stop_at_the_ends(palette: CommandPalette, notebook: Notebook, qtbot: QtBot) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Up)
    QTest.keyClick(line(palette), Qt.Key.Key_Down)
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert notebook.done == ["app.quit"]


def test_a_click_runs_a_command(palette: CommandPalette, notebook: Notebook, qtbot: QtBot) -> None:
    view = palette.findChildren(QListView)[0]
    place = view.visualRect(view.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert notebook.done == ["paper.import"]


def test_what_cannot_be_done_is_last_and_does_not_run(
    actions: Actions, window: QMainWindow, themes: ThemeController, notebook: Notebook, qtbot: QtBot
) -> None:
    actions.update(UiState())
    palette = CommandPalette(actions, themes=themes, window=window)
    qtbot.addWidget(palette)
    palette.open_over(window)
    assert texts(palette)[-3:] == ["New paper", "Undo", "Next paper"]
    QTest.keyClicks(line(palette), "undo")
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert notebook.done == []
    assert palette.isVisible()


def test_nothing_found_is_said(palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(line(palette), "zzz")
    assert texts(palette) == []
    assert not palette.findChildren(QListView)[0].isVisible()
    QTest.keyClick(line(palette), Qt.Key.Key_Return)
    assert palette.isVisible()


def test_escape_closes_it(palette: CommandPalette, notebook: Notebook, qtbot: QtBot) -> None:
    QTest.keyClick(line(palette), Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert notebook.done == []


def test_a_screen_reader_hears_command_key_and_state(palette: CommandPalette) -> None:
    model = palette.findChildren(PaletteModel)[0]
    assert model.spoken(model.row(model.index(0, 0))) == "New paper, File, Ctrl+N"
    for widget in (palette, line(palette), palette.findChildren(QListView)[0]):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_it_opens_in_the_upper_middle_of_its_window(palette: CommandPalette, window: QMainWindow) -> None:
    offset = palette.pos() - window.mapToGlobal(window.rect().topLeft())
    assert offset.x() == (window.width() - palette.width()) // 2
    assert offset.y() == window.height() // 8


def test_all_keys_are_listed_by_menu(
    actions: Actions, window: QMainWindow, themes: ThemeController, qtbot: QtBot
) -> None:
    dialog = ShortcutsDialog(actions, themes=themes, window=window)
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.findChildren(QTreeWidget)[0]
    model = tree.model()
    listed = {}
    for number in range(model.rowCount()):
        section = model.index(number, 0)
        rows = range(model.rowCount(section))
        listed[section.data()] = [tuple(model.index(row, column, section).data() for column in (0, 1)) for row in rows]
    assert listed == {
        "File": [("New paper", "Ctrl+N"), ("Quit", "Ctrl+Q"), ("Import…", "Ctrl+Shift+I  Ins")],
        "Edit": [("Undo", "Ctrl+Z")],
        "Paper": [("Move to the trash", "Del")],
        "Everywhere": [("Next paper", "Alt+Down")],
    }
