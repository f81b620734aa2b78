"""Commands: declared once, shown in menus, run by key, disabled when they cannot be done."""

from types import ModuleType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QMainWindow, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from refman.domain.settings import ThemeMode
from refman.ui import menus
from refman.ui.actions import UiState, collect
from refman.ui.compositing import can_be_translucent
from refman.ui.icons import Icons
from refman.ui.menus import Actions, RoundedMenu, place_of, plain
from tests.ui import command_samples
from tests.ui.command_samples import Notebook


class Window(QMainWindow):
    """A window with a list and a text field."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.notebook = Notebook()
        self.papers = QListWidget()
        self.search = QLineEdit()
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.addWidget(self.papers)
        layout.addWidget(self.search)
        self.setCentralWidget(centre)
        self.actions_ = Actions(collect([command_samples]), self.notebook, icons=icons, window=self)
        self.actions_.fill(self.menuBar())
        self.actions_.add_list_keys(self.papers)


@pytest.fixture
def window(icons: Icons, qtbot: QtBot) -> Window:
    window = Window(icons)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def shown(menu: QMenu) -> list[str]:
    return ["-" if action.isSeparator() else action.text() for action in menu.actions()]


def test_menus_are_in_order_with_lines_between_groups(window: Window) -> None:
    assert [action.text() for action in window.menuBar().actions()] == ["&File", "&Edit", "&View", "&Paper"]
    assert shown(window.actions_.menu("&File")) == ["New paper", "Import…", "-", "Quit"]
    assert shown(window.actions_.menu("&View")) == ["Theme"]
    assert shown(window.actions_.menu("Theme")) == ["Dark"]


def test_a_tooltip_names_the_key(window: Window) -> None:
    assert window.actions_.action("paper.new").toolTip() == "New paper (Ctrl+N)"
    assert window.actions_.action("view.dark").toolTip() == "Dark"


def test_what_cannot_be_done_is_disabled_and_stays_in_the_menu(window: Window) -> None:
    action = window.actions_.action("paper.new")
    assert (action.isEnabled(), action.isVisible()) == (False, True)
    window.actions_.update(UiState(is_writable=True))
    assert action.isEnabled()


def test_undo_is_named_by_what_it_takes_back(window: Window) -> None:
    undo = window.actions_.action("edit.undo")
    assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
    window.actions_.update(UiState(undo_name="Edit title"))
    assert (undo.text(), undo.toolTip(), undo.isEnabled()) == ("&Undo Edit title", "Undo Edit title (Ctrl+Z)", True)


def test_a_key_runs_its_command_and_so_does_its_alternative(window: Window, qtbot: QtBot) -> None:
    window.search.setFocus()
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_Insert)
    assert window.notebook.done == ["paper.import", "paper.import"]


def test_a_command_outside_the_menus_has_its_key_too(window: Window, qtbot: QtBot) -> None:
    window.actions_.update(UiState(shown_count=3))
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.notebook.done == ["go.next"]


def test_a_disabled_command_does_not_run_by_its_key(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.notebook.done == []


def test_a_key_of_the_list_works_in_the_list_only(window: Window, qtbot: QtBot) -> None:
    window.search.setText("word")
    window.search.setFocus()
    QTest.keyClick(window.search, Qt.Key.Key_Home)
    QTest.keyClick(window.search, Qt.Key.Key_Delete)
    assert (window.notebook.done, window.search.text()) == ([], "ord")
    window.papers.setFocus()
    QTest.keyClick(window.papers, Qt.Key.Key_Delete)
    assert window.notebook.done == ["paper.trash"]


def test_a_switch_shows_the_state_and_not_the_click(window: Window) -> None:
    dark = window.actions_.action("view.dark")
    dark.trigger()
    assert (window.notebook.done, dark.isChecked()) == (["view.dark"], False)
    window.actions_.update(UiState(theme=ThemeMode.DARK))
    assert dark.isChecked()


def test_actions_can_be_found_by_the_id_of_their_command(window: Window) -> None:
    assert window.actions_.action("app.quit").objectName() == "app.quit"
    with pytest.raises(KeyError):
        window.actions_.action("app.fly")


def test_two_commands_with_one_id_or_one_key_are_refused() -> None:
    twin = ModuleType("twin")
    vars(twin)["again"] = command_samples.quit_program
    with pytest.raises(ValueError, match=r"app\.quit"):
        collect([command_samples, twin])


def test_a_command_can_be_called_like_the_function_it_was() -> None:
    notebook = Notebook()
    command_samples.trash(notebook)
    assert notebook.done == ["paper.trash"]


def test_the_place_of_a_command_is_readable() -> None:
    assert place_of(command_samples.dark) == "View › Theme"
    assert place_of(command_samples.next_paper) == ""


def test_plain_text_has_no_marks_of_mnemonics() -> None:
    assert plain("&Copy && paste") == "Copy & paste"


@pytest.mark.parametrize("can_be", [True, False])
def test_menus_have_round_corners_where_the_screen_can_show_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, can_be: bool
) -> None:
    monkeypatch.setattr(menus, "can_be_translucent", lambda: can_be)
    menu = RoundedMenu()
    qtbot.addWidget(menu)
    menu.addAction("Here")
    menu.popup(QPoint())
    qtbot.waitUntil(menu.isVisible)
    assert menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground) is can_be
    assert menu.property("rounded") is can_be
    menu.close()


def test_a_screen_without_x11_can_be_translucent() -> None:
    assert can_be_translucent()
