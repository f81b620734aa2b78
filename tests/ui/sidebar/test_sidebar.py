"""What the sidebar shows and what a click on it does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from refman.domain.listing import Listing, TagInfo
from refman.domain.query import Tagged
from refman.ui.filter_state import FilterState, Place
from refman.ui.sidebar.rows import SidebarContent, TagOrder
from refman.ui.theme import DARK
from tests.ui.sidebar.conftest import Shown
from tests.ui.world import names_missing, press, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_sections_tree_and_counts_are_read_from_top_to_bottom(shown: Shown) -> None:
    assert shown.texts() == [
        "Library",
        "All papers 23",
        "Untagged 18",
        "Trash 0",
        "Tags",
        "rl 5",
        "planning 3",
        "to read 1",
        "Authors",
        "Lars Buesing",
    ]


def test_a_click_filters_by_a_tag_and_a_second_one_does_not(shown: Shown) -> None:
    shown.click("tag:rl")
    shown.click("tag:rl")
    assert shown.filters == [FilterState(tags=("rl",)), FilterState()]


def test_ctrl_adds_a_tag_and_shift_leaves_one_out(shown: Shown) -> None:
    shown.click("tag:rl")
    shown.click("tag:to read", CTRL)
    shown.click("tag:rl/planning", SHIFT)
    assert shown.filters[-1] == FilterState(tags=("rl", "to read"), without=("rl/planning",))
    assert shown.pane.model.is_excluded(shown.row("tag:rl/planning"))


def test_places_and_authors_filter_too(shown: Shown) -> None:
    shown.click("place:trash")
    shown.click("author:lars buesing")
    assert shown.filters == [FilterState(Place.TRASH), FilterState(author="Lars Buesing")]


def test_what_is_folded_is_found_again(shown: Shown) -> None:
    shown.pane.tree.collapse(shown.pane.model.find("tag:rl"))
    state = shown.pane.state()
    shown.pane.tree.expandAll()
    shown.pane.restore_state(state)
    assert "planning 3" not in shown.texts()


def test_the_filter_field_keeps_matches_and_what_is_above_them(shown: Shown) -> None:
    type_into(shown.pane.filter_field, "plan")
    assert shown.texts()[4:] == ["Tags", "rl 5", "planning 3"]
    press(shown.pane.filter_field, Qt.Key.Key_Down)
    current = shown.pane.tree.current_row
    assert current is not None and current.name in ("rl", "rl/planning")


def test_counts_are_those_of_the_papers_listed(shown: Shown) -> None:
    shown.pane.show_listing(Listing(Tagged("to read")))
    shown.world.settle()
    assert [line for line in shown.texts() if line[:2] in ("rl", "to", "pl")] == ["rl 1", "planning 0", "to read 1"]


def test_the_most_frequent_tag_stands_first_when_wanted(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[:20], ["zebra"])
    shown.pane.set_order(TagOrder.COUNT)
    shown.pane.refresh()
    shown.world.settle()
    assert shown.texts()[5] == "zebra 20"


def test_del_deletes_a_tag_and_undo_brings_it_back(shown: Shown) -> None:
    shown.go_to("tag:to read")
    press(shown.pane.tree, Qt.Key.Key_Delete)
    shown.world.settle()
    assert "to read 1" not in shown.texts()
    assert shown.world.told[-1].changes.operation is not None
    shown.world.elsewhere(lambda library: library.undo())
    assert "to read 1" in shown.texts()


def test_colour_and_number_are_set_from_the_menu(shown: Shown) -> None:
    menu = shown.pane.menus.menu(shown.row("tag:rl"), order=TagOrder.NAME, is_writable=True)
    assert menu is not None
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["New tag under this…", "Rename", "Move…", "Merge into…", "Colour", "Number key", "Delete tag"]
    shown.pane.deeds.set_colour("rl", 7)
    shown.pane.deeds.set_number("rl", 1)
    shown.world.settle()
    assert shown.world.library.tags()[0] == TagInfo("rl", 7, 1, 5)
    assert (shown.row("tag:rl").colour, shown.row("tag:rl").number) == (7, 1)
    menu.deleteLater()


def test_a_name_that_cannot_be_a_tag_is_refused_in_words(shown: Shown) -> None:
    said: list[str] = []
    shown.pane.refused.connect(said.append)
    shown.pane.deeds.create_tag("a//b")
    assert len(said) == 1 and "a//b" in said[0]


def test_a_saved_search_is_applied_and_deleted(shown: Shown) -> None:
    shown.world.elsewhere(lambda library: library.save_search("New ones", "year:>=2022"))
    chosen: list[str] = []
    shown.pane.search_chosen.connect(chosen.append)
    shown.click("search:new ones")
    assert chosen == ["year:>=2022"]
    shown.go_to("search:new ones")
    press(shown.pane.tree, Qt.Key.Key_Delete)
    shown.world.settle()
    assert shown.world.library.saved_searches() == []


def test_a_letter_in_the_search_box_repaints_only_what_looks_different_for_it(shown: Shown) -> None:
    shown.world.elsewhere(lambda library: library.save_search("New ones", "year:2022"))
    model = shown.pane.model
    place, search = shown.row("place:all"), shown.row("search:new ones")
    assert model.is_applied(place)
    # The first letter leaves `All papers`; the next ones change no row.
    assert model.set_search("y") == [place]
    assert not model.is_applied(place)
    assert model.set_search("year:202") == []
    assert model.set_search("year:2022") == [search]
    assert model.is_applied(search)
    assert model.set_search("year:20225") == [search]
    assert not model.is_applied(search)
    assert model.set_search("") == [place]
    assert model.is_applied(place)
    assert model.set_search("") == []


def test_folded_it_is_a_rail_of_icons(shown: Shown) -> None:
    shown.pane.set_folded(True)
    assert shown.pane.maximumWidth() == 44
    assert shown.pane.rail.isVisible() and not shown.pane.tree.isVisible()
    assert names_missing(shown.pane.rail) == []
    shown.pane.set_folded(False)
    assert shown.pane.tree.isVisible()


def test_a_screen_reader_hears_name_count_and_state(shown: Shown) -> None:
    shown.click("tag:rl")
    index = shown.pane.model.find("tag:rl")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "rl, 5 papers, filtered by"
    interface = QAccessible.queryAccessibleInterface(shown.pane.tree)
    assert interface.text(QAccessible.Text.Name) == "Library, searches, tags and authors"
    assert names_missing(shown.pane) == []


def test_four_thousand_tags_are_shown_in_one_go(shown: Shown) -> None:
    names = [f"level{n % 40}/tag {n}" for n in range(4000)]
    levels = [TagInfo(f"level{n}", 0, 0, 100) for n in range(40)]
    # What the pane itself still reads must not arrive afterwards.
    shown.world.settle()
    shown.pane.show_content(SidebarContent(tags=[*levels, *(TagInfo(name, 0, 0, 1) for name in names)]))
    shown.world.settle()
    assert shown.pane.order is TagOrder.COUNT
    assert shown.row("tag:level7/tag 3967").count == 1


def test_a_search_recounts_and_reorders_without_shutting_what_is_open(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[10:17], ["theory"])
    shown.pane.refresh()
    shown.world.settle()
    shown.pane.set_order(TagOrder.COUNT)
    shown.pane.tree.collapse(shown.pane.model.find("tag:rl"))
    shown.go_to("tag:to read")
    assert shown.texts()[5:8] == ["theory 7", "rl 5", "to read 1"]
    rows = [shown.row(key) for key in ("tag:rl", "tag:rl/planning", "tag:to read")]
    shown.pane.show_listing(Listing(Tagged("rl/planning")))
    shown.world.settle()
    assert shown.texts()[5:8] == ["rl 3", "theory 0", "to read 0"]
    # The same rows: nothing was laid out anew.
    assert [shown.row(row.key) for row in rows] == rows
    assert shown.pane.tree.current_row is rows[2]
    shown.pane.tree.expand(shown.pane.model.find("tag:rl"))
    shown.pane.show_listing(Listing())
    shown.world.settle()
    assert shown.texts()[5:9] == ["theory 7", "rl 5", "planning 3", "to read 1"]


def test_it_paints_in_both_themes(shown: Shown, qapp: QApplication) -> None:
    light = shown.pane.grab().toImage().pixelColor(2, 690)
    assert light.name() == "#f6f6f8"
    assert DARK.window != light.name()
