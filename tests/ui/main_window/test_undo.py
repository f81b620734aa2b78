"""Undo and redo by key, also pressed before anything is settled."""

from PySide6.QtCore import Qt

from refman.ui.messages import Message, MessageBar, MessageKind
from tests.ui.main_window.person import CTRL, ENTRY, PAGE, SHIFT, Person


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
