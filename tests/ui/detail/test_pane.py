from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.domain.errors import DiskFull
from refman.domain.names import Name
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.detail.pane import DetailPane
from refman.ui.detail.value_editors import ChoiceEditor, LineEditor
from refman.ui.dialogs.names_editor import NamesDialog
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.chip import Chip
from tests.ui.detail.conftest import Shown
from tests.ui.world import World, names_missing, press, type_into


def _line(shown: Shown, name: str) -> LineEditor:
    control = shown.box(name).control
    assert isinstance(control, LineEditor)
    control.setFocus()
    control.selectAll()
    return control


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


def test_names_are_edited_one_a_row(shown: Shown) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    dialog = shown.pane.findChild(NamesDialog)
    assert dialog is not None
    rows = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert rows == ["Zheng, Daniel", "von Glehn, Ingrid", "Zwols, Yori"]
    dialog.list.takeItem(2)
    dialog.list.item(0).setText("{DeepMind}")
    dialog.cut.setChecked(False)
    dialog.save.click()
    shown.world.settle()
    assert shown.paper().authors == (
        Name(literal="DeepMind"),
        Name(given="Ingrid", prefix="von", family="Glehn"),
    )
    assert not shown.paper().people["author"].truncated
    shown.world.until(lambda: shown.pane.findChild(NamesDialog) is None)


def test_names_that_could_not_be_stored_stay_in_their_editor_with_the_reason(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    dialog = shown.pane.findChild(NamesDialog)
    assert dialog is not None
    dialog.list.item(0).setText("{DeepMind}")

    def refuse(*_: object, **__: object) -> Outcome:
        raise DiskFull("disk-full", "The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(Library, "edit_names", refuse)
        dialog.save.click()
        shown.world.settle()
        assert dialog.isVisible() and dialog.error.text() == "The disk is full."
        assert dialog.list.item(0).text() == "{DeepMind}"
    dialog.save.click()
    shown.world.settle()
    assert shown.paper().authors[0] == Name(literal="DeepMind")
    shown.world.until(lambda: shown.pane.findChild(NamesDialog) is None)


def test_an_author_leads_to_their_papers(shown: Shown) -> None:
    shown.select(0)
    names: list[str] = []
    shown.pane.author_chosen.connect(names.append)
    shown.pane.head.authors.linkActivated.emit("Ingrid von Glehn")
    assert names == ["Ingrid von Glehn"]


def test_the_key_is_copied(shown: Shown) -> None:
    shown.select(0)
    chip = shown.pane.head.findChild(Chip)
    assert chip is not None
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "zheng2026ai"


def test_bibtex_is_shown_in_both_dialects(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(shown.pane.bibtex_tab)
    shown.world.settle()
    assert shown.pane.bibtex_tab.text.toPlainText().startswith("@misc{zheng2026ai,")
    shown.pane.bibtex_tab.set_format("biblatex")
    shown.world.settle()
    assert "date = {2026-05-07}" in shown.pane.bibtex_tab.text.toPlainText()
    shown.pane.bibtex_tab.copy.click()
    assert "zheng2026ai" in QGuiApplication.clipboard().text()


def test_bibtex_stands_in_letters_of_one_width(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(shown.pane.bibtex_tab)
    shown.world.settle()
    measure = QFontMetrics(shown.pane.bibtex_tab.text.font())
    assert measure.horizontalAdvance("iiii") == measure.horizontalAdvance("MMMM")


def test_more_tells_where_it_came_from_and_lights_the_text(shown: Shown) -> None:
    shown.select(1)
    shown.pane.show_tab(shown.pane.more_tab)
    shown.world.settle()
    row = shown.pane.more_tab.findChild(type(shown.pane.head.cite), "cameFrom")
    assert row is not None and "page, line" in row.text()
    row.click()
    shown.world.settle()
    source = shown.pane.more_tab.source
    assert source.isVisible() and source.lit_text().startswith("LGNov 29, 2024\nAmplifying human performance")


def test_nothing_selected_shows_counts(shown: Shown) -> None:
    assert shown.pane.nothing.papers.text() == "23 papers"


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


def test_authors_are_edited_from_the_head(shown: Shown) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    assert shown.pane.findChild(NamesDialog) is not None
