"""What the details show of one paper, of none, and of one that is gone."""

from array import array

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from refman.domain.paper import PaperId
from refman.ui.detail.pane import DetailPane
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.chip import Chip
from tests.ui.detail.conftest import Shown
from tests.ui.world import World, names_missing


def test_a_paper_is_shown_whole(shown: Shown) -> None:
    shown.select(0)
    head = shown.pane.head
    assert head.title.editor.value() == "AI Co-Mathematician: Accelerating Mathematicians with Agentic AI"
    assert "Ingrid von Glehn" in head.authors.text() and "et&nbsp;al." in head.authors.text()
    assert head.line.text() == "2026 · cs.AI"
    assert shown.pane.paper_tab.abstract.editor.value().startswith("We introduce the AI co-mathematician")
    assert {box.name: box.editor.value() for box in shown.pane.paper_tab.form.boxes() if not box.isHidden()} == {
        "type": "misc",
        "key": "zheng2026ai",
        "year": "2026",
        "month": "5",
        "day": "7",
        "category_code": "AI",
        "primaryclass": "cs.AI",
        "score": "95.5",
    }


def test_the_title_of_the_list_is_shown_before_anything_is_read(shown: Shown) -> None:
    row = shown.world.library.rows([shown.ids[3]])[0]
    shown.pane.show_selection(array("q", [shown.ids[3]]), row)
    assert shown.pane.head.title.editor.value() == row.title
    assert not shown.pane.paper_tab.abstract.isVisible()
    shown.world.settle()
    assert shown.pane.paper_tab.abstract.isVisible()


def test_the_last_of_many_quick_selections_wins(shown: Shown) -> None:
    for paper_id in shown.ids:
        shown.pane.show_selection(array("q", [paper_id]), None)
    shown.world.settle()
    assert shown.pane.head.title.editor.value() == shown.paper(-1).plain("title")
    assert shown.pane.paper_tab.abstract.editor.value() == shown.paper(-1).plain("abstract")


def test_the_key_is_copied(shown: Shown) -> None:
    shown.select(0)
    chip = shown.pane.head.findChild(Chip)
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "zheng2026ai"


def test_nothing_selected_shows_counts(shown: Shown) -> None:
    assert shown.pane.nothing.papers.text() == "23 papers"


def test_of_a_list_that_leaves_some_out_its_own_number_is_told(shown: Shown) -> None:
    nothing = shown.pane.nothing
    for count, is_exact, words in (
        (256, False, "256+ papers"),
        (1200, True, "1,200 papers"),
        (1, True, "1 paper"),
        (0, True, "No papers"),
    ):
        nothing.show_listed(count, is_exact=is_exact, is_narrowed=True)
        assert (nothing.papers.text(), nothing.rest.text()) == (words, "listed here · 23 in the library")
    nothing.show_listed(23, is_exact=True, is_narrowed=False)
    assert (nothing.papers.text(), nothing.rest.text()) == ("23 papers", "23 without a tag")


def test_an_empty_library_says_so(world: World, themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    pane = DetailPane(world.adapter, themes, icons=icons)
    qtbot.addWidget(pane)
    pane.forget()
    world.settle()
    assert (pane.nothing.papers.text(), pane.nothing.rest.text()) == (
        "No papers yet",
        "What you select in the list is shown here.",
    )


def test_a_paper_that_is_gone_changes_nothing(shown: Shown) -> None:
    shown.pane.show_selection(array("q", [PaperId(9999)]), None)
    shown.world.settle()
    assert not shown.pane.paper_tab.abstract.isVisible()


def test_everything_that_takes_the_focus_has_a_name(shown: Shown) -> None:
    shown.select(0)
    for place in range(shown.pane.tabs.count()):
        shown.pane.tabs.setCurrentIndex(place)
        shown.world.settle()
        assert names_missing(shown.pane) == []
