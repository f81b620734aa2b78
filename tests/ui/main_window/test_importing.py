"""Paste, drop and file: whatever comes in, and what is said about it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from refman.app.wiring import Wiring
from refman.services.library import Library
from tests.ui.main_window.person import CTRL, ENTRY, PAGE, SHIFT, Person


def _count(library: Library) -> int:
    return library.sidebar_counts().papers


def test_a_pasted_page_is_shown_first_and_then_imported(person: Person) -> None:
    person.pastes(PAGE.read_text("utf-8"))
    preview = person.dialog("importPreview")
    assert person.knows(_count) == 0
    person.clicks_button("Import 23 papers", preview)
    person.sees_papers(23)
    person.sees_message("23 added")
    assert person.cells("title")[0].startswith("AI Co-Mathematician")
    assert person.knows(lambda library: [p.name for p in library.profiles()]) == ["Lars Buesing"]


def test_undo_in_the_message_takes_the_import_back_and_redo_brings_it_again(reader: Person) -> None:
    reader.clicks_button("Undo")
    reader.sees_papers(0)
    reader.clicks_button("Redo")
    reader.sees_papers(23)


def test_the_same_page_again_adds_nothing(reader: Person) -> None:
    reader.pastes(PAGE.read_text("utf-8"))
    reader.sees_message("already here")
    assert reader.knows(_count) == 23


def test_one_entry_is_imported_at_once_and_selected(reader: Person) -> None:
    reader.pastes(ENTRY)
    reader.sees_papers(24)
    reader.sees(lambda: len(reader.context.selected) == 1 and reader.context.table.current_row is not None)
    row = reader.context.table.current_row
    assert row is not None
    assert (row.key, row.title, row.year) == ("knuth1984", "Literate Programming", "1984")


def test_an_identifier_alone_becomes_a_paper(person: Person) -> None:
    person.pastes("https://doi.org/10.1093/comjnl/27.2.97")
    person.sees_papers(1)
    assert person.knows(lambda library: library.rows([person.context.selected[0]])[0].doi) == "10.1093/comjnl/27.2.97"


def test_links_of_the_pasted_html_become_fields(person: Person) -> None:
    text = PAGE.read_text("utf-8")
    title = "Divide-and-Conquer Monte Carlo Tree Search For Goal-Directed Planning"
    html = f'<html><body><p><a href="https://arxiv.org/abs/2004.11410">{title}</a></p></body></html>'
    person.context.live.change("preview_before_import", False)
    person.pastes(text, html)
    person.sees_papers(23)
    eprints = dict(zip(person.cells("title"), person.cells("eprint"), strict=True))
    assert {title: eprint for title, eprint in eprints.items() if eprint} == {title: "2004.11410"}


def test_text_that_is_nothing_is_refused_with_a_reason_and_changes_nothing(reader: Person) -> None:
    reader.pastes("Dear all,\n\nlunch is at noon.\n")
    reader.sees_message("Clipboard")
    assert reader.knows(_count) == 23


def test_dropped_files_are_imported_and_a_bad_one_does_not_keep_the_good_out(person: Person, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.bib", tmp_path / "bad.bib"
    good.write_text(ENTRY, "utf-8")
    bad.write_bytes(b"\x00\x01\x02\x00" * 100)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, good)])
    person.drops(mime)
    person.sees_papers(1)
    person.sees_message("1 problem")
    person.clicks_button("Show problems")
    person.dialog("problemsDialog").close()


def test_a_dropped_library_is_opened(reader: Person, tmp_path: Path) -> None:
    other = tmp_path / "other.refman"
    Wiring().create_library(str(other))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(other))])
    reader.drops(mime)
    reader.sees(lambda: reader.window.windowTitle() == "other — refman")
    reader.sees_papers(0)


def test_a_system_without_a_clipboard_is_an_empty_clipboard(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
    person.does("edit.paste")
    person.sees_message("no text in the clipboard")


def test_an_empty_clipboard_is_said_to_be_empty(person: Person) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    person.context.table.setFocus()
    person.does("edit.paste")
    person.sees_message("no text in the clipboard")


def test_pasting_into_the_search_box_searches(reader: Person) -> None:
    QGuiApplication.clipboard().setText("planning")
    reader.presses(Qt.Key.Key_F, CTRL)
    reader.presses(Qt.Key.Key_V, CTRL)
    assert reader.context.search.text() == "planning"
    reader.sees(lambda: 0 < reader.context.feed.count < 23)


def test_the_sample_library_has_papers(person: Person) -> None:
    person.clicks_button("Try the sample library")
    person.sees(lambda: person.context.feed.count > 5)
    assert person.window.windowTitle() == "sample — refman"


def test_an_import_can_be_undone_by_key_also_after_a_restart(reader: Person) -> None:
    reader.sees(lambda: reader.context.actions is not None and reader.context.actions.action("edit.undo").isEnabled())
    assert reader.context.actions is not None
    assert reader.context.actions.action("edit.undo").text().startswith("&Undo Import")
    actions = reader.context.actions
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(0)
    # The list and the names of the steps are read side by side.
    reader.sees(lambda: actions.action("edit.redo").isEnabled())
    reader.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    reader.sees_papers(23)


_MANY = 20_000
"""So many that a fast machine is still importing when it is looked at."""


def _many(count: int = _MANY) -> str:
    return "".join(f"@misc{{k{i}, title = {{Title number {i} of {count}}}, year = 2020}}\n" for i in range(count))


def test_a_big_import_does_not_hold_up_an_edit(reader: Person, tmp_path: Path) -> None:
    big = tmp_path / "big.bib"
    big.write_text(_many(), "utf-8")
    reports: list[object] = []
    reader.context.imports.imported.connect(reports.append)
    reader.context.imports.take_files([big])
    reader.sees(lambda: reader.window.status.progress.isVisible())
    paper_id = reader.context.table.papers.id_at(0)
    assert paper_id is not None
    reader.sees(lambda: any("Importing" in name for name in _work(reader)))
    edited: list[bool] = []
    reader.context.adapter.write(
        lambda library: library.edit(paper_id, {"title": "Meanwhile"}),
        lambda _: edited.append(not reports),
        owner=reader.window,
    )
    reader.sees(lambda: bool(edited))
    assert edited == [True]
    reader.sees_papers(_MANY + 23)
    assert reader.knows(lambda library: library.rows([paper_id])[0].title) == "Meanwhile"


def test_a_stopped_import_leaves_nothing(reader: Person, tmp_path: Path) -> None:
    big = tmp_path / "big.bib"
    big.write_text(_many(), "utf-8")
    reader.context.imports.take_files([big])
    reader.sees(lambda: any("Importing" in name for name in _work(reader)))
    stop = next(b for b in reader.window.status.progress.findChildren(QToolButton) if b.isVisible())
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    reader.sees_message("Stopped")
    reader.sees(lambda: not _work(reader))
    assert reader.knows(_count) == 23


def test_closing_while_something_is_imported_asks_first(reader: Person, tmp_path: Path, library: Path) -> None:
    big = tmp_path / "big.bib"
    big.write_text(_many(), "utf-8")
    reader.context.imports.take_files([big])
    reader.sees(lambda: any("Importing" in name for name in _work(reader)))
    assert not reader.window.close()
    reader.clicks_button("Keep importing", reader.dialog("confirmDialog"))
    assert reader.window.isVisible()
    assert not reader.window.close()
    reader.clicks_button("Stop and take back", reader.dialog("confirmDialog"))
    reader.sees(lambda: not reader.window.isVisible())
    again = Wiring().open_library(str(library))
    assert _count(again) == 23
    again.close()


def test_the_question_goes_when_the_import_has_ended_under_it(reader: Person, tmp_path: Path) -> None:
    big = tmp_path / "big.bib"
    big.write_text(_many(), "utf-8")
    reader.context.imports.take_files([big])
    reader.sees(lambda: any("Importing" in name for name in _work(reader)))
    assert not reader.window.close()
    question = reader.dialog("confirmDialog")
    gone: list[int] = []
    question.destroyed.connect(lambda: gone.append(1))
    reader.sees_papers(_MANY + 23)
    reader.sees(lambda: bool(gone))
    assert reader.window.isVisible() and "20,000 added" in reader.message
    assert reader.window.close()


def _work(reader: Person) -> list[str]:
    """What the status bar says is going on."""
    strip = reader.window.status.progress
    return [label.text() for label in strip.findChildren(QLabel) if strip.isVisible()]
