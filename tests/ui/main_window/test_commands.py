"""The habits people bring: keys and what they do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from refman.domain.listing import Sort, SortField
from refman.domain.settings import CiteCommand
from refman.ui.commands import all_commands
from refman.ui.messages import MessageBar, MessageKind
from refman.ui.table.columns import column_named
from tests.ui.main_window.person import ALT, CTRL, ENTRY, SHIFT, Person

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
    columns, sort = actions.menu("&Columns"), actions.menu("S&ort by")
    columns.aboutToShow.emit()
    sort.aboutToShow.emit()
    checked = [action.text() for action in columns.actions() if action.isChecked()]
    assert checked == ["Title", "Authors", "Year", "Key"]
    assert [action.text() for action in sort.actions() if action.isChecked()] == ["Added"]
    next(action for action in columns.actions() if action.text() == "DOI").trigger()
    assert not reader.context.table.isColumnHidden(column_named("doi") or 0)


def test_further_levels_of_the_order_are_chosen_in_the_menu(reader: Person) -> None:
    actions = reader.context.actions
    assert actions is not None
    sort = actions.menu("S&ort by")

    def choose(menu: QMenu, words: str) -> None:
        sort.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == words).trigger()

    then = next(menu for menu in reader.window.findChildren(QMenu) if menu.title() == "&Then by")
    choose(sort, "Year")
    choose(then, "Title")
    assert reader.context.feed.sort == (Sort(SortField.YEAR, is_descending=True), Sort(SortField.TITLE))
    choose(then, "Title")
    assert reader.context.feed.sort[1] == Sort(SortField.TITLE, is_descending=True)
    sort.aboutToShow.emit()
    assert [action.text() for action in then.actions() if action.isChecked()] == ["Title"]
    assert "Year" not in [action.text() for action in then.actions()]
    assert then.menuAction() in sort.actions()


def test_a_right_click_offers_what_can_be_done_with_the_papers(reader: Person) -> None:
    reader.clicks_row(0)
    reader.context.table.customContextMenuRequested.emit(reader.context.table.rect().center())
    menu = reader.dialog("paperMenu")
    assert [action.text() for action in menu.actions() if not action.isSeparator()][:2] == ["&Open", "Open the &file"]
    menu.close()


def test_the_button_says_which_citation_it_copies(reader: Person) -> None:
    context = reader.context
    context.live.change("cite_command", CiteCommand.PARENCITE)
    reader.clicks_row(0)
    one = context.detail.head.cite
    reader.sees(one.isVisible)
    assert (one.text(), one.toolTip()) == (r"Copy \parencite", r"Copy the citation as \parencite{key} (Ctrl+K)")
    context.live.change("cite_command", CiteCommand.TYPST)
    assert (one.text(), one.toolTip()) == ("Copy @key", "Copy the citation as @key (Ctrl+K)")
    reader.presses(Qt.Key.Key_A, CTRL)
    many = context.detail.many.cite
    reader.sees(many.isVisible)
    assert many.text() == "Copy @key"
    context.live.change("cite_command", CiteCommand.PANDOC)
    assert (many.text(), many.toolTip()) == ("Copy [@key]", "Copy the citation as [@key] (Ctrl+K)")
    assert one.text() == "Copy [@key]"
