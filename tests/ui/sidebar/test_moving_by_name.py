"""A tag gets another place without a mouse."""

import pytest
from PySide6.QtWidgets import QApplication

from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.sidebar.rows import TagOrder
from tests.ui.sidebar.conftest import Shown


def _asked(shown: Shown, name: str) -> NamePrompt:
    menu = shown.pane.menus.menu(shown.row(f"tag:{name}"), order=TagOrder.NAME, is_writable=True)
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Move…").trigger()
    menu.deleteLater()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, NamePrompt) and w.isVisible())


def test_a_tag_moves_to_the_top_and_below_another_by_its_whole_name(shown: Shown) -> None:
    prompt = _asked(shown, "rl/planning")
    assert prompt.field.text() == "rl/planning"
    prompt.field.setText("planning")
    prompt.go.click()
    shown.world.settle()
    assert {"planning"} <= {tag.name for tag in shown.world.library.tags()}
    prompt = _asked(shown, "planning")
    prompt.field.setText("to read/planning")
    prompt.go.click()
    shown.world.settle()
    names = {tag.name for tag in shown.world.library.tags()}
    assert "to read/planning" in names and "planning" not in names and "rl/planning" not in names


@pytest.mark.parametrize("typed", ["rl//planning", "rl/planning/below"])
def test_a_place_that_cannot_be_is_refused_where_it_was_typed(shown: Shown, typed: str) -> None:
    prompt = _asked(shown, "rl/planning")
    prompt.field.setText(typed)
    prompt.go.click()
    shown.world.settle()
    assert prompt.isVisible() and prompt.error.isVisible() and prompt.error.text()
    assert prompt.field.text() == typed
    assert "rl/planning" in {tag.name for tag in shown.world.library.tags()}
    prompt.field.setText("planning")
    prompt.go.click()
    shown.world.settle()
    assert "planning" in {tag.name for tag in shown.world.library.tags()}
