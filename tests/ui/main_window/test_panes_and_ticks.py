"""Shift+F6 goes back round the panes, and the menus of citations tick what their keys do now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from refman.domain.settings import CiteCommand
from tests.ui.main_window.person import Person


def ticked(person: Person, prefix: str) -> list[str]:
    actions = person.window.actions_by_id
    ids = [one.id for one in actions.commands if one.id.startswith(prefix)]
    return [name for name in ids if actions.action(name).isChecked()]


def test_shift_f6_goes_back_the_way_that_f6_came(reader: Person) -> None:
    reader.does("go.list")
    reader.sees(lambda: reader.context.table.selected_count == 1)
    there = []
    for _ in range(4):
        there.append(QApplication.focusWidget())
        reader.presses(Qt.Key.Key_F6)
    for came_from in reversed(there):
        reader.presses(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is came_from


def test_the_menu_of_citations_ticks_the_form_of_the_next_copy(reader: Person) -> None:
    assert ticked(reader, "cite.as_") == ["cite.as_cite"]
    reader.context.live.change("cite_command", CiteCommand.CITEP)
    reader.sees(lambda: ticked(reader, "cite.as_") == ["cite.as_citep"])
    assert len(ticked(reader, "cite.to_")) == 1
