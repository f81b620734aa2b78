"""The sidebar without a mouse."""

import pytest
from PySide6.QtCore import Qt

from refman.ui.filter_state import FilterState
from tests.ui.sidebar.conftest import Shown
from tests.ui.world import press

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_enter_does_what_a_click_does(shown: Shown) -> None:
    shown.go_to("tag:rl")
    press(shown.pane.tree, Qt.Key.Key_Return)
    shown.go_to("tag:to read")
    press(shown.pane.tree, Qt.Key.Key_Return, SHIFT)
    assert shown.filters[-1] == FilterState(tags=("rl",), without=("to read",))


def test_arrow_keys_go_through_the_rows_and_fold_them(shown: Shown) -> None:
    shown.go_to("tag:rl")
    press(shown.pane.tree, Qt.Key.Key_Left)
    press(shown.pane.tree, Qt.Key.Key_Down)
    current = shown.pane.tree.current_row
    assert current is not None and current.name == "to read"


def _walk(shown: Shown, key: Qt.Key, first: str) -> list[str]:
    """The rows that a key comes to, from one on to where it leads no further."""
    shown.go_to(first)
    seen: list[str] = []
    while _at(shown) not in seen:
        seen.append(_at(shown))
        press(shown.pane.tree, key)
    return seen


def _at(shown: Shown) -> str:
    row = shown.pane.tree.current_row
    return row.key if row else ""


def _presses(shown: Shown, *keys: Qt.Key) -> None:
    for key in keys:
        press(shown.pane.tree, key)


CHOICES = [
    "place:all",
    "place:untagged",
    "place:trash",
    "tag:rl",
    "tag:rl/planning",
    "tag:to read",
    "author:lars buesing",
]


def test_home_and_enter_choose_all_papers_and_shut_nothing(shown: Shown) -> None:
    before = shown.texts()
    shown.click("tag:rl")
    _presses(shown, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert shown.filters[-1] == FilterState()
    assert shown.texts() == before


def test_up_and_down_rest_on_what_can_be_chosen(shown: Shown) -> None:
    assert _walk(shown, Qt.Key.Key_Down, "place:all") == CHOICES
    assert _walk(shown, Qt.Key.Key_Up, "author:lars buesing") == CHOICES[::-1]


def test_end_and_pages_rest_on_what_can_be_chosen(shown: Shown) -> None:
    shown.go_to("tag:rl")
    for key, there in (
        (Qt.Key.Key_End, "author:lars buesing"),
        (Qt.Key.Key_PageUp, "place:all"),
        (Qt.Key.Key_PageDown, "author:lars buesing"),
        (Qt.Key.Key_Home, "place:all"),
    ):
        press(shown.pane.tree, key)
        assert _at(shown) == there


def test_left_leads_to_the_heading_and_shuts_it_and_right_the_other_way(shown: Shown) -> None:
    tree, library = shown.pane.tree, shown.pane.model.find("section:library")
    shown.go_to("place:trash")
    _presses(shown, Qt.Key.Key_Left)
    assert _at(shown) == "section:library" and tree.isExpanded(library)
    _presses(shown, Qt.Key.Key_Left)
    assert _at(shown) == "section:library" and not tree.isExpanded(library)
    _presses(shown, Qt.Key.Key_Right)
    assert _at(shown) == "section:library" and tree.isExpanded(library)
    _presses(shown, Qt.Key.Key_Right)
    assert _at(shown) == "place:all"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_shut_heading_is_come_to_and_opened(shown: Shown, key: Qt.Key) -> None:
    tree, library = shown.pane.tree, shown.pane.model.find("section:library")
    tree.collapse(library)
    shown.go_to("tag:rl")
    _presses(shown, Qt.Key.Key_Up)
    assert _at(shown) == "section:library"
    _presses(shown, Qt.Key.Key_End, Qt.Key.Key_Home)
    assert _at(shown) == "section:library"
    _presses(shown, key)
    assert tree.isExpanded(library) and shown.filters == []


def test_a_heading_without_anything_to_choose_is_come_to(shown: Shown) -> None:
    for tag in ("rl", "to read"):
        shown.world.library.delete_tag(tag)
    shown.pane.refresh()
    shown.world.settle()
    assert _walk(shown, Qt.Key.Key_Down, "place:trash") == ["place:trash", "section:tags", "author:lars buesing"]


def test_the_heading_over_the_first_row_comes_into_sight_with_it(shown: Shown) -> None:
    shown.pane.resize(240, 160)
    tree = shown.pane.tree
    shown.go_to("author:lars buesing")
    assert tree.verticalScrollBar().value() > 0
    _presses(shown, Qt.Key.Key_Home)
    assert tree.verticalScrollBar().value() == 0
    shown.go_to("author:lars buesing")
    shown.go_to("tag:to read")
    while _at(shown) != "tag:rl":
        _presses(shown, Qt.Key.Key_Up)
    heading = tree.visualRect(shown.pane.model.find("section:tags"))
    assert tree.viewport().rect().contains(heading)


def test_letters_that_are_typed_lead_to_what_can_be_chosen(shown: Shown) -> None:
    shown.go_to("author:lars buesing")
    _presses(shown, Qt.Key.Key_L)
    assert _at(shown) == "place:all"


def test_the_key_of_the_sidebar_leads_to_what_is_chosen(shown: Shown) -> None:
    shown.pane.set_filter(FilterState(tags=("to read",)))
    shown.pane.filter_field.setFocus()
    shown.pane.go_to_chosen()
    assert shown.pane.tree.hasFocus() and _at(shown) == "tag:to read"
    _presses(shown, Qt.Key.Key_Up)
    shown.pane.go_to_chosen()
    assert _at(shown) == "tag:rl/planning"
    shown.pane.filter_field.setFocus()
    shown.pane.clear_filter()
    shown.pane.go_to_chosen()
    assert _at(shown) == "place:all"
