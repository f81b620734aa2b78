"""A key that waits is said to wait wherever it would stand: list, details, preview; citing makes it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.ui.table.columns import column_named
from refman.ui.wording import KEY_WAITS
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, Person


def _library_of_one(path: Path) -> Path:
    """A library with a paper whose key waits."""
    Wiring().create_library(str(path))
    library = Wiring().open_library(str(path))
    library.new_paper("misc", {"title": "Half a Thought"})
    library.close()
    return path


def _selects_it(person: Person) -> None:
    person.sees_papers(1)
    person.clicks_row(0)
    person.sees(lambda: person.context.detail.paper_ids == [PaperId(1)])
    person.sees(lambda: person.context.detail.paper_tab.form.box("key").isVisible())


def _ink(person: Person) -> int:
    """How many colours the cell of the key is painted with."""
    table = person.context.table
    cell = table.visualRect(table.papers.index(0, column_named("key") or 0))
    image = table.viewport().grab(cell).toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_a_key_that_waits_says_so_in_list_details_and_preview(open_window: OpenWindow, tmp_path: Path) -> None:
    person = open_window(_library_of_one(tmp_path / "one.refman"))
    _selects_it(person)
    table, detail = person.context.table, person.context.detail
    key = detail.paper_tab.form.box("key").control
    assert isinstance(key, QLineEdit)
    assert (key.text(), key.placeholderText()) == ("", KEY_WAITS)
    cell = table.papers.index(0, column_named("key") or 0)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == KEY_WAITS
    # What is edited and copied is the key, which is not there.
    assert cell.data(Qt.ItemDataRole.EditRole) is None
    assert _ink(person) > 2
    detail.show_tab(detail.bibtex_tab)
    person.sees(detail.bibtex_tab.waits.isVisible)
    assert KEY_WAITS in detail.bibtex_tab.waits.text()
    person.sees(lambda: "Half a Thought" in detail.bibtex_tab.text.toPlainText())


def test_copying_the_citation_makes_the_key(open_window: OpenWindow, tmp_path: Path) -> None:
    person = open_window(_library_of_one(tmp_path / "one.refman"))
    _selects_it(person)
    assert person.context.detail.head.cite.isEnabled()
    person.context.table.setFocus()
    person.presses(Qt.Key.Key_K, CTRL)
    person.sees_message("Copied")
    key = person.clipboard.removeprefix("\\cite{").removesuffix("}")
    assert key
    person.sees(lambda: person.context.detail.paper_tab.form.box("key").editor.value() == key)
    person.sees(lambda: not person.context.detail.bibtex_tab.waits.isVisible())


def test_where_no_key_can_be_made_none_is_copied(open_window: OpenWindow, tmp_path: Path) -> None:
    path = _library_of_one(tmp_path / "folder.refman")
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        person = open_window(path)
        _selects_it(person)
        actions = person.context.actions
        assert actions is not None
        assert not person.context.adapter.is_writable
        person.sees(lambda: not actions.action("cite.copy").isEnabled())
        assert not person.context.detail.head.cite.isEnabled()
    finally:
        tmp_path.chmod(0o700)
