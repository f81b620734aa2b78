"""The shared widgets: what they show, what they say, how they are used by keyboard."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QSplitter, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from refman.domain.settings import ThemeMode
from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import DARK, LIGHT, TextRole, ThemeController
from refman.ui.widgets.chip import Chip
from refman.ui.widgets.completing import dress_popup
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import ButtonKind, Surface, button, label, set_look, stand_on
from refman.ui.widgets.section_header import SectionHeader
from refman.ui.widgets.splitter import LineSplitter
from tests.ui.pixels import colours_of


def accessible_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


# Labels and buttons


def test_markup_in_a_label_is_shown_as_it_is(qtbot: QtBot) -> None:
    made = label("<b>not bold</b>", TextRole.SECONDARY)
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert accessible_name(made) == "<b>not bold</b>"


def test_the_look_of_a_text_follows_its_role(themes: ThemeController, qtbot: QtBot) -> None:
    made = label("title", TextRole.TITLE)
    qtbot.addWidget(made)
    made.show()
    assert made.font().pixelSize() == 18
    set_look(made, "role", "error")
    assert made.palette().color(made.foregroundRole()).name() == LIGHT.danger


def test_only_the_main_button_has_the_accent(themes: ThemeController, qtbot: QtBot) -> None:
    grounds = {}
    for kind in ButtonKind:
        made = button("Import", kind)
        qtbot.addWidget(made)
        made.show()
        grounds[kind] = made.grab().toImage().pixelColor(made.width() // 2, 4).name()
    assert grounds[ButtonKind.PRIMARY] == LIGHT.accent
    assert grounds[ButtonKind.DANGER] == LIGHT.danger_fill
    assert grounds[ButtonKind.NORMAL] == LIGHT.button


def test_a_pane_stands_on_its_ground(themes: ThemeController, qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    stand_on(pane, Surface.SURFACE)
    pane.resize(20, 20)
    assert colours_of(pane) == {LIGHT.surface}


def test_an_icon_label_shows_another_icon(icons: Icons, themes: ThemeController, qtbot: QtBot) -> None:
    picture = IconLabel(IconName.INFO, icons=icons, themes=themes, design_px=48)
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    assert LIGHT.icon in colours_of(picture)
    picture.show_icon(IconName.CIRCLE_X, Tint.DANGER)
    assert LIGHT.danger in colours_of(picture)
    assert LIGHT.icon not in colours_of(picture)


# Elided label


def test_a_long_text_ends_in_an_ellipsis_and_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    made = ElidedLabel("A very long title of a paper that does not fit")
    qtbot.addWidget(made)
    made.resize(100, 20)
    made.show()
    assert made.shown_text().endswith("…")
    assert made.toolTip() == made.text() == accessible_name(made)
    made.resize(1000, 20)
    assert (made.shown_text(), made.toolTip()) == (made.text(), "")
    assert made.minimumSizeHint().width() < 30


# Chips


@pytest.fixture
def chip(themes: ThemeController, icons: Icons, qtbot: QtBot) -> Chip:
    chip = Chip("R&D/planning", themes=themes, colour=9)
    chip.add_button(IconName.X, "Remove", icons=icons)
    qtbot.addWidget(chip)
    chip.show()
    return chip


def test_a_chip_has_the_colours_of_its_tag_in_both_themes(chip: Chip, themes: ThemeController) -> None:
    for mode, theme in ((ThemeMode.LIGHT, LIGHT), (ThemeMode.DARK, DARK)):
        themes.set_mode(mode)
        assert theme.tag(9).chip in colours_of(chip)


def test_a_chip_is_a_button_with_the_name_of_its_tag(chip: Chip) -> None:
    assert accessible_name(chip) == "R&D/planning"
    assert accessible_name(chip.findChildren(QToolButton)[0]) == "Remove: R&D/planning"
    assert QAccessible.queryAccessibleInterface(chip).role() is QAccessible.Role.Button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_use_a_chip(chip: Chip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.button_clicked):
        QTest.keyClick(chip, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_presses_the_remove_button(chip: Chip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.button_clicked), qtbot.assertNotEmitted(chip.clicked):
        QTest.keyClick(chip, key)


def test_delete_does_nothing_to_a_chip_that_cannot_be_removed(
    themes: ThemeController, icons: Icons, qtbot: QtBot
) -> None:
    chip = Chip("zheng2026ai", themes=themes, role=TextRole.MONO)
    chip.add_button(IconName.COPY, "Copy", icons=icons)
    qtbot.addWidget(chip)
    with qtbot.assertNotEmitted(chip.button_clicked):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_a_very_long_tag_is_cut_and_whole_in_the_tooltip(themes: ThemeController, qtbot: QtBot) -> None:
    chip = Chip("model/" * 40, themes=themes)
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() < 280
    assert chip.toolTip() == "model/" * 40


def test_a_chip_grows_with_the_font(chip: Chip, themes: ThemeController) -> None:
    before = chip.sizeHint()
    themes.set_font_scale(2.0)
    assert chip.height() == 44
    assert chip.sizeHint().width() > 1.7 * before.width()


def test_the_focus_of_a_chip_is_seen(chip: Chip, qtbot: QtBot) -> None:
    chip.activateWindow()
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    assert LIGHT.accent in colours_of(chip)
    chip.clearFocus()
    assert LIGHT.accent not in colours_of(chip)


# Headings and empty states


def test_a_section_is_written_in_capitals_and_read_as_a_word(
    themes: ThemeController, icons: Icons, qtbot: QtBot
) -> None:
    header = SectionHeader("Saved searches", themes=themes)
    add = header.add_button(IconName.PLUS, "Add a search", icons=icons)
    qtbot.addWidget(header)
    assert accessible_name(header.findChildren(QLabel)[0]) == "Saved searches"
    assert (accessible_name(add), add.toolTip()) == ("Add a search", "Add a search")


def test_an_empty_state_says_what_to_do_next(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    done: list[str] = []
    state = EmptyState("Nothing found", "for “rein”", icon=IconName.SEARCH, icons=icons, themes=themes)
    qtbot.addWidget(state)
    clear = state.add_button("Clear search", lambda: done.append("clear"))
    state.show()
    clear.click()
    assert done == ["clear"]
    assert accessible_name(state) == "Nothing found"
    state.say("Welcome")
    assert [each.text() for each in state.findChildren(QLabel) if each.isVisible()] == ["Welcome"]


# Proposals


def test_proposals_have_the_ground_and_rows_of_the_other_lists(themes: ThemeController, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    completer = QCompleter(["rl/planning", "robotics"], field)
    popup = dress_popup(completer, themes=themes)
    field.setCompleter(completer)
    field.show()
    QTest.keyClicks(field, "r")
    qtbot.waitUntil(popup.isVisible)
    assert popup.sizeHintForRow(0) == 26
    assert LIGHT.edge in colours_of(popup)
    popup.hide()


# The splitter


@pytest.mark.parametrize("orientation", [Qt.Orientation.Horizontal, Qt.Orientation.Vertical])
def test_a_splitter_is_one_pixel_and_is_caught_beside_it(
    themes: ThemeController, qtbot: QtBot, orientation: Qt.Orientation
) -> None:
    splitter = LineSplitter(orientation)
    qtbot.addWidget(splitter)
    splitter.addWidget(QLabel("left"))
    splitter.addWidget(QLabel("right"))
    splitter.resize(400, 400)
    splitter.setSizes([200, 199])
    splitter.show()
    sizes = splitter.sizes()
    assert sum(sizes) == 399
    handle = splitter.handle(1)
    assert thickness(handle.contentsRect(), orientation) == 1
    assert thickness(handle.rect(), orientation) == 8
    drag(splitter, orientation, by=40)
    assert splitter.sizes() == [sizes[0] + 40, sizes[1] - 40]


def thickness(rect: QRect, orientation: Qt.Orientation) -> int:
    return rect.width() if orientation is Qt.Orientation.Horizontal else rect.height()


def drag(splitter: QSplitter, orientation: Qt.Orientation, *, by: int) -> None:
    """Presses three pixels beside the line and moves along the splitter."""
    handle = splitter.handle(1)
    start = handle.rect().center() - QPoint(3, 3)
    step = QPoint(by, 0) if orientation is Qt.Orientation.Horizontal else QPoint(0, by)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + step)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + step)
