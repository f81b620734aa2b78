"""A name is edited in place; filter and keyboard follow it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from refman.ui.filter_state import FilterState
from tests.ui.sidebar.conftest import Shown
from tests.ui.world import press, type_into


def test_f2_renames_in_place_and_the_filter_follows(shown: Shown) -> None:
    shown.click("tag:rl")
    shown.go_to("tag:rl/planning")
    press(shown.pane.tree, Qt.Key.Key_F2)
    editor = shown.pane.tree.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    type_into(editor, "search")
    press(editor, Qt.Key.Key_Return)
    shown.world.until(lambda: [tag.name for tag in shown.world.library.tags()] == ["rl", "rl/search", "to read"])
    shown.world.settle()

    shown.pane.deeds.move_tag("rl", "learning")
    shown.world.settle()
    assert shown.pane.filter_state == FilterState(tags=("learning",))


def _renames(shown: Shown, name: str) -> None:
    press(shown.pane.tree, Qt.Key.Key_F2)
    editor = shown.pane.tree.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    type_into(editor, name)
    press(editor, Qt.Key.Key_Return)


def _spoken_of_the_current_row(shown: Shown) -> str:
    return str(shown.pane.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")


@pytest.mark.parametrize(
    ("key", "spoken", "new"),
    [
        ("search:new ones", "New ones", "Z  later"),
        ("tag:rl", "rl, 5 papers", "zebra"),
        ("tag:rl/planning", "planning, 3 papers", "a/b"),
    ],
)
def test_the_keyboard_stays_on_what_is_renamed_and_on_it_again_after_undo(
    shown: Shown, key: str, spoken: str, new: str
) -> None:
    shown.world.elsewhere(lambda library: library.save_search("New ones", "year:>=2022"))
    shown.go_to(key)
    assert _spoken_of_the_current_row(shown) == spoken
    renamed = spoken.replace(spoken.partition(",")[0], " ".join(new.split()).rpartition("/")[2])
    _renames(shown, new)
    shown.world.until(lambda: any(line.startswith(renamed.partition(",")[0]) for line in shown.texts()))
    shown.world.settle()
    assert _spoken_of_the_current_row(shown) == renamed

    shown.world.elsewhere(lambda library: library.undo())
    assert _spoken_of_the_current_row(shown) == spoken
    # The next answer is the one that let the keyboard fall to the first row.
    shown.pane.refresh()
    shown.world.settle()
    assert _spoken_of_the_current_row(shown) == spoken
