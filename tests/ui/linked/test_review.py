"""The plan of a file as lines of the sheet, and the sheet under keyboard and mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from refman.app.wiring import Wiring
from refman.services.entries.facade import entries_of
from refman.services.linking.plan_lines import DiffLine
from refman.services.linking.sync_plan import Side
from refman.ui.linked.review import LineKind, ReviewLine, read_review
from refman.ui.linked.sheet import LinkSheet
from refman.ui.theme import ThemeController, qcolor
from tests.services.linking.thesis import REFS, Thesis


@pytest.fixture
def thesis(tmp_path: Path) -> Thesis:
    """A linked file over a real library."""
    location = str(tmp_path / "papers.refman")
    wiring = Wiring()
    wiring.create_library(location)
    thesis = Thesis(tmp_path, wiring.open_library(location))
    thesis.refs.write_text(REFS)
    thesis.link()
    return thesis


@pytest.fixture
def clashing(thesis: Thesis) -> Thesis:
    """One conflict, one change of theirs, one of mine."""
    thesis.edit("adams2001", pages="7--9")
    thesis.edit("carter2003", note="mine")
    thesis.write(REFS.replace("{1--2}", "{3--4}").replace("Press", "Publishers"))
    return thesis


def test_lines_of_every_kind(clashing: Thesis) -> None:
    review = read_review(clashing.library, str(clashing.refs))
    assert review.lines == (
        ReviewLine(LineKind.CONFLICT, "adams2001", "pages", "1--2", "7--9", "3--4"),
        ReviewLine(LineKind.TAKE, "baker2002", "publisher", "Press", "Press", "Publishers"),
        ReviewLine(LineKind.WRITE, "carter2003", "note", "", "mine", ""),
    )
    assert (review.to_take, review.to_write, review.status.badge) == (1, 1, "conflict")


def test_a_line_that_goes_out_says_what_was_and_what_will_be(thesis: Thesis) -> None:
    thesis.edit("adams2001", pages="7--9")
    assert read_review(thesis.library, str(thesis.refs)).lines == (
        ReviewLine(LineKind.WRITE, "adams2001", "pages", "1--2", "7--9", "1--2"),
    )


def test_one_red_and_one_green_line(thesis: Thesis) -> None:
    thesis.edit("adams2001", pages="7--9")
    review = read_review(thesis.library, str(thesis.refs))
    assert review.diff == (
        DiffLine(0, "@article{adams2001,"),
        DiffLine(0, "  journal = jmlr,"),
        DiffLine(-1, "  pages = {1--2},"),
        DiffLine(1, "  pages = {7--9},"),
        DiffLine(0, "  year = 2001,"),
    )


def test_a_new_entry_of_the_file_is_told_by_its_title(thesis: Thesis) -> None:
    thesis.library.trash([thesis.paper("baker2002").id])
    thesis.sync()
    thesis.library.undo()
    review = read_review(thesis.library, str(thesis.refs))
    assert review.lines == (ReviewLine(LineKind.WRITE, "baker2002", mine="Other Things"),)


def test_a_macro_that_goes_out_says_what_it_stands_for(thesis: Thesis) -> None:
    entries = entries_of(thesis.library)
    entries.edit_strings.change(entries.strings()[0], "JMLR")
    review = read_review(thesis.library, str(thesis.refs))
    old = "Journal of Machine Learning Research"
    assert review.lines == (ReviewLine(LineKind.WRITE, "@string jmlr", "value", old, "JMLR", old),)
    assert review.diff == (DiffLine(-1, f'@string{{jmlr = "{old}"}}'), DiffLine(1, '@string{jmlr = "JMLR"}'))


def test_a_renamed_macro_shows_every_line_that_names_it(thesis: Thesis) -> None:
    entries = entries_of(thesis.library)
    entries.edit_strings.rename(entries.strings()[0], "ml")
    lines = [line for line in read_review(thesis.library, str(thesis.refs)).diff if line.sign]
    assert lines[2:] == [DiffLine(-1, "  journal = jmlr,"), DiffLine(1, "  journal = ml,")]


def test_entries_that_come_and_go(thesis: Thesis) -> None:
    thesis.write(REFS.partition("@misc")[0] + "@misc{new, title = {New}}\n")
    assert read_review(thesis.library, str(thesis.refs)).lines == (
        ReviewLine(LineKind.TAKE, "new", theirs="New"),
        ReviewLine(LineKind.TAKE, "carter2003", base="carter2003"),
    )
    thesis.write(REFS)
    thesis.library.trash([thesis.paper("baker2002").id])
    review = read_review(thesis.library, str(thesis.refs))
    assert review.lines == (ReviewLine(LineKind.WRITE, "baker2002", theirs="Other Things"),)
    assert review.removals == 1


@pytest.fixture
def sheet(themes: ThemeController, qtbot: QtBot) -> Iterator[LinkSheet]:
    """A visible sheet without a review."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    sheet = LinkSheet("refs.bib", themes=themes, window=window)
    with qtbot.waitExposed(sheet):
        sheet.open()
    yield sheet
    window.close()


def test_the_keyboard_settles_a_conflict(sheet: LinkSheet, clashing: Thesis, qtbot: QtBot) -> None:
    sheet.show_review(read_review(clashing.library, str(clashing.refs)))
    assert not sheet.deed.isEnabled()
    assert sheet.deed.text() == "1 conflict to settle"
    QTest.keyClick(sheet.table, Qt.Key.Key_M)
    assert sheet.table.choices == {("adams2001", "pages"): Side.MINE}
    assert sheet.deed.isEnabled()
    assert sheet.deed.text() == "Take 1 change · Write 1 change"
    with qtbot.waitSignal(sheet.agreed) as agreed:
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert agreed.args == [{("adams2001", "pages"): Side.MINE}, False]


def test_what_a_choice_does_to_the_file_is_seen_before_it_is_done(
    sheet: LinkSheet, clashing: Thesis, qtbot: QtBot
) -> None:
    sheet.show_review(read_review(clashing.library, str(clashing.refs)))
    assert sheet.head.text() == "1 conflict"
    assert "pages" not in sheet.diff.toPlainText()
    with qtbot.waitSignal(sheet.settled) as settled:
        QTest.keyClick(sheet.table, Qt.Key.Key_M)
    (choices,) = settled.args
    sheet.show_outcome(choices, read_review(clashing.library, str(clashing.refs), choices))
    assert "-   pages = {3--4},\n+   pages = {7--9}," in sheet.diff.toPlainText()
    assert sheet.deed.text() == "Take 1 change · Write 2 changes"
    QTest.keyClick(sheet.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(sheet.settled) as settled:
        QTest.keyClick(sheet.table, Qt.Key.Key_T)
    sheet.show_outcome(choices, read_review(clashing.library, str(clashing.refs), choices))
    assert sheet.deed.text() == "Take 1 change · Write 1 change", "that was the answer to an earlier choice"
    (choices,) = settled.args
    sheet.show_outcome(choices, read_review(clashing.library, str(clashing.refs), choices))
    assert sheet.deed.text() == "Take 2 changes · Write 1 change"
    assert "pages" not in sheet.diff.toPlainText()


def test_a_conflict_is_red_and_green_once_it_is_settled(
    sheet: LinkSheet, clashing: Thesis, themes: ThemeController
) -> None:
    sheet.show_review(read_review(clashing.library, str(clashing.refs)))
    # The colours of the selected line are those of the selection.
    sheet.table.clearSelection()
    assert _shows(sheet, themes.theme.danger)
    sheet.table.choose(0, Side.MINE)
    sheet.table.clearSelection()
    assert _shows(sheet, themes.theme.success)


def _shows(sheet: LinkSheet, colour: str) -> bool:
    """True when the first cell of the table has a pixel of this colour."""
    place = sheet.table.visualRect(sheet.table.model().index(0, 0))
    picture = sheet.table.viewport().grab(place).toImage()
    wanted = qcolor(colour).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_nothing_is_offered_before_the_file_was_read(sheet: LinkSheet) -> None:
    assert (sheet.deed.text(), sheet.deed.isEnabled()) == ("Reading…", False)
    assert not sheet.mine.isVisible()
    assert not sheet.theirs.isVisible()


def test_a_click_on_a_side_settles_it(sheet: LinkSheet, clashing: Thesis) -> None:
    sheet.show_review(read_review(clashing.library, str(clashing.refs)))
    sheet.table.cellClicked.emit(0, 5)
    assert sheet.table.choices == {("adams2001", "pages"): Side.THEIRS}
    sheet.mine.click()
    assert sheet.table.choices == {("adams2001", "pages"): Side.MINE}
    sheet.theirs.click()
    assert sheet.table.choices == {("adams2001", "pages"): Side.THEIRS}
    item = sheet.table.item(0, 4)
    assert item is not None
    assert item.font().strikeOut()


def test_red_and_green_have_signs_too(sheet: LinkSheet, thesis: Thesis) -> None:
    thesis.edit("adams2001", pages="7--9")
    sheet.show_review(read_review(thesis.library, str(thesis.refs)))
    assert "-   pages = {1--2},\n+   pages = {7--9}," in sheet.diff.toPlainText()
    assert sheet.deed.text() == "Write 1 change"
    assert not sheet.mine.isVisible()


def test_a_file_in_step_has_nothing_to_do(sheet: LinkSheet, thesis: Thesis) -> None:
    sheet.show_review(read_review(thesis.library, str(thesis.refs)))
    assert (sheet.head.text(), sheet.deed.text(), sheet.deed.isEnabled()) == ("In step", "Nothing to do", False)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.isVisible()


def test_a_paused_file_says_why(sheet: LinkSheet, thesis: Thesis) -> None:
    thesis.write("<<<<<<< a\n=======\n>>>>>>> b\n")
    sheet.show_review(read_review(thesis.library, str(thesis.refs)))
    assert sheet.head.text() == "Paused · conflict markers stand in the file"
    assert not sheet.deed.isEnabled()


def test_after_an_undo_the_buttons_say_which_side_stays(sheet: LinkSheet, clashing: Thesis) -> None:
    sheet.show_review(read_review(clashing.library, str(clashing.refs)))
    assert (sheet.mine.text(), sheet.theirs.text()) == ("All &mine", "All &theirs")
    clashing.sync({("", ""): Side.THEIRS})
    clashing.library.undo()
    review = read_review(clashing.library, str(clashing.refs))
    assert review.status.badge == "differs"
    sheet.show_review(review)
    assert (sheet.mine.text(), sheet.theirs.text()) == ("Write &mine", "Keep &theirs")
    assert sheet.head.text() == "Differs: what was undone here still stands in the file"
