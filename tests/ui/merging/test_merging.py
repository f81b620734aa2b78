"""Making papers one in a window: what differs is chosen by keys, undo brings all back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refman.domain.paper import Paper
from refman.ui.merging.sheet import MergeSheet
from refman.ui.quality.dialog import QualityDialog
from tests.ui.main_window.conftest import library, open_window, person
from tests.ui.main_window.person import Person
from tests.ui.world import names_missing

__all__ = ["library", "open_window", "person"]

_REFS = """@article{one, author={A. Ask}, title={Deep things}, journal={J}, year=2001, doi={10.1000/x}}
@article{two, author={A. Ask}, title={Deep things}, journal={Journal}, year=2001, doi={10.1000/x}, volume=3}
@misc{three, author={C. Cod}, title={Plain words}, year=2003, note={x}}
"""


@pytest.fixture
def papers(person: Person, tmp_path: Path) -> Person:
    """Somebody with three papers, two of which are one work."""
    refs = tmp_path / "refs.bib"
    refs.write_text(_REFS)
    person.context.live.change("preview_before_import", False)
    person.context.imports.take_files([refs])
    person.sees_papers(3)
    return person


def _paper(person: Person, key: str) -> Paper:
    found = person.knows(lambda library: library.paper(library.ids_of_keys([key])[key]))
    assert isinstance(found, Paper)
    return found


def _select(person: Person, *keys: str) -> None:
    ids = [_paper(person, key).id for key in keys]
    for number, key in enumerate(keys):
        row = person.context.table.papers.row_of(_paper(person, key).id)
        assert row is not None
        person.clicks_row(row, Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier)
    person.sees(lambda: sorted(person.context.selected) == sorted(ids))


def _sheet(person: Person) -> MergeSheet:
    person.sees(lambda: any(one.isVisible() for one in person.window.findChildren(MergeSheet)))
    return next(one for one in person.window.findChildren(MergeSheet) if one.isVisible())


def test_two_papers_become_one_by_keyboard(papers: Person) -> None:
    _select(papers, "one", "two")
    papers.does("paper.merge")
    sheet = _sheet(papers)
    assert names_missing(sheet) == []
    first, second = (sheet.table.horizontalHeaderItem(column) for column in (1, 2))
    assert first is not None and second is not None
    place = 2 if second.text().endswith("two") else 1
    sheet.kept.setCurrentIndex(2 - place)
    sheet.kept.activated.emit(2 - place)
    papers.sees(lambda: sheet.said.text().startswith("Filled: Volume. To the trash: two;"))
    assert sheet.table.rowCount() == 1
    QTest.keyClick(sheet.table, Qt.Key.Key_1 if place == 1 else Qt.Key.Key_2)
    item = sheet.table.item(0, place)
    assert item is not None and item.text() == "✓ Journal"
    sheet.merge.click()
    papers.sees_message("two merged into one")
    papers.sees_papers(2)
    assert [_paper(papers, "one").plain(name) for name in ("journal", "volume")] == ["Journal", "3"]
    papers.context.voice.undo()
    papers.sees_papers(3)
    assert _paper(papers, "one").plain("journal") == "J"


def test_nothing_happens_when_it_is_cancelled(papers: Person) -> None:
    _select(papers, "one", "three")
    papers.does("paper.merge")
    sheet = _sheet(papers)
    assert {row.field for row in sheet.table._rows} >= {"title", "author", "year"}
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    papers.sees(lambda: not papers.window.findChildren(MergeSheet))
    papers.sees_papers(3)


def test_one_paper_alone_is_not_merged(papers: Person) -> None:
    _select(papers, "one")
    assert papers.context.actions is not None
    action = papers.context.actions.action("paper.merge")
    papers.sees(lambda: not action.isEnabled())


def test_equal_dois_are_merged_from_the_quality_view(papers: Person) -> None:
    papers.does("quality.open")
    dialog = papers.window.findChild(QualityDialog)
    assert isinstance(dialog, QualityDialog)
    papers.sees(lambda: dialog.again.isEnabled() and dialog.report is not None)
    groups = (dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount()))
    group = next(item for item in groups if item is not None and item.text(0) == "Equal DOIs · 2")
    group.setExpanded(True)
    dialog.tree.setFocus()
    second = group.child(1)
    assert second is not None
    dialog.tree.setCurrentItem(second)
    papers.sees(dialog.fix.isEnabled)
    assert not dialog.fix_all.isEnabled()
    assert dialog.detail.text().endswith("One paper of both: you choose what stays.")
    dialog.fix.click()
    sheet = _sheet(papers)
    sheet.merge.click()
    papers.sees_papers(2)
    papers.sees(lambda: all("Equal DOIs" not in name for name in _groups(dialog)))


def _groups(dialog: QualityDialog) -> list[str]:
    return [item.text(0) for row in range(dialog.tree.topLevelItemCount()) if (item := dialog.tree.topLevelItem(row))]
