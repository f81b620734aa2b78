"""Typed BibTeX that does not parse is not lost: not by another paper, and not by the end of the program."""

from pathlib import Path

from PySide6.QtGui import QTextCursor

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.entries.typed_drafts import draft_folder
from refman.ui.detail.raw_entry import RawEntryPane
from refman.ui.detail.tabs import DetailTabs
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import Person


def _library(path: Path) -> Path:
    Wiring().create_library(str(path))
    library = Wiring().open_library(str(path))
    for key in ("one", "two"):
        library.new_paper("misc", {"key": key, "title": f"Paper {key}"})
    library.close()
    return path


def _goes_to(person: Person, key: str) -> None:
    """Clicks the row of a paper, and its tab BibTeX."""
    detail = person.context.detail
    person.sees_papers(2)
    person.clicks_row(person.cells("key").index(key))
    person.sees(lambda: len(detail.paper_ids) == 1)
    detail.show_tab(detail.bibtex_tab)
    person.sees(lambda: f"{{{key}," in (detail.bibtex_tab.text.toPlainText()) and detail.bibtex_tab.edit.isEnabled())


def _edits(person: Person, key: str) -> RawEntryPane:
    _goes_to(person, key)
    tab = person.context.detail.bibtex_tab
    tab.edit.click()
    person.sees(lambda: tab.is_editing)
    assert f"{{{key}," in tab.raw.part.editor.toPlainText()
    return tab.raw.part


def _types_at_the_end(person: Person, raw: RawEntryPane, text: str) -> str:
    raw.editor.setFocus()
    raw.editor.moveCursor(QTextCursor.MoveOperation.End)
    person.types(text)
    return raw.editor.toPlainText()


def _tabs(person: Person) -> list[str]:
    tabs = person.window.findChild(DetailTabs)
    assert isinstance(tabs, DetailTabs)
    return [tabs.tabText(number) for number in range(tabs.count())]


def test_what_does_not_parse_comes_back_with_its_paper(open_window: OpenWindow, tmp_path: Path) -> None:
    person = open_window(_library(tmp_path / "two.refman"))
    raw = _edits(person, "one")
    typed = _types_at_the_end(person, raw, " @misc{")
    _goes_to(person, "two")
    person.sees_message("is kept as a draft")
    assert "BibTeX" in _tabs(person)
    tab = person.context.detail.bibtex_tab
    person.clicks_row(person.cells("key").index("one"))
    person.sees(lambda: tab.is_editing and raw.editor.toPlainText() == typed)
    person.sees(raw.says.isVisible)
    person.sees(lambda: "BibTeX •" in _tabs(person))
    # Mended and saved, it leaves no draft behind.
    raw.editor.setPlainText(typed.removesuffix(" @misc{").replace("Paper one", "Paper 1"))
    person.sees(lambda: raw.save.isEnabled() and not raw.says.isVisible())
    raw.save.click()
    person.sees_message("BibTeX of one changed")
    person.sees(lambda: not draft_folder(tmp_path / "two.refman").exists())
    person.sees(lambda: "BibTeX" in _tabs(person))


def test_what_does_not_parse_outlives_the_program(open_window: OpenWindow, tmp_path: Path) -> None:
    path = _library(tmp_path / "two.refman")
    person = open_window(path)
    raw = _edits(person, "two")
    typed = _types_at_the_end(person, raw, "}}")
    person.window.close()
    again = open_window(path)
    detail = again.context.detail
    again.sees_papers(2)
    again.clicks_row(again.cells("key").index("two"))
    again.sees(lambda: len(detail.paper_ids) == 1)
    detail.show_tab(detail.bibtex_tab)
    again.sees(lambda: detail.bibtex_tab.is_editing)
    assert detail.bibtex_tab.raw.part.editor.toPlainText() == typed
    assert set(again.cells("title")) == {"Paper one", "Paper two"}


def test_what_is_right_is_saved_when_the_window_closes(open_window: OpenWindow, tmp_path: Path) -> None:
    path = _library(tmp_path / "two.refman")
    person = open_window(path)
    raw = _edits(person, "two")
    raw.editor.setPlainText(raw.editor.toPlainText().replace("Paper two", "Paper 2"))
    person.window.close()
    library = Wiring().open_library(str(path))
    titles = {paper.plain("title") for paper in library.papers([PaperId(number) for number in library.ids(Listing())])}
    library.close()
    assert titles == {"Paper one", "Paper 2"}
    assert not draft_folder(path).exists()
