"""Linked files in the window: link, see a badge, write, take what others changed."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from refman.domain.links import WriteWhen
from refman.services.linking.facade import links_of
from refman.services.linking.link_status import LinkState
from refman.services.linking.linking import LinkOptions
from refman.ui.commands.links import link_path
from refman.ui.linked.joint import LinkJoint
from refman.ui.linked.sheet import LinkSheet
from tests.guards.gui_thread import GuiThreadGuard
from tests.services.linking.thesis import REFS
from tests.ui.main_window.person import Person


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    """A file of three entries."""
    path = tmp_path / "refs.bib"
    path.write_text(REFS)
    return path


def _badge(person: Person) -> str:
    rows = person.context.sidebar.model
    first = rows.row_of(rows.index(0, 0, rows.index(0, 0)))
    return first.badge if first else ""


def _link(person: Person, refs: Path) -> None:
    link_path(person.context, refs)
    person.sees_papers(3)
    person.sees_message("every key kept")
    person.sees(lambda: _badge(person) == "in step")


def _edit(person: Person, key: str, **fields: str) -> None:
    person.context.adapter.write(
        lambda library: library.edit(library.ids_of_keys([key])[key], fields), owner=person.window
    )


def _sheet(person: Person) -> LinkSheet:
    person.sees(lambda: person.window.findChild(LinkSheet) is not None)
    sheet = person.window.findChild(LinkSheet)
    assert isinstance(sheet, LinkSheet)
    person.sees(sheet.deed.isEnabled)
    return sheet


def test_one_correction_is_one_line_of_the_file(person: Person, refs: Path) -> None:
    _link(person, refs)
    assert person.context.sidebar.model.index(0, 0).data() == "Linked files"
    _edit(person, "adams2001", pages="7--9")
    person.sees(lambda: _badge(person) == "1 to write")
    person.context.sidebar.tree.setCurrentIndex(person.context.sidebar.model.find(f"link:{str(refs).lower()}"))
    person.context.sidebar.tree.setFocus()
    QTest.keyClick(person.context.sidebar.tree, Qt.Key.Key_Return)
    sheet = _sheet(person)
    assert sheet.deed.text() == "Write 1 change"
    assert refs.read_text() == REFS
    sheet.deed.click()
    person.sees(lambda: refs.read_text() == REFS.replace("{1--2}", "{7--9}"))
    person.sees(lambda: _badge(person) == "in step")


def test_a_change_of_others_is_noticed_and_taken(person: Person, refs: Path) -> None:
    _link(person, refs)
    other = refs.with_suffix(".new")
    other.write_text(REFS.replace("{1--2}", "{33--44}"))
    os.replace(other, refs)
    person.sees(lambda: _badge(person) == "1 to take")
    other.write_text(REFS.replace("{1--2}", "{55--666}"))
    os.replace(other, refs)
    person.context.sidebar.link_chosen.emit(str(refs))
    sheet = _sheet(person)
    sheet.deed.click()
    person.sees_message("1 field changed")
    person.sees(lambda: _badge(person) == "in step")
    papers = person.window.joints.links.statuses
    assert [status.state for status in papers] == [LinkState.IN_STEP]


def test_a_file_that_is_written_when_idle(person: Person, refs: Path) -> None:
    _link(person, refs)
    options = LinkOptions(when=WriteWhen.IDLE)
    done: list[object] = []
    person.context.adapter.read(lambda library: links_of(library).link(refs, options), done.append, owner=person.window)
    person.sees(lambda: bool(done))
    _edit(person, "adams2001", pages="7--9")
    person.qtbot.waitUntil(lambda: "{7--9}" in refs.read_text(), timeout=20_000)


def test_two_files_of_one_name_are_told_apart_by_their_folders(person: Person, tmp_path: Path) -> None:
    for folder in ("thesis", "article"):
        path = tmp_path / folder / "refs.bib"
        path.parent.mkdir()
        path.write_text(REFS)
        link_path(person.context, path)
    rows = person.context.sidebar.model
    person.sees(lambda: rows.rowCount(rows.index(0, 0)) == 2)
    names = {rows.index(row, 0, rows.index(0, 0)).data() for row in range(2)}
    assert names == {"thesis/refs.bib", "article/refs.bib"}


def test_a_library_without_linked_files_has_no_heading(reader: Person) -> None:
    assert reader.context.sidebar.model.index(0, 0).data() == "Library"


def test_nothing_is_read_on_the_gui_thread(gui_thread_guard: GuiThreadGuard, person: Person, refs: Path) -> None:
    _link(person, refs)
    _edit(person, "adams2001", pages="7--9")
    person.sees(lambda: _badge(person) == "1 to write")
    person.context.sidebar.link_chosen.emit(str(refs))
    _sheet(person).deed.click()
    person.sees(lambda: _badge(person) == "in step")


def test_the_lines_of_the_file_follow_the_choice(person: Person, refs: Path) -> None:
    _link(person, refs)
    _edit(person, "adams2001", pages="7--9")
    refs.write_text(REFS.replace("{1--2}", "{33--44}"))
    person.sees(lambda: _badge(person) == "conflict")
    person.context.sidebar.link_chosen.emit(str(refs))
    person.sees(lambda: person.window.findChild(LinkSheet) is not None)
    sheet = person.window.findChild(LinkSheet)
    assert isinstance(sheet, LinkSheet)
    person.sees(lambda: sheet.deed.text() == "1 conflict to settle")
    assert sheet.diff.isHidden()
    QTest.keyClick(sheet.table, Qt.Key.Key_M)
    person.sees(lambda: sheet.deed.text() == "Write 1 change")
    assert "+   pages = {7--9}," in sheet.diff.toPlainText()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    person.sees(lambda: refs.read_text() == REFS.replace("{1--2}", "{7--9}"))


_UGLY = '@article{aaa2020, TITLE="An Ugly Entry", Author="Doe, Jane", JOURNAL="Journal of Machine Learning Research"}'


def test_what_was_pasted_is_put_into_the_file_in_its_own_style(person: Person, refs: Path) -> None:
    _link(person, refs)
    person.pastes(_UGLY)
    person.sees_papers(4)
    person.sees_message("1 added")
    assert refs.read_text() == REFS
    person.clicks_button("Put into refs.bib…")
    sheet = _sheet(person)
    assert sheet.deed.text() == "Write 1 change"
    assert [sheet.table.model().index(0, column).data() for column in (0, 1, 4)] == [
        "New in file",
        "aaa2020",
        "An Ugly Entry",
    ]
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    person.sees(lambda: refs.read_text().startswith(f"{REFS}\n@article{{aaa2020,\n"))
    assert "  journal = jmlr,\n" in refs.read_text()
    person.sees(lambda: _badge(person) == "in step")


def test_selected_papers_are_put_into_the_file_they_are_for(person: Person, refs: Path) -> None:
    person.pastes(_UGLY)
    person.sees_papers(1)
    person.clicks_row(0)
    person.does("links.put")
    person.sees_message("No linked file takes single papers.")
    link_path(person.context, refs)
    person.sees(lambda: _badge(person) == "in step")
    other = refs.with_name("other.bib")
    other.write_text("")
    link_path(person.context, other)
    joint = person.context.links
    assert joint is not None
    person.sees(lambda: len(joint.takers()) == 2)
    person.clicks_row(person.cells("key").index("aaa2020"))
    person.does("links.put")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["other.bib", "refs.bib"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert _sheet(person).windowTitle() == "other.bib"
    QTest.keyClick(_sheet(person), Qt.Key.Key_Return)
    person.sees(lambda: "aaa2020" in other.read_text())
    assert refs.read_text() == REFS


def test_a_pasted_paper_that_is_not_searched_for_can_be_shown(person: Person, refs: Path) -> None:
    _link(person, refs)
    person.context.search.setText("Baker")
    person.sees_papers(1)
    person.pastes(_UGLY)
    person.sees_message("1 added")
    person.clicks_button("Show")
    person.sees_papers(4)
    wanted = person.knows(lambda library: library.ids_of_keys(["aaa2020"])["aaa2020"])
    person.sees(lambda: person.context.table.current_id == wanted)


@pytest.mark.parametrize("place", ["main.tex", "../main.tex"])
def test_the_project_that_a_file_lies_in_is_one_click_away(person: Person, refs: Path, place: str) -> None:
    folder = refs.parent / "thesis" / "bib"
    folder.mkdir(parents=True)
    file = folder / "refs.bib"
    file.write_text(REFS)
    source = (folder / place).resolve()
    source.write_text("\\cite{adams2001,nobody}")
    link_path(person.context, file)
    person.clicks_button(f"Link the project {source.parent.name}")
    joint = person.context.links
    assert isinstance(joint, LinkJoint)
    person.sees(lambda: [one.project for one in joint.statuses] == [str(source.parent)])
    person.sees(lambda: _badge(person) == "1 missing")
