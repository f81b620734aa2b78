"""The keyboard reaches what is to be seen and nothing else, and Enter does what has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from refman.ui.filter_state import FilterState, Place
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
    assert len(found) < at_most, "Tab never came round"
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


def test_tab_goes_through_every_pane_in_the_order_of_reading(reader: Person) -> None:
    context, detail = reader.context, reader.context.detail
    reader.clicks_row(0)
    tab = detail.paper_tab
    reader.sees(lambda: tab.form.box("key").control.isVisible())
    tab.tags.field.setFocus()
    reader.types("later")
    reader.presses(Qt.Key.Key_Return)
    reader.sees(lambda: bool(tab.tags.chips))
    context.table.setFocus()
    found = stops(reader)
    wanted: list[QWidget] = [context.table, detail.head.title.control, detail.head.cite, tab.tags.chips[0]]
    wanted += [tab.tags.field, tab.abstract.control, *(tab.form.box(name).control for name in ("type", "key", "year"))]
    wanted += [tab.form.add_button, context.search, context.sidebar.filter_field, context.sidebar.tree]
    assert [one for one in found if one in wanted] == wanted
    for widget in [*reversed(found[1:]), found[0]]:
        reader.presses(Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is widget


def test_tab_comes_to_every_author_and_leaves_them_both_ways(reader: Person) -> None:
    head = reader.context.detail.head
    reader.clicks_row(0)
    reader.sees(lambda: "Daniel Zheng" in head.authors.text())
    head.title.control.setFocus()
    for name in ("Daniel Zheng", "Ingrid von Glehn", "Yori Zwols"):
        reader.presses(Qt.Key.Key_Tab)
        assert head.authors.selectedText() == name
    reader.presses(Qt.Key.Key_Tab)
    assert head.edit_authors.hasFocus()
    reader.presses(Qt.Key.Key_Backtab)
    assert head.authors.selectedText() == "Yori Zwols"
    for _ in range(3):
        reader.presses(Qt.Key.Key_Backtab)
    assert head.title.control.hasFocus()


def test_tab_comes_to_the_button_of_a_message_before_what_stands_below(reader: Person) -> None:
    reader.clicks_row(0)
    reader.sees(lambda: bool(reader.context.detail.head.title.editor.value()))
    reader.context.table.setFocus()
    names = [widget.property("text") or widget.accessibleName() for widget in stops(reader)]
    assert names[:5] == ["Papers", "Message", "Undo", "Close the message", "Title"]


def test_tab_goes_round_in_details_with_a_window_of_their_own(reader: Person) -> None:
    detail = reader.context.detail
    reader.clicks_row(0)
    reader.sees(detail.paper_tab.form.add_button.isVisible)
    reader.does("view.detail_window")
    reader.does("go.details")
    reader.sees(lambda: QApplication.focusWidget() is detail.head.title.control)
    found = stops(reader)
    assert {detail.head.cite, detail.paper_tab.tags.field, detail.paper_tab.form.add_button} <= set(found)
    reader.does("view.detail_auto")


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


def test_the_keys_of_the_list_lead_to_the_page_that_stands_in_its_place(reader: Person) -> None:
    context = reader.context
    context.search.setFocus()
    reader.types("nothingatall")
    reader.sees(lambda: reader.window.pages.page.value == "nothing found")
    clear = next(b for b in reader.window.pages.findChildren(QPushButton) if b.isVisible() and "Clear" in b.text())
    for command_id in ("go.sidebar", "go.list"):
        reader.does(command_id)
    assert QApplication.focusWidget() is clear
    reader.does("go.next_pane")
    seen = {QApplication.focusWidget()}
    for _ in range(3):
        reader.does("go.next_pane")
        seen.add(QApplication.focusWidget())
    assert {clear, context.search, context.sidebar.tree} <= seen
    clear.setFocus()
    reader.presses(Qt.Key.Key_Return)
    reader.sees(lambda: reader.window.pages.page.value == "list")
    assert QApplication.focusWidget() is context.table
    reader.does("go.sidebar")
    reader.does("go.list")
    assert QApplication.focusWidget() is context.table


def test_the_sidebar_is_entered_at_what_is_chosen(reader: Person) -> None:
    context = reader.context
    context.filter(FilterState(Place.TRASH))
    reader.sees_papers(0)
    reader.does("go.list")
    reader.does("go.sidebar")
    current = context.sidebar.tree.current_row
    assert context.sidebar.tree.hasFocus() and current is not None and current.name == Place.TRASH


def test_the_only_paper_of_the_trash_is_restored_by_keys_alone(reader: Person) -> None:
    context, shown = reader.context, reader.context.feed.count
    reader.does("go.list")
    reader.sees(lambda: context.table.selected_count == 1)
    deleted = context.selected[0]
    reader.does("paper.trash")
    reader.sees_papers(shown - 1)
    reader.does("go.sidebar")
    QTest.keyClicks(context.sidebar.tree, "Trash")
    reader.presses(Qt.Key.Key_Return)
    reader.sees_papers(1)
    reader.does("go.list")
    reader.sees(lambda: list(context.selected) == [deleted])
    reader.does("paper.restore")
    reader.sees_message("taken out of the trash")
