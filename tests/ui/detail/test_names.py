"""The authors of a paper: they lead to their papers and are edited one a row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from refman.domain.errors import DiskFull
from refman.domain.names import Name
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.dialogs.names_editor import NamesDialog
from tests.ui.detail.conftest import Shown


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


def test_authors_are_edited_from_the_head(shown: Shown) -> None:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    assert shown.pane.findChild(NamesDialog) is not None


def _opened(shown: Shown) -> NamesDialog:
    shown.select(0)
    shown.pane.head.edit_authors.click()
    dialog = shown.pane.findChild(NamesDialog)
    assert dialog is not None
    shown.world.until(lambda: dialog.isActiveWindow() and dialog.list.hasFocus())
    return dialog


def _rows(dialog: NamesDialog) -> list[str]:
    return [dialog.list.item(place).text() for place in range(dialog.list.count())]


@pytest.mark.parametrize(
    "typed", ["Ada Lovelace and Turing, Alan", "Ada Lovelace; Turing, Alan", "Ada Lovelace\nTuring, Alan\n"]
)
def test_several_names_in_one_row_get_a_row_each(shown: Shown, typed: str) -> None:
    dialog = _opened(shown)
    dialog.list.setCurrentRow(1)
    QGuiApplication.clipboard().setText(typed)
    QTest.keyClick(dialog.list, Qt.Key.Key_F2)
    editor = dialog.list.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    shown.world.until(lambda: _rows(dialog) == ["Zheng, Daniel", "Ada Lovelace", "Turing, Alan", "Zwols, Yori"])
    dialog.save.click()
    shown.world.settle()
    stored = shown.paper().authors
    assert stored[1:3] == (Name(given="Ada", family="Lovelace"), Name(given="Alan", family="Turing"))


def test_braces_keep_an_and_together_and_others_cut_the_list(shown: Shown) -> None:
    dialog = _opened(shown)
    dialog.cut.setChecked(False)
    dialog.list.item(2).setText("{Smith and Sons; Inc.} and others")
    assert _rows(dialog)[2:] == ["{Smith and Sons; Inc.}"]
    assert dialog.cut.isChecked()


def test_keys_add_remove_and_move_names(shown: Shown) -> None:
    dialog = _opened(shown)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _rows(dialog) == ["von Glehn, Ingrid", "Zheng, Daniel", "Zwols, Yori"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert _rows(dialog) == ["von Glehn, Ingrid", "Zwols, Yori"]
    QTest.keyClick(dialog.list, Qt.Key.Key_Insert)
    assert dialog.list.count() == 3 and dialog.list.findChild(QLineEdit) is not None
