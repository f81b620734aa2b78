"""The table of bad input in the window: one sentence in the bar or on the page, nothing lost, no crash dialog."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QPushButton

from refman.domain.listing import Listing
from refman.domain.settings import ExportFormat
from refman.ui.dialogs.export import ExportRequest
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import ENTRY, PAGE, Person

Give = Callable[[Person, Path], None]


def _drop(person: Person, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    person.drops(mime)


def _import(person: Person, path: Path) -> None:
    person.does("file.import")
    dialog = person.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit([str(path)])
    dialog.close()


def _paste(person: Person, path: Path) -> None:
    person.pastes(path.read_text("utf-8"))


@pytest.fixture(autouse=True)
def _no_crash_dialog() -> Iterator[None]:
    yield
    assert [w for w in QApplication.topLevelWidgets() if w.objectName() == "crashDialog" and w.isVisible()] == []


@pytest.mark.parametrize("give", [_drop, _import])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n\x00\x01", "is a PDF, not text; choose a text file"),
        (b"\x00\x01\x02\xff" * 100, "is a binary file, not text; choose a text file"),
        (b"", "it is empty. Choose another file"),
        (b"Dear diary, nothing to cite today.", "the formats tried are author page (profile), BibTeX (bibtex)"),
    ],
)
def test_a_file_that_gives_no_paper(person: Person, tmp_path: Path, give: Give, content: bytes, said: str) -> None:
    path = tmp_path / "input.txt"
    path.write_bytes(content)
    give(person, path)
    person.sees_message(said)
    assert "input.txt" in person.message
    assert person.knows(lambda library: (library.sidebar_counts().papers, library.history())) == (0, [])


@pytest.mark.parametrize("give", [_drop, _import, _paste])
def test_a_page_without_papers(person: Person, tmp_path: Path, give: Give) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.read_text("utf-8").split("23 Papers")[0], "utf-8")
    give(person, path)
    person.sees_message("was read as author page (profile) and holds no paper")
    assert "The page says 23 papers, but 0 were found." in person.message
    assert person.knows(lambda library: library.history()) == []


@pytest.mark.parametrize("give", [_drop, _import, _paste])
def test_a_broken_entry_does_not_keep_the_others_out(person: Person, tmp_path: Path, give: Give) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@article{broken, title = {never closed\n\n" + ENTRY + "\n", "utf-8")
    give(person, path)
    person.sees_papers(1)
    person.sees_message("1 problem")
    person.clicks_button("Show problems")
    problems = person.dialog("problemsDialog")
    view = problems.findChild(QPlainTextEdit)
    assert view is not None
    (line,) = view.toPlainText().splitlines()
    assert line.endswith(":1: The value of title is not closed; the entry is kept as text.")
    person.clicks_button("Copy", problems)
    assert person.clipboard == line
    problems.close()


def test_a_device_without_end_is_refused(person: Person) -> None:
    _drop(person, Path("/dev/zero"))
    person.sees_message('"/dev/zero" is a binary file')


def _page_text(person: Person) -> str:
    person.sees(lambda: person.window.pages.page.value == "trouble")
    return " ".join(label.text() for label in person.window.pages.findChildren(QLabel) if label.isVisible())


def test_a_newer_library_is_left_alone(open_window: OpenWindow, library: Path) -> None:
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = hashlib.sha256(library.read_bytes()).hexdigest()
    person = open_window(library)
    text = _page_text(person)
    assert "newer" in text and str(library) in text
    assert hashlib.sha256(library.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("content", [b"Dear diary", b"", b"SQLite format 3\0" + b"x" * 100])
def test_what_is_no_library_is_named(open_window: OpenWindow, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.refman"
    path.write_bytes(content)
    text = _page_text(open_window(path))
    assert "This is not a refman library" in text and str(path) in text
    assert path.read_bytes() == content


def _main_way(person: Person) -> str:
    """The one button that the page offers first: it looks like it and has the focus, so that Enter does it."""
    (main,) = [
        one
        for one in person.window.pages.findChildren(QPushButton)
        if one.isVisible() and one.property("kind") == "primary"
    ]
    person.sees(main.hasFocus)
    return main.text()


def test_a_damaged_library_is_left_alone_and_restored_from_here(reader: Person, open_window: OpenWindow) -> None:
    path = Path(reader.context.adapter.location)
    copy = path.with_name("harmed.refman")
    reader.knows(lambda library: library.backup(copy))
    with copy.open("r+b") as file:
        file.seek(100)
        file.write(b"\xfe" * 8000)
    before = copy.read_bytes()
    second = open_window(copy)
    text = _page_text(second)
    assert "The library is damaged" in text and str(copy) in text and "Restore a backup" in text
    # What a person types into a terminal helps nobody here.
    assert "refman restore" not in text
    assert _main_way(second) == "Restore a backup…"
    assert copy.read_bytes() == before


def test_of_a_library_that_is_gone_another_place_is_offered_first(open_window: OpenWindow, tmp_path: Path) -> None:
    person = open_window(tmp_path / "gone.refman")
    assert "There is no file at" in _page_text(person)
    assert _main_way(person) == "Locate…"
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_program_is_named(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "other.refman"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = path.read_bytes()
    assert f"{path} is something else" in _page_text(open_window(path))
    assert path.read_bytes() == before


def test_a_library_that_can_only_be_read_imports_nothing_and_says_so(reader: Person, open_window: OpenWindow) -> None:
    path = Path(reader.context.adapter.location)
    copy = path.with_name("copy.refman")
    reader.knows(lambda library: library.backup(copy))
    copy.chmod(0o444)
    second = open_window(copy)
    second.sees_papers(23)
    second.sees_message(f"{copy} can only be read")
    second.sees_message("give yourself the right to write")
    second.context.imports.take_files([PAGE.absolute()])
    second.sees_message("can only be read; nothing was imported")
    actions = second.context.actions
    assert actions is not None
    assert not actions.action("file.import").isEnabled()


@pytest.mark.parametrize("way", ["itself", "symlink", "hard link"])
def test_an_export_over_the_library_is_refused(reader: Person, library: Path, tmp_path: Path, way: str) -> None:
    target = library if way == "itself" else tmp_path / "refs.bib"
    if way == "symlink":
        target.symlink_to(library)
    if way == "hard link":
        os.link(library, target)
    reader.context.dialogs._export(ExportRequest(Listing(), 23, ExportFormat.BIBTEX, target))
    reader.sees_message("no export replaces it; choose another file")
    assert str(target) in reader.message
    if way == "hard link":
        target.unlink()
    assert reader.knows(lambda found: found.sidebar_counts().papers) == 23


def test_a_full_disk_leaves_the_old_export(reader: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("refman.services.export_target.os.fsync", full)
    reader.context.dialogs._export(ExportRequest(Listing(), 23, ExportFormat.BIBTEX, target))
    reader.sees_message(f"There is no room to write {target}")
    assert target.read_text() == "old"
