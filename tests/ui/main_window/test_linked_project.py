"""The project of a linked file in the window, the settings of a link, and values that are used everywhere."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from refman.domain.links import Direction, WriteWhen
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.link_status import LinkStatus
from refman.services.linking.linking import LinkOptions
from refman.ui.linked.joint import LinkJoint
from refman.ui.linked.project_sheet import ProjectSheet
from refman.ui.linked.settings_sheet import LinkSettingsSheet
from refman.ui.linked.sheet import LinkSheet
from tests.services.linking.thesis import REFS
from tests.ui.main_window.person import Person

_TEX = "\\cite{adms2001,baker2002}\n\\cite{unknown99}\n"


@pytest.fixture
def thesis(person: Person, tmp_path: Path) -> Path:
    """A linked project with a typo, an unknown key and a warning of BibTeX."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(REFS)
    (folder / "main.tex").write_text(_TEX)
    (folder / "main.blg").write_text("Warning--empty publisher in baker2002\n")
    _link(person, folder / "refs.bib", LinkOptions(project=str(folder)))
    person.sees_papers(3)
    return folder


def _link(person: Person, path: Path, options: LinkOptions) -> None:
    done: list[object] = []
    person.context.adapter.work(lambda library, _: links_of(library).link(path, options), done.append)
    person.sees(lambda: bool(done))
    person.context.adapter.look_for_changes()
    person.sees(lambda: any(one.path == str(path) for one in _statuses(person)))


def _statuses(person: Person) -> list[LinkStatus]:
    joint = person.window.findChild(LinkJoint)
    assert isinstance(joint, LinkJoint)
    return list(joint.statuses)


def _sheet(person: Person, kind: type[QWidget]) -> QWidget:
    person.sees(lambda: any(one.isVisible() for one in person.window.findChildren(kind)))
    return next(one for one in person.window.findChildren(kind) if one.isVisible())


def test_enter_mends_the_source(person: Person, thesis: Path) -> None:
    person.context.sidebar.link_chosen.emit(str(thesis / "refs.bib"))
    sheet = _sheet(person, ProjectSheet)
    assert isinstance(sheet, ProjectSheet)
    person.sees(sheet.deed.isEnabled)
    assert sheet.head.text() == "thesis: 3 cited, 2 missing, 2 unused, 1 warning"
    assert sheet.deed.text() == "Write adams2001"
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    person.sees(lambda: (thesis / "main.tex").read_text() == _TEX.replace("adms", "adams"))
    person.sees(lambda: "1 missing" in sheet.head.text())
    assert [sheet.table.model().index(row, 1).data() for row in range(2)] == ["unknown99", "baker2002"]
    assert not sheet.deed.isEnabled()
    assert sheet.deed.toolTip() == "No paper of the library has this key"
    assert sheet.table.model().index(0, 3).data() == "Nowhere to be found"
    sheet.table.setCurrentCell(1, 0)
    assert (sheet.deed.text(), sheet.deed.toolTip()) == ("Show the paper", "")
    sheet.deed.click()
    row = person.cells("key").index("baker2002")
    person.sees(lambda: [index.row() for index in person.context.table.selectionModel().selectedRows()] == [row])
    assert person.context.actions is not None
    undo = person.context.actions.action("edit.undo")
    person.sees(undo.isEnabled)
    undo.trigger()
    person.sees_message("Undone: Rename the key adms2001 to adams2001 (1 file)")
    assert (thesis / "main.tex").read_text() == _TEX


def test_logs_of_other_documents_are_not_those_of_a_main_file(person: Person, thesis: Path) -> None:
    for name in ("main", "slides"):
        (thesis / f"{name}.tex").write_text("\\documentclass{article}\n\\bibliography{refs}\n" + _TEX)
    (thesis / "slides.blg").write_bytes((thesis / "main.blg").read_bytes())
    _link(person, thesis / "refs.bib", LinkOptions(project=str(thesis / "main.tex")))
    person.context.sidebar.link_chosen.emit(str(thesis / "refs.bib"))
    sheet = _sheet(person, ProjectSheet)
    assert isinstance(sheet, ProjectSheet)
    person.sees(lambda: sheet.head.text().endswith("1 warning"))


def test_what_enter_mends_stands_at_the_top(person: Person, thesis: Path) -> None:
    (thesis / "main.tex").write_text("\\cite{aaa,adms2001}\n")
    person.context.sidebar.link_chosen.emit(str(thesis))
    sheet = _sheet(person, ProjectSheet)
    assert isinstance(sheet, ProjectSheet)
    person.sees(lambda: sheet.deed.text() == "Write adams2001" and sheet.deed.isEnabled())
    assert [sheet.table.model().index(row, 1).data() for row in range(2)] == ["adms2001", "aaa"]
    sheet.close()


def test_a_line_opens_in_the_editor(person: Person, thesis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = thesis / "texstudio"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@" > "$0.said"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{thesis}:/bin:/usr/bin")
    person.context.sidebar.link_chosen.emit(str(thesis / "refs.bib"))
    sheet = _sheet(person, ProjectSheet)
    assert isinstance(sheet, ProjectSheet)
    person.sees(sheet.jump.isEnabled)
    sheet.table.setCurrentCell(1, 0)
    sheet.jump.click()
    said = thesis / "texstudio.said"
    person.sees(lambda: said.exists() and said.read_text() == f"--line|2|{thesis / 'main.tex'}|")
    sheet.close()


def test_settings_are_saved(person: Person, thesis: Path) -> None:
    person.context.sidebar.link_chosen.emit(str(thesis / "refs.bib"))
    project = _sheet(person, ProjectSheet)
    assert isinstance(project, ProjectSheet)
    person.sees(project.deed.isEnabled)
    project.review.click()
    review = _sheet(person, LinkSheet)
    assert isinstance(review, LinkSheet)
    person.sees(lambda: review.table.rowCount() == 2)
    review.settings.click()
    sheet = _sheet(person, LinkSettingsSheet)
    assert isinstance(sheet, LinkSettingsSheet)
    assert sheet.project.text() == str(thesis)
    sheet.query.setText("in:nowhere")
    assert not sheet.save.isEnabled()
    sheet.query.setText("tag:thesis")
    sheet.when.setCurrentIndex(sheet.when.findData("idle"))
    sheet.direction.setCurrentIndex(sheet.direction.findData("to-file"))
    sheet.save.click()

    wanted = ("tag:thesis", WriteWhen.IDLE, Direction.TO_FILE)
    person.sees(lambda: person.knows(_options) == wanted)


def _options(library: Library) -> tuple[str, WriteWhen, Direction]:
    [link] = library.linked_files()
    return link.query, link.when, link.direction


def test_a_value_is_used_everywhere(person: Person, thesis: Path) -> None:
    other = thesis / "other.bib"
    other.write_text(REFS.replace("{1--2}", "{3--4}"))
    _link(person, other, LinkOptions())
    person.context.sidebar.link_chosen.emit(str(other))
    sheet = _sheet(person, LinkSheet)
    assert isinstance(sheet, LinkSheet)
    person.sees(sheet.everywhere.isEnabled)
    QTest.keyClick(sheet.table, Qt.Key.Key_U)
    person.sees_message("1 field of other.bib used everywhere")
    person.sees(lambda: sheet.table.rowCount() == 0)
    sheet.close()
    person.sees(lambda: any("1 to write" in one.badge for one in _statuses(person)))
