"""The quality view in a window: findings by check, fixes with undo, what is ignored, papers chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from refman.domain.paper import Paper
from refman.domain.quality import IGNORED_FIELD, CheckName
from refman.ui.quality.dialog import QualityDialog
from refman.ui.quality.flow import QualityFlow
from tests.guards.gui_thread import GuiThreadGuard
from tests.ui.main_window.conftest import library, open_window, person
from tests.ui.main_window.person import Person
from tests.ui.world import names_missing

__all__ = ["library", "open_window", "person"]

_REFS = """@article{one, author={A. Ask}, title={On DNA}, journal={J}, year={2001}, pages={1-2}, isbn={0306406153}}
@article{two, author={B. Bow}, title={Plain words}, journal={J}, year={2002}, pages={3-4}, month={March}}
@article{three, author={C. Cod}, title={Plain too}, journal={J}, year={2003}, pages={5--6}}
"""


@pytest.fixture
def checked(person: Person, tmp_path: Path) -> tuple[Person, QualityDialog]:
    """Somebody who has opened the view over three papers, two of which have something odd."""
    refs = tmp_path / "refs.bib"
    refs.write_text(_REFS)
    person.context.live.change("preview_before_import", False)
    person.context.imports.take_files([refs])
    person.sees_papers(3)
    person.sees_message("3 added")
    person.does("quality.open")
    flow = person.window.findChild(QObject, "qualityFlow")
    assert isinstance(flow, QualityFlow)
    person.sees(lambda: flow.dialog.head.text() == "5 findings" and flow.dialog.again.isEnabled())
    return person, flow.dialog


def _groups(dialog: QualityDialog) -> list[str]:
    return [item.text(0) for row in range(dialog.tree.topLevelItemCount()) if (item := dialog.tree.topLevelItem(row))]


def _group(dialog: QualityDialog, name: str) -> QTreeWidgetItem:
    rows = (dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount()))
    return next(item for item in rows if item is not None and item.text(0).startswith(name))


def _choose(dialog: QualityDialog, check: str, row: int) -> QTreeWidgetItem:
    group = _group(dialog, check)
    group.setExpanded(True)
    item = group.child(row)
    assert item is not None
    dialog.tree.setFocus()
    dialog.tree.setCurrentItem(item)
    return item


def _paper(person: Person, key: str) -> Paper:
    found = person.knows(lambda library: library.paper(library.ids_of_keys([key])[key]))
    assert isinstance(found, Paper)
    return found


def test_findings_stand_by_check_with_counts(checked: tuple[Person, QualityDialog]) -> None:
    _, dialog = checked
    assert _groups(dialog) == ["ISBN · 1", "Pages · 2", "Months · 1", "Unprotected capitals · 1"]
    item = _choose(dialog, "Pages", 0)
    assert [item.text(column) for column in range(3)] == ["one", "The pages 1-2 are written 1--2 for BibTeX.", "1--2"]
    assert dialog.detail.text().endswith("Now: 1-2\nThen: 1--2")
    assert names_missing(dialog) == []


def test_a_line_chosen_by_keyboard_selects_its_paper(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    dialog.activateWindow()
    dialog.tree.setFocus()
    person.sees(dialog.tree.hasFocus)
    dialog.tree.setCurrentItem(_group(dialog, "Months"))
    QTest.keyClick(dialog.tree, Qt.Key.Key_Right)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Down)
    wanted = _paper(person, "two").id
    person.sees(lambda: person.context.table.current_id == wanted)


def test_enter_mends_one_and_undo_takes_it_back(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    _choose(dialog, "Pages", 0)
    person.sees(dialog.fix.isEnabled)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    person.sees_message("Pages of one fixed")
    person.sees(lambda: "Pages · 1" in _groups(dialog))
    assert _paper(person, "one").fields["pages"].source == "{1--2}"
    person.context.voice.undo()
    person.sees(lambda: "Pages · 2" in _groups(dialog))
    assert _paper(person, "one").fields["pages"].source == "{1-2}"


def test_all_alike_are_mended_as_one_step(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    _choose(dialog, "Pages", 1)
    person.sees(dialog.fix_all.isEnabled)
    assert dialog.fix_all.text() == "Fix &all alike (2)"
    dialog.fix_all.click()
    person.sees_message("Pages: 2 papers fixed")
    person.sees(lambda: not any(name.startswith("Pages") for name in _groups(dialog)))
    assert dialog.tree.check is CheckName.MONTH, "the next check is at hand, not the first"
    assert [_paper(person, key).plain("pages") for key in ("one", "two")] == ["1--2", "3--4"]
    person.context.voice.undo()
    person.sees(lambda: "Pages · 2" in _groups(dialog))


def test_ignored_with_a_reason_and_checked_again(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    _choose(dialog, "ISBN", 0)
    assert not dialog.fix.isEnabled()
    dialog.ignore.click()
    person.answers("as printed")
    person.sees_message("ISBN of one is ignored")
    person.sees(lambda: dialog.head.text() == "4 findings")
    assert _paper(person, "one").plain(IGNORED_FIELD) == "isbn: as printed"
    dialog.shows_ignored.click()
    assert "ISBN · 0, 1 ignored" in _groups(dialog)
    item = _choose(dialog, "ISBN", 0)
    assert item.text(1).startswith("Ignored (as printed): ")
    assert dialog.ignore.text() == "Check &it again"
    dialog.ignore.click()
    person.sees(lambda: dialog.head.text() == "5 findings")
    assert IGNORED_FIELD not in _paper(person, "one").fields


def test_a_button_that_cannot_be_pressed_says_why(checked: tuple[Person, QualityDialog]) -> None:
    _, dialog = checked
    dialog.tree.setCurrentItem(_group(dialog, "ISBN"))
    assert dialog.detail.text() == "ISBN: wrong check digit, or more than the number"
    assert dialog.fix.toolTip() == dialog.ignore.toolTip() == "Choose a finding first"
    assert dialog.fix_all.toolTip() == "There is no fix that is right for all of them"
    _choose(dialog, "ISBN", 0)
    assert dialog.fix.toolTip() == "What is right here only you can say"
    assert not dialog.ignore.toolTip()
    _choose(dialog, "Pages", 0)
    assert not dialog.fix.toolTip() and not dialog.fix_all.toolTip()


def test_edits_elsewhere_are_followed(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    wanted = _paper(person, "two").id
    person.context.adapter.write(lambda library: library.edit(wanted, {"pages": "7--9"}), owner=person.window)
    person.sees(lambda: "Pages · 1" in _groups(dialog))
    person.context.adapter.write(lambda library: library.trash([wanted]), owner=person.window)
    person.sees(lambda: not any(name.startswith("Months") for name in _groups(dialog)))


def test_nothing_to_mend(checked: tuple[Person, QualityDialog]) -> None:
    person, dialog = checked
    ids = [_paper(person, key).id for key in ("one", "two")]
    person.context.adapter.write(lambda library: library.trash(ids), owner=person.window)
    person.sees(lambda: dialog.head.text() == "Nothing to mend: every check is content.")
    assert not dialog.fix_all.isEnabled()


def test_the_gui_thread_neither_reads_nor_writes(
    gui_thread_guard: GuiThreadGuard, checked: tuple[Person, QualityDialog]
) -> None:
    person, dialog = checked
    dialog.again.click()
    person.sees(lambda: dialog.again.isEnabled() and dialog.head.text() == "5 findings")
    assert dialog.report is not None
    assert dialog.report.groups[CheckName.PAGES].count == 2


def test_a_closed_library_takes_its_findings_along(checked: tuple[Person, QualityDialog], tmp_path: Path) -> None:
    person, dialog = checked
    person.context.adapter.create(str(tmp_path / "other.refman"))
    person.sees(lambda: person.context.adapter.name == "other")
    assert not dialog.isVisible()
    assert dialog.report is None


def test_an_entry_that_could_not_be_read_is_listed_with_its_place_and_text(
    checked: tuple[Person, QualityDialog], tmp_path: Path
) -> None:
    person, dialog = checked
    broken = tmp_path / "broken.bib"
    broken.write_text("@misc{four, author={D. Dab}, title={Four}}\n@misc{bad,\n  title = {x,\n")
    person.context.imports.take_files([broken])
    person.sees_papers(4)
    dialog.again.click()
    person.sees(lambda: any(name.startswith("Syntax") for name in _groups(dialog)))
    item = _choose(dialog, "Syntax", 0)
    assert item.text(0) == "bad"
    assert dialog.detail.text().splitlines() == [
        f"{broken}:2",
        "bad: The value of title is not closed; the entry is kept as text.",
        "@misc{bad,",
        "  title = {x,",
    ]
    assert not dialog.fix.isEnabled() and not dialog.ignore.isEnabled()
