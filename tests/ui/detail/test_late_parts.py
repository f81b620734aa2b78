"""Parts of the details are made when they are first needed, and then show what those made at the start would."""

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.detail.bibtex_tab import BibtexTab
from refman.ui.detail.files_tab import FilesTab
from refman.ui.detail.many_selected import ManySelected
from refman.ui.detail.notes_tab import NotesTab
from refman.ui.detail.one_paper import OnePaper
from refman.ui.widgets.chip import Chip
from refman.ui.widgets.late import Late
from tests.ui.detail.conftest import Shown


def _parts(shown: Shown) -> set[type[QWidget]]:
    kinds: tuple[type[QWidget], ...] = (OnePaper, NotesTab, BibtexTab, FilesTab, ManySelected)
    return {kind for kind in kinds if shown.pane.findChildren(kind)}


def test_parts_are_made_when_they_are_first_seen(shown: Shown) -> None:
    assert _parts(shown) == set()
    shown.select(0)
    assert _parts(shown) == {OnePaper, NotesTab}
    shown.pane.tabs.setCurrentIndex(2)
    shown.pane.tabs.setCurrentIndex(3)
    assert _parts(shown) == {OnePaper, NotesTab, BibtexTab, FilesTab}
    shown.select(0, 1)
    assert ManySelected in _parts(shown)


def test_spare_time_makes_what_the_first_paper_needs(shown: Shown) -> None:
    made = [_parts(shown)]
    while shown.pane.prepare():
        if _parts(shown) != made[-1]:
            made.append(_parts(shown))
    assert made == [set(), {OnePaper}, {OnePaper, NotesTab}, {OnePaper, NotesTab, ManySelected}]
    assert not shown.pane.prepare()
    chips = shown.pane.paper_tab.tags.findChildren(Chip)
    boxes = {box.name: box for box in shown.pane.paper_tab.form.boxes()}
    assert len(boxes) > 5 and chips
    assert all(box.isHidden() for box in boxes.values()) and all(chip.isHidden() for chip in chips)
    shown.select(0)
    assert {name for name, box in boxes.items() if not box.isHidden()} >= {"type", "key", "year"}
    assert boxes["volume"].isHidden()
    assert len([chip for chip in chips if not chip.isHidden()]) == len(shown.pane.paper_tab.tags.chips)


def test_what_is_made_in_spare_time_is_nothing_that_was_typed(shown: Shown) -> None:
    while shown.pane.prepare():
        pass
    assert shown.pane.unsaved() == []
    shown.pane.begin_new()
    assert shown.pane.unsaved() == []


def test_spare_time_changes_nothing_of_the_paper_that_is_shown_meanwhile(shown: Shown) -> None:
    shown.pane.prepare()
    shown.select(0)
    head, count = shown.pane.head.title.editor.value(), len(shown.pane.paper_tab.tags.chips)
    while shown.pane.prepare():
        pass
    assert shown.pane.head.title.editor.value() == head == shown.paper(0).plain("title")
    assert len([chip for chip in shown.pane.paper_tab.tags.findChildren(Chip) if not chip.isHidden()]) == count
    assert shown.pane.unsaved() == []


def test_a_tab_that_is_made_late_shows_the_paper_that_is_shown(shown: Shown) -> None:
    shown.select(0)
    shown.pane.tabs.setCurrentIndex(2)
    shown.world.settle()
    assert shown.pane.bibtex_tab.text.toPlainText().startswith("@misc{zheng2026ai,")


def test_a_tab_that_is_made_late_knows_that_nothing_can_be_written(shown: Shown) -> None:
    shown.pane.set_writable(False)
    shown.select(0)
    shown.pane.tabs.setCurrentIndex(3)
    assert not shown.pane.files_tab.attach.isEnabled()
    assert shown.pane.notes_tab.editor.isReadOnly()


def test_the_editor_of_notes_is_there_before_everything_else_and_keeps_what_is_typed(shown: Shown) -> None:
    editor = shown.pane.findChild(QPlainTextEdit, "notesEditor")
    assert editor is not None
    assert not editor.isVisible()
    assert editor.isReadOnly()
    shown.select(0)
    QTest.keyClicks(editor, "Typed behind its tab")
    shown.pane.flush()
    shown.world.settle()
    assert [note.text for note in shown.world.library.notes(shown.ids[0])] == ["Typed behind its tab"]
    shown.pane.show_tab(shown.pane.notes_tab)
    assert editor.isVisible()


def test_a_selection_made_before_any_part_is_there_is_shown(shown: Shown) -> None:
    shown.pane.show_selection(array("q", [shown.ids[1]]), None)
    shown.world.settle()
    assert shown.pane.head.title.editor.value() == shown.paper(1).plain("title")


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """A line, a place that is filled late with two lines, a line."""
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)

    def make() -> QWidget:
        part = QWidget()
        inside = QVBoxLayout(part)
        for name in ("second", "third"):
            inside.addWidget(_line(name))
        inside.addWidget(QLabel("no stop"))
        return part

    for widget in (_line("first"), Late(make), _line("last")):
        column.addWidget(widget)
    return whole


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line


def test_tab_goes_through_a_late_part_where_it_stands(form: QWidget, qtbot: QtBot) -> None:
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    lines = {line.objectName(): line for line in form.findChildren(QLineEdit)}
    assert all(line.isVisible() for line in lines.values())
    lines["first"].setFocus()
    seen = []
    for _ in range(4):
        focused = form.focusWidget()
        assert isinstance(focused, QLineEdit)
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == ["first", "second", "third", "last"]
