"""The habits people bring: keys and what they do."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from refman.ui.commands import all_commands
from refman.ui.detail.note_editor import NotePreview
from refman.ui.messages import Message, MessageBar, MessageKind
from refman.ui.table.columns import column_named
from tests.ui.main_window.person import ALT, CTRL, ENTRY, PAGE, SHIFT, Person

HABITS = {
    "Ctrl+V": "edit.paste",
    "Ctrl+F": "edit.find",
    "Esc": "edit.clear_search",
    "Ctrl+K": "cite.copy",
    "Ctrl+Shift+K": "cite.copy_keys",
    "Ctrl+C": "cite.copy_bibtex",
    "Ctrl+Z": "edit.undo",
    "Ctrl+Shift+Z": "edit.redo",
    "Ctrl+N": "paper.new",
    "Ctrl+I": "file.import",
    "Ctrl+E": "paper.edit",
    "Ctrl+Shift+E": "file.export",
    "Ctrl+T": "tags.edit",
    "Del": "paper.trash",
    "Ctrl+G": "paper.make_keys",
    "Ctrl+L": "cite.push",
    "F3": "paper.link",
    "F4": "paper.file",
    "Ctrl+B": "view.sidebar",
    "Ctrl+O": "file.open_library",
    "Ctrl+Shift+N": "file.new_library",
    "0": "tags.take_all",
    "F2": "paper.edit_in_place",
    "Return": "paper.open",
    "Space": "paper.preview",
    "Ctrl+Shift+P": "help.palette",
    "Alt+Up": "go.previous",
    "Alt+Down": "go.next",
    "Alt+Left": "go.back",
    "Alt+Right": "go.forward",
} | {str(number): f"tags.number_{number}" for number in range(1, 10)}


def test_every_habit_has_its_command() -> None:
    keys = {key: command.id for command in all_commands() for key in command.keys.split("; ") if key}
    assert {key: keys.get(key) for key in HABITS} == HABITS


def test_cite_keys_and_bibtex_are_copied(reader: Person) -> None:
    reader.clicks_row(0)
    reader.clicks_row(1, CTRL)
    reader.presses(Qt.Key.Key_K, CTRL)
    reader.sees_message("Copied")
    assert reader.clipboard == "\\cite{zheng2026ai,velickovic2024amplifying}"
    reader.presses(Qt.Key.Key_K, CTRL | SHIFT)
    reader.sees(lambda: reader.clipboard == "zheng2026ai,velickovic2024amplifying")
    reader.presses(Qt.Key.Key_C, CTRL)
    reader.sees(lambda: reader.clipboard.startswith("@"))
    assert reader.clipboard.count("@misc{") == 2


def test_without_a_selection_there_is_nothing_to_copy(reader: Person) -> None:
    actions = reader.context.actions
    assert actions is not None
    assert {
        name: actions.action(name).isEnabled() for name in ("cite.copy", "paper.trash", "tags.edit", "cite.push")
    } == {
        "cite.copy": False,
        "paper.trash": False,
        "tags.edit": False,
        "cite.push": False,
    }


def test_delete_moves_to_the_trash_and_undo_brings_back(reader: Person) -> None:
    reader.clicks_row(2)
    title = reader.cells("title")[2]
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    row = reader.context.table.current_row
    assert row is not None
    assert row.title == reader.cells("title")[2]
    reader.clicks_button("Undo")
    reader.sees_papers(23)
    assert title in reader.cells("title")


def test_undo_names_what_it_takes_back(reader: Person) -> None:
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    action = reader.context.actions.action("edit.undo") if reader.context.actions else None
    assert action is not None
    reader.sees(lambda: "Delete" in action.text())
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)
    reader.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    reader.sees_papers(22)


def test_undo_and_redo_pressed_at_once_are_all_done_in_order(reader: Person) -> None:
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    told: list[str] = []
    reader.context.adapter.told.connect(lambda outcome: told.append(outcome.code))
    for modifiers in (CTRL, CTRL | SHIFT, CTRL, CTRL | SHIFT):
        reader.presses(Qt.Key.Key_Z, modifiers)
    reader.sees(lambda: told == ["undone", "redone", "undone", "redone"])
    reader.sees_papers(22)


def test_undo_pressed_at_once_takes_back_what_is_still_being_written(reader: Person) -> None:
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_message("Undone: Delete")
    assert reader.knows(lambda library: library.sidebar_counts().trashed) == 0
    reader.sees_papers(23)


def test_a_paste_is_taken_back_and_done_again_by_keys_pressed_at_once(reader: Person) -> None:
    told: list[str] = []
    reader.context.adapter.told.connect(lambda outcome: told.append(outcome.code))
    reader.pastes(ENTRY)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    reader.sees(lambda: told == ["undone", "redone"])
    reader.sees_papers(24)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)


def test_undo_while_a_paste_is_read_imports_nothing(person: Person) -> None:
    person.pastes(PAGE.read_text("utf-8"))
    person.presses(Qt.Key.Key_Z, CTRL)
    person.sees_message("Nothing was imported")
    assert person.knows(lambda library: library.sidebar_counts().papers) == 0


def test_with_nothing_to_do_again_redo_says_so_in_passing(reader: Person) -> None:
    action = reader.window.actions_by_id.action("edit.redo")
    reader.sees(lambda: not action.isEnabled())
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    assert action.isEnabled()
    reader.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    reader.sees(lambda: (reader.find(MessageBar, "messageBar").message or Message("")).kind is MessageKind.INFO)
    reader.sees(lambda: not action.isEnabled())


def test_a_number_puts_the_tag_on_the_selection_and_takes_it_off(reader: Person) -> None:
    reader.context.adapter.write(lambda library: library.create_tag("todo"), owner=reader.window)
    reader.context.adapter.write(lambda library: library.set_tag_number("todo", 3), owner=reader.window)
    reader.sees(lambda: reader.knows(lambda library: [tag.number_key for tag in library.tags()]) == [3])
    reader.clicks_row(0)
    reader.clicks_row(1, SHIFT)
    reader.sees(reader.window.actions_by_id.action("tags.number_3").isEnabled)
    reader.presses(Qt.Key.Key_3)
    reader.sees(lambda: reader.cells("tags")[:3] == ["todo", "todo", ""])
    reader.presses(Qt.Key.Key_3)
    reader.sees(lambda: reader.cells("tags")[:3] == ["", "", ""])
    reader.presses(Qt.Key.Key_7)
    reader.sees_message("No tag has the number 7")
    message = reader.find(MessageBar, "messageBar").message
    assert message is not None
    assert message.kind is MessageKind.INFO


def test_zero_takes_all_tags(reader: Person) -> None:
    reader.clicks_row(0)
    ids = reader.context.selected
    reader.context.adapter.write(lambda library: library.tag(ids, ["a", "b/c"]), owner=reader.window)
    reader.sees(lambda: reader.cells("tags")[0] == "a, b/c")
    reader.presses(Qt.Key.Key_0)
    reader.sees(lambda: reader.cells("tags")[0] == "")


def test_ctrl_t_tags_the_selection(reader: Person) -> None:
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_T, CTRL)
    reader.sees(reader.dialog("tagEditor").isActiveWindow)
    # The first Enter makes the tag, the second saves.
    reader.answers("rl/planning")
    reader.answers("")
    reader.sees(lambda: reader.cells("tags")[0] == "rl/planning")


def test_a_new_paper_is_selected_and_its_title_waits_to_be_typed(reader: Person) -> None:
    reader.presses(Qt.Key.Key_N, CTRL)
    reader.sees_papers(24)
    reader.sees(lambda: reader.context.detail.isAncestorOf(reader.window.focusWidget()))
    assert len(reader.context.selected) == 1


def test_keys_typed_right_after_new_are_its_title(reader: Person) -> None:
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_N, CTRL)
    reader.types("2020 in 7 words")
    reader.presses(Qt.Key.Key_Return)
    reader.sees_papers(24)
    reader.sees(lambda: "2020 in 7 words" in reader.cells("title"))
    reader.sees(lambda: len(reader.context.selected) == 1)
    reader.types("!")
    reader.presses(Qt.Key.Key_Return)
    reader.sees(lambda: "2020 in 7 words!" in reader.cells("title"))
    assert set(reader.cells("tags")) == {""}


def test_a_title_typed_before_another_paper_is_looked_at_is_kept(reader: Person) -> None:
    reader.presses(Qt.Key.Key_N, CTRL)
    reader.types("Kept")
    reader.context.table.go(3)
    reader.sees_papers(24)
    reader.sees(lambda: "Kept" in reader.cells("title"))


def test_alt_arrows_walk_and_go_back(reader: Person) -> None:
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        reader.presses(key, ALT)
        walked.append(reader.context.table.currentIndex().row())
    assert walked == [0, 1, 0, 1, 0]


def test_back_finds_a_paper_that_the_search_hides(reader: Person) -> None:
    reader.clicks_row(5)
    first = reader.context.selected
    reader.context.search.setText("pointer")
    reader.sees_papers(1)
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_Left, ALT)
    reader.sees_papers(23)
    reader.sees(lambda: reader.context.selected == first)


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


def test_an_editor_with_something_to_undo_gets_ctrl_z_first(reader: Person) -> None:
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    reader.presses(Qt.Key.Key_F, CTRL)
    reader.types("a")
    reader.presses(Qt.Key.Key_Z, CTRL)
    assert reader.context.search.text() == ""
    reader.sees_papers(22)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)


def test_keys_are_made_by_the_pattern(reader: Person) -> None:
    reader.pastes(ENTRY)
    reader.sees_papers(24)
    reader.sees(lambda: len(reader.context.selected) == 1)
    reader.presses(Qt.Key.Key_G, CTRL)
    reader.sees(lambda: "knuth1984literate" in reader.cells("key"))


def test_a_tag_dropped_on_a_row_tags_it(reader: Person) -> None:
    ids = reader.context.table.papers.ids[:2]
    reader.context.table.tags_dropped.emit(ids, ["rl"])
    reader.sees(lambda: reader.cells("tags")[:3] == ["rl", "rl", ""])


@pytest.mark.parametrize(("mode", "is_dark"), [("dark", True), ("light", False)])
def test_the_theme_changes_at_once(reader: Person, mode: str, is_dark: bool) -> None:
    reader.does(f"view.theme_{mode}")
    assert reader.window.themes.theme.is_dark is is_dark


def test_the_palette_runs_a_command(reader: Person) -> None:
    reader.presses(Qt.Key.Key_P, CTRL | SHIFT)
    palette = reader.dialog("commandPalette")
    reader.sees(lambda: QApplication.focusWidget() in palette.findChildren(QWidget))
    reader.types("dense rows")
    reader.presses(Qt.Key.Key_Return)
    reader.sees(lambda: reader.context.table.rowHeight(0) == 20)


@pytest.mark.parametrize(
    ("command_id", "name"),
    [("help.shortcuts", "shortcutsDialog"), ("edit.preferences", "preferencesDialog"), ("help.about", "aboutDialog")],
)
def test_dialogs_open_without_blocking(reader: Person, command_id: str, name: str) -> None:
    reader.does(command_id)
    dialog = reader.dialog(name)
    dialog.close()


def test_the_menus_that_change_show_what_is_so(reader: Person) -> None:
    actions = reader.context.actions
    assert actions is not None
    columns, sort = actions.menu("&Columns"), actions.menu("&Sort by")
    columns.aboutToShow.emit()
    sort.aboutToShow.emit()
    checked = [action.text() for action in columns.actions() if action.isChecked()]
    assert checked == ["Title", "Authors", "Year", "Key"]
    assert [action.text() for action in sort.actions() if action.isChecked()] == ["Added"]
    next(action for action in columns.actions() if action.text() == "DOI").trigger()
    assert not reader.context.table.isColumnHidden(column_named("doi") or 0)


def test_a_right_click_offers_what_can_be_done_with_the_papers(reader: Person) -> None:
    reader.clicks_row(0)
    reader.context.table.customContextMenuRequested.emit(reader.context.table.rect().center())
    menu = reader.dialog("paperMenu")
    assert [action.text() for action in menu.actions() if not action.isSeparator()][:2] == ["&Open", "Open the &file"]
    menu.close()
