"""Fields are edited in place and saved; what cannot be says why and stays."""

from array import array

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from refman.ui.detail.value_editors import ChoiceEditor, LineEditor
from tests.ui.detail.conftest import Shown
from tests.ui.world import press, type_into


def _line(shown: Shown, name: str) -> LineEditor:
    control = shown.box(name).control
    assert isinstance(control, LineEditor)
    control.setFocus()
    control.selectAll()
    return control


def test_enter_saves_a_field_and_esc_takes_it_back(shown: Shown) -> None:
    shown.select(0)
    editor = _line(shown, "year")
    type_into(editor, "2025")
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().plain("year") == "2025"

    editor.selectAll()
    type_into(editor, "1999")
    press(editor, Qt.Key.Key_Escape)
    assert editor.text() == "2025"


def test_tab_saves_and_goes_to_the_next_field(shown: Shown) -> None:
    shown.select(0)
    editor = _line(shown, "year")
    type_into(editor, "2024")
    press(editor, Qt.Key.Key_Tab)
    shown.world.settle()
    assert shown.paper().plain("year") == "2024"
    assert QApplication.focusWidget() is shown.box("month").control


def test_a_value_that_cannot_be_stays_with_its_reason(shown: Shown) -> None:
    shown.select(0)
    editor = _line(shown, "year")
    type_into(editor, "soon")
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    box = shown.box("year")
    assert editor.text() == "soon"
    assert box.error.isVisible() and "soon" in box.error.text()
    assert editor.property("invalid") is True
    assert shown.paper().plain("year") == "2026"


def test_what_is_typed_is_saved_when_another_paper_is_selected(shown: Shown) -> None:
    shown.select(0)
    type_into(_line(shown, "year"), "2023")
    shown.select(1)
    assert shown.paper(0).plain("year") == "2023"
    assert shown.box("year").editor.value() == shown.paper(1).plain("year")


def test_the_title_is_edited_in_place(shown: Shown) -> None:
    shown.select(0)
    editor = shown.pane.head.title.control
    editor.setFocus()
    press(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(editor, "Another title")
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().plain("title") == "Another title"


def test_a_change_from_elsewhere_is_shown_but_never_over_what_is_typed(shown: Shown) -> None:
    shown.select(0)
    type_into(_line(shown, "year"), "2021")
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"year": "2019", "journal": "Nature"}))
    box = shown.box("year")
    assert box.editor.value() == "2021" and "2019" in box.error.text()
    assert shown.box("journal").editor.value() == "Nature"
    press(box.control, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().plain("year") == "2021"


def test_month_and_type_are_chosen(shown: Shown) -> None:
    shown.select(0)
    for name, value in (("month", "11"), ("type", "article")):
        choice = shown.box(name).control
        assert isinstance(choice, ChoiceEditor)
        choice.setCurrentIndex(choice.findData(value))
        choice.activated.emit(choice.currentIndex())
    shown.world.settle()
    assert (shown.paper().plain("month"), shown.paper().type) == ("11", "article")


def test_the_key_is_renamed_and_a_taken_one_refused_at_the_field(shown: Shown) -> None:
    shown.select(0)
    editor = _line(shown, "key")
    type_into(editor, "mine2026")
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().key == "mine2026"
    editor.selectAll()
    type_into(editor, shown.paper(1).key)
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().key == "mine2026"
    assert shown.box("key").error.isVisible()


def test_an_empty_field_is_added_and_filled(shown: Shown) -> None:
    shown.select(0)
    editor = _line(shown, "doi")
    type_into(editor, "https://doi.org/10.1000/xyz")
    press(editor, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().plain("doi") == "10.1000/xyz"
    assert editor.text() == "10.1000/xyz"


def test_tags_are_put_and_taken(shown: Shown) -> None:
    shown.select(0)
    tags = shown.pane.paper_tab.tags
    type_into(tags.field, "rl/planning")
    press(tags.field, Qt.Key.Key_Return)
    shown.world.settle()
    assert shown.paper().tags == ("rl/planning",)
    press(tags.field, Qt.Key.Key_Backspace)
    press(QApplication.focusWidget() or tags, Qt.Key.Key_Delete)
    shown.world.settle()
    assert shown.paper().tags == ()


def test_a_library_that_can_only_be_read_offers_no_edits(shown: Shown) -> None:
    shown.pane.set_writable(False)
    shown.select(0)
    editor = _line(shown, "year")
    type_into(editor, "1")
    assert editor.text() == "2026"


def test_an_edit_under_way_does_not_touch_the_next_paper(shown: Shown) -> None:
    shown.select(0)
    type_into(_line(shown, "year"), "2023")
    # The second selection comes before the first paper's year is stored.
    shown.pane.show_selection(array("q", [shown.ids[1]]), None)
    shown.world.settle()
    box = shown.box("year")
    assert (box.stored, box.editor.value(), box.is_dirty) == ("2024", "2024", False)
    assert [shown.paper(place).plain("year") for place in (0, 1)] == ["2023", "2024"]


def test_a_value_refused_after_the_paper_was_left_is_told(shown: Shown) -> None:
    said: list[str] = []
    shown.pane.told.connect(said.append)
    shown.select(0)
    type_into(_line(shown, "year"), "soon")
    shown.select(1)
    assert len(said) == 1 and "soon" in said[0]
    assert not shown.box("year").error.isVisible()


def test_a_month_that_the_day_forbade_is_stored_once_the_day_allows_it(shown: Shown) -> None:
    shown.select(0)
    type_into(_line(shown, "day"), "31")
    press(shown.box("day").control, Qt.Key.Key_Return)
    shown.world.settle()
    month = shown.box("month")
    month.editor.set_value("2")
    month.commit()
    shown.world.settle()
    assert month.is_refused and shown.paper().plain("month") == "5"
    type_into(_line(shown, "day"), "28")
    press(shown.box("day").control, Qt.Key.Key_Return)
    shown.world.settle()
    assert (shown.paper().plain("month"), shown.paper().plain("day")) == ("2", "28")
    month = shown.box("month")
    assert not month.is_refused and month.error.isHidden()


def test_tags_parted_by_commas_are_one_step_of_undo(shown: Shown) -> None:
    shown.select(0)
    tags = shown.pane.paper_tab.tags
    type_into(tags.field, "rl, to read")
    press(tags.field, Qt.Key.Key_Return)
    shown.world.settle()
    assert set(shown.paper().tags) == {"rl", "to read"}
    shown.world.library.undo()
    assert shown.paper().tags == ()


def test_tags_that_the_paper_has_are_not_proposed(shown: Shown) -> None:
    shown.world.library.tag(shown.ids[:1], ["planning"])
    shown.world.library.tag(shown.ids[1:2], ["plants"])
    shown.select(0)
    tags = shown.pane.paper_tab.tags
    tags.field.setFocus()
    shown.world.settle()
    type_into(tags.field, "x, pla")
    completer = tags.field.completer()
    rows = range(completer.completionModel().rowCount())
    assert [completer.completionModel().index(row, 0).data() for row in rows] == ["plants"]
    assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "x, plants"
    tags.field.clear()
