"""A key renamed in the window: preview, one step with the library's, undo with the files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions
from refman.ui.linked.rename_sheet import RenameSheet
from tests.services.linking.thesis import REFS
from tests.ui.main_window.person import CTRL, Person

_TEX = "\\cite{adams2001,baker2002}\n% adams2001 later\n\\citep{adams2001}\n"


@pytest.fixture
def thesis(person: Person, tmp_path: Path) -> Path:
    """A linked project, its first paper selected."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(REFS)
    (folder / "main.tex").write_text(_TEX)
    person.context.adapter.work(
        lambda library, _: links_of(library).link(folder / "refs.bib", LinkOptions(project=str(folder))),
        lambda _: None,
    )
    person.sees_papers(3)
    row = person.cells("key").index("adams2001")
    person.context.table.selectRow(row)
    person.sees(lambda: len(person.context.selected) == 1)
    return folder


def _sheet(person: Person) -> RenameSheet:
    actions = person.context.actions
    assert actions is not None
    action = actions.action("links.rename_key")
    person.sees(action.isEnabled)
    action.trigger()
    person.sees(lambda: person.window.findChild(RenameSheet) is not None)
    sheet = person.window.findChild(RenameSheet)
    assert isinstance(sheet, RenameSheet)
    person.sees(lambda: sheet.places.rowCount() == 4)
    return sheet


def test_every_place_is_shown_and_renamed_as_one_step(person: Person, thesis: Path) -> None:
    sheet = _sheet(person)
    assert sheet.said.text() == "3 places in 2 files · 1 comment stays as it is"
    assert not sheet.deed.isEnabled()
    sheet.field.setText("adams01")
    person.sees(sheet.deed.isEnabled)
    assert sheet.deed.text() == "Rename in 3 places"
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    person.sees_message("Key adams2001 renamed to adams01: 3 places in 2 files")
    assert (thesis / "main.tex").read_text() == _TEX.replace("{adams2001", "{adams01")
    person.sees(lambda: "adams01" in person.cells("key"))
    person.context.table.setFocus()
    person.presses(Qt.Key.Key_Z, CTRL)
    person.sees_message("Undone: Rename the key adams2001 to adams01 (2 files)")
    assert (thesis / "main.tex").read_text() == _TEX
    assert (thesis / "refs.bib").read_text() == REFS
    person.sees(lambda: "adams2001" in person.cells("key"))


def test_comments_and_a_key_that_is_taken(person: Person, thesis: Path) -> None:
    sheet = _sheet(person)
    sheet.comments.setChecked(True)
    sheet.field.setText("baker2002")
    person.sees(lambda: "has the key baker2002 already" in sheet.said.text())
    assert not sheet.deed.isEnabled()
    sheet.field.setText("adams01")
    person.sees(sheet.deed.isEnabled)
    assert sheet.deed.text() == "Rename in 4 places"
    sheet.deed.click()
    person.sees_message("4 places in 2 files")
    assert (thesis / "main.tex").read_text() == _TEX.replace("adams2001", "adams01")
