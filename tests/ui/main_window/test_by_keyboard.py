"""The keyboard reaches what is to be seen and nothing else, and Enter does what has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.main_window.person import CTRL, Person


def stops(person: Person, *, at_most: int = 80) -> list[QWidget]:
    """Where Tab goes until it comes round."""
    found: list[QWidget] = []
    while len(found) < at_most:
        focused = QApplication.focusWidget()
        assert focused is not None
        if found and focused is found[0]:
            break
        found.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return found


def hidden(widgets: list[QWidget]) -> list[str]:
    return [f"{type(one).__name__} {one.accessibleName()}" for one in widgets if not one.isVisible()]


def test_tab_goes_to_nothing_hidden_whatever_is_shown(reader: Person) -> None:
    detail = reader.context.detail
    assert hidden(stops(reader)) == []
    reader.clicks_row(0)
    reader.sees(lambda: bool(detail.head.title.editor.value()))
    one = stops(reader)
    assert hidden(one) == [] and detail.head.title.control in one
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_A, CTRL)
    reader.sees(lambda: detail.many.isVisible())
    many = stops(reader)
    assert hidden(many) == [] and detail.many.cite in many
    reader.context.table.clearSelection()
    reader.sees(lambda: detail.nothing.isVisible())
    reader.context.table.setFocus()
    assert hidden(stops(reader)) == []


def test_shift_tab_from_the_rows_of_the_sidebar_comes_to_their_filter(reader: Person) -> None:
    reader.does("go.sidebar")
    QTest.keyClick(reader.context.sidebar.tree, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is reader.context.sidebar.filter_field


def test_the_keys_lead_into_the_details_of_many_papers_and_of_none_nowhere(reader: Person) -> None:
    detail = reader.context.detail
    reader.does("go.details")
    assert QApplication.focusWidget() is reader.context.table
    reader.presses(Qt.Key.Key_A, CTRL)
    reader.sees(lambda: detail.many.isVisible())
    reader.does("paper.edit")
    assert QApplication.focusWidget() is detail.many.cite


def test_enter_presses_the_button_that_has_the_focus(person: Person) -> None:
    person.does("go.list")
    sample = next(b for b in stops(person) if b.property("text") == "Try the sample library")
    sample.setFocus()
    person.presses(Qt.Key.Key_Return)
    person.sees(lambda: person.context.feed.count > 5)


def test_clear_search_can_be_done_while_there_is_one_or_a_preview(reader: Person) -> None:
    actions = reader.context.actions
    assert actions is not None
    clear = actions.action("edit.clear_search")
    assert not clear.isEnabled()
    reader.context.search.setText("tree")
    assert clear.isEnabled()
    reader.context.search.clear()
    assert not clear.isEnabled()
    reader.clicks_row(0)
    reader.does("paper.preview")
    reader.sees(reader.context.preview.isVisible)
    assert clear.isEnabled()
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_Escape)
    assert not reader.context.preview.isVisible()
    assert not clear.isEnabled()
