"""The window as a whole: what it is made of, how it ends, how it is found again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from refman.app.window import create_window
from refman.app.wiring import Wiring
from refman.ui.detail.one_paper import OnePaper
from refman.ui.pane_state import DetailPlace
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, Person

NAMES = ("paperTable", "tagSidebar", "detailPane", "searchBox", "notesEditor", "statusBar", "toolBar")


def test_the_named_widgets_exist_when_it_returns(library: Path, qtbot: QtBot) -> None:
    window = create_window(str(library))
    qtbot.addWidget(window)
    assert window.objectName() == "mainWindow"
    assert {name for name in NAMES if window.findChild(QWidget, name) is None} == set()
    assert isinstance(window.findChild(QWidget, "paperTable"), QTableView)
    assert isinstance(window.findChild(QWidget, "searchBox"), QLineEdit)


def test_it_can_be_closed_before_the_library_is_open(library: Path, qtbot: QtBot) -> None:
    window = create_window(str(library))
    window.show()
    assert window.close()
    # The guards of every test fail it when a thread, a timer or a connection is left.


def test_two_windows_one_after_the_other_find_the_same_papers(
    reader: Person, open_window: OpenWindow, library: Path
) -> None:
    titles = reader.cells("title")
    reader.window.close()
    again = open_window(library)
    again.sees_papers(23)
    assert again.cells("title") == titles


def test_panes_columns_and_order_are_found_again(reader: Person, open_window: OpenWindow, library: Path) -> None:
    reader.presses(Qt.Key.Key_B, CTRL)
    reader.does("view.detail_beside")
    reader.context.table.columns.set_shown("doi", True)
    reader.context.feed.set_sort(reader.context.feed.sort[::-1])
    reader.does("view.sort_newest")
    header = reader.context.table.header
    header.sectionClicked.emit(1)
    reader.sees(lambda: reader.cells("title") == sorted(reader.cells("title"), key=str.casefold))
    before = (reader.context.panes.state, reader.context.table.columns.choice, reader.context.feed.sort)
    reader.window.close()
    again = open_window(library)
    again.sees_papers(23)
    assert (again.context.panes.state, again.context.table.columns.choice, again.context.feed.sort) == before
    assert again.context.panes.state.is_sidebar_folded
    assert again.context.panes.state.detail_place is DetailPlace.BESIDE


def test_the_name_of_the_library_is_in_the_title_and_the_status_bar(person: Person) -> None:
    assert person.window.windowTitle() == "mine — refman"
    assert "mine" in [label.text() for label in person.window.status.findChildren(QWidget) if hasattr(label, "text")]


def test_everything_that_takes_the_focus_has_a_name(reader: Person) -> None:
    nameless = [
        (type(widget).__name__, widget.objectName())
        for widget in reader.window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not _name(widget)
    ]
    assert nameless == []


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize(("width", "is_wide"), [(1280, False), (1440, True)])
def test_a_wide_window_has_the_details_beside_the_list(reader: Person, width: int, is_wide: bool) -> None:
    reader.window.resize(width, 800)
    reader.sees(lambda: reader.context.panes.is_detail_beside is is_wide)
    detail, table = reader.context.detail, reader.context.table
    beside = (
        detail.mapTo(reader.window, detail.rect().topLeft()).x()
        > table.mapTo(reader.window, table.rect().topRight()).x()
    )
    assert beside is is_wide
    assert ("added" in reader.context.table.columns.shown) is is_wide


def test_details_in_a_window_of_their_own_come_back_when_it_is_closed(reader: Person) -> None:
    reader.does("view.detail_window")
    reader.sees(lambda: reader.context.detail.window() is not reader.window)
    assert reader.context.detail.isVisible()
    reader.context.detail.window().close()
    reader.sees(lambda: reader.context.detail.window() is reader.window)
    assert reader.context.detail.isVisible()


def test_the_sidebar_in_a_window_of_its_own_is_found_again_and_comes_back(
    reader: Person, open_window: OpenWindow, library: Path
) -> None:
    reader.does("view.sidebar_window")
    reader.sees(lambda: reader.context.sidebar.window() is not reader.window)
    assert reader.context.sidebar.isVisible()
    reader.context.sidebar.window().resize(333, 555)
    reader.window.close()
    again = open_window(library)
    again.sees_papers(23)
    torn = again.context.sidebar.window()
    assert torn is not again.window
    assert (torn.isVisible(), torn.size().width(), torn.size().height()) == (True, 333, 555)
    torn.close()
    again.sees(lambda: again.context.sidebar.window() is again.window)
    assert again.context.sidebar.isVisible()
    assert again.context.sidebar.x() == 0


def test_keys_of_the_main_window_work_in_a_torn_off_pane(reader: Person) -> None:
    reader.clicks_row(2)
    reader.presses(Qt.Key.Key_Delete)
    reader.sees_papers(22)
    reader.does("view.sidebar_window")
    torn = reader.context.sidebar.window()
    torn.activateWindow()
    reader.sees(torn.isActiveWindow)
    reader.context.sidebar.setFocus()
    reader.sees(lambda: torn.isAncestorOf(QApplication.focusWidget() or reader.window))
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)
    reader.presses(Qt.Key.Key_F6)
    reader.sees(reader.window.isActiveWindow)


def test_notes_in_a_window_of_their_own_stay_beside_a_narrow_main_window(reader: Person) -> None:
    reader.clicks_row(0)
    reader.does("view.fourth_notes")
    reader.does("view.fourth_window")
    detail = reader.context.detail
    reader.sees(lambda: detail.beside.window() is not reader.window and detail.notes_tab.isVisible())
    assert _tabs(reader) == ["Paper", "BibTeX", "Files", "More"]
    detail.beside.window().close()
    reader.sees(lambda: detail.beside.window() is reader.window)
    assert _tabs(reader) == ["Paper", "Notes", "BibTeX", "Files", "More"]


def test_panes_can_be_hidden_and_come_back(reader: Person) -> None:
    reader.does("view.hide_sidebar")
    reader.does("view.detail")
    assert not reader.context.sidebar.isVisible()
    assert not reader.context.detail.isVisible()
    reader.presses(Qt.Key.Key_E, CTRL) if reader.context.selected else reader.does("go.details")
    assert reader.context.detail.isVisible()
    reader.does("go.sidebar")
    assert reader.context.sidebar.isVisible()


def _tabs(person: Person) -> list[str]:
    tabs = person.context.detail.tabs
    return [tabs.tabText(place) for place in range(tabs.count())]


def test_a_very_wide_window_can_show_notes_beside_the_details(
    reader: Person, open_window: OpenWindow, library: Path
) -> None:
    reader.clicks_row(0)
    reader.does("view.fourth_notes")
    assert "wide enough" in reader.message
    detail = reader.context.detail
    reader.window.resize(1900, 800)
    reader.sees(lambda: detail.notes_tab.window() is reader.window and detail.beside.isVisible())
    assert detail.beside.isAncestorOf(detail.notes_tab)
    assert detail.notes_tab.isVisible()
    assert detail.paper_tab.isVisible()
    assert _tabs(reader) == ["Paper", "BibTeX", "Files", "More"]
    reader.does("go.notes")
    reader.sees(lambda: detail.notes_tab.editor.hasFocus() and not detail.notes_tab.editor.isReadOnly())
    reader.types("Kept wherever the editor stands")
    reader.window.resize(1500, 800)
    reader.sees(lambda: not detail.beside.isVisible())
    reader.sees(lambda: _tabs(reader)[0] == "Paper" and _tabs(reader)[1].startswith("Notes"))
    assert detail.notes_tab.editor.toPlainText() == "Kept wherever the editor stands"
    reader.window.close()
    again = open_window(library)
    again.sees_papers(23)
    again.window.resize(1900, 800)
    again.sees(lambda: again.context.detail.beside.isVisible())
    again.does("view.fourth_none")
    assert not again.context.detail.beside.isVisible()
    assert _tabs(again) == ["Paper", "Notes", "BibTeX", "Files", "More"]


def test_what_stands_beside_the_details_asks_for_one_paper(reader: Person) -> None:
    reader.window.resize(1900, 800)
    reader.does("view.fourth_bibtex")
    beside, bibtex = reader.context.detail.beside, reader.context.detail.bibtex_tab
    reader.sees(beside.isVisible)
    assert not bibtex.isVisible()
    reader.clicks_row(0)
    reader.sees(lambda: bibtex.text.toPlainText().startswith("@misc{"))
    reader.presses(Qt.Key.Key_A, CTRL)
    reader.sees(lambda: not bibtex.isVisible())
    reader.does("view.fourth_notes")
    assert _tabs(reader) == ["Paper", "BibTeX", "Files", "More"]


def test_f6_goes_round_the_panes(reader: Person) -> None:
    context = reader.context
    panes = (context.table, context.detail, context.sidebar, context.search)
    reader.clicks_row(0)
    reader.sees(lambda: bool(context.detail.head.title.editor.value()))
    reached = []
    for _ in range(5):
        focused = reader.window.focusWidget()
        reached.append(next(pane.objectName() for pane in panes if pane is focused or pane.isAncestorOf(focused)))
        reader.presses(Qt.Key.Key_F6)
    assert reached == ["paperTable", "detailPane", "tagSidebar", "searchBox", "paperTable"]


def test_recent_libraries_are_offered_and_opened(reader: Person, tmp_path: Path) -> None:
    other = tmp_path / "other.refman"
    Wiring().create_library(str(other))
    reader.context.adapter.open(str(other))
    reader.sees(lambda: reader.window.windowTitle() == "other — refman")
    actions = reader.context.actions
    assert actions is not None
    menu = actions.menu("Open recen&t")
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["mine", "Forget recent libraries"]
    menu.actions()[0].trigger()
    reader.sees(lambda: reader.window.windowTitle() == "mine — refman")
    reader.sees_papers(23)


def test_the_tabs_have_room_under_a_long_title_in_large_text(reader: Person) -> None:
    reader.context.live.change("font_scale_percent", 150)
    reader.does("view.reset_layout")
    reader.clicks_row(3)
    (chosen,) = reader.context.selected
    reader.context.adapter.write(
        lambda library: library.edit(chosen, {"title": "Many Words of a Title " * 12}), owner=reader.window
    )
    reader.sees(lambda: reader.context.detail.findChild(OnePaper) is not None)
    paper = reader.context.detail.findChild(OnePaper)
    assert isinstance(paper, OnePaper)
    reader.sees(lambda: paper.head.title.editor.value().startswith("Many Words"))
    title = paper.head.title.control
    assert isinstance(title, QTextEdit)
    reader.sees(lambda: title.verticalScrollBar().maximum() > 0)
    assert paper.tabs.height() > reader.window.themes.metrics.px(90)
    reader.context.live.change("font_scale_percent", 100)
    reader.window.resize(1280, 1400)
    reader.sees(lambda: title.verticalScrollBar().maximum() == 0)
