"""Where the keyboard is once the row it was at is gone."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.sidebar.conftest import Shown
from tests.ui.world import press


def _at(shown: Shown) -> str:
    row = shown.pane.tree.current_row
    return row.key if row else ""


@pytest.mark.parametrize(
    ("gone", "then"),
    [
        ("tag:rl/planning", "tag:rl"),
        ("tag:rl", "tag:to read"),
        ("tag:to read", "tag:rl"),
        ("search:first", "search:second"),
        ("search:second", "search:first"),
    ],
)
def test_the_keyboard_is_at_the_neighbour_of_what_was_deleted(shown: Shown, gone: str, then: str) -> None:
    shown.world.elsewhere(lambda library: library.save_search("first", "year:2020"))
    shown.world.elsewhere(lambda library: library.save_search("second", "year:2019"))
    shown.go_to(gone)
    if gone.startswith("tag:"):
        shown.world.elsewhere(lambda library: library.delete_tag(gone.removeprefix("tag:")))
    else:
        press(shown.pane.tree, Qt.Key.Key_Delete)
    shown.world.until(lambda: not shown.pane.model.find(gone).isValid())
    assert _at(shown) == then


def test_the_keyboard_is_at_all_papers_after_the_only_search_is_deleted(shown: Shown) -> None:
    shown.world.elsewhere(lambda library: library.save_search("only", "year:2020"))
    shown.go_to("search:only")
    press(shown.pane.tree, Qt.Key.Key_Delete)
    shown.world.until(lambda: not shown.pane.model.find("search:only").isValid())
    assert _at(shown) == "place:all"
