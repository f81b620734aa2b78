"""The window beside other programs, and libraries that cannot be had."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from refman.app.places import places
from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.services.library import Library
from tests.guards.gui_thread import GuiThreadGuard
from tests.guards.watchdog import Watchdog
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, PAGE, Person


def test_what_others_write_is_shown_and_the_selection_kept(reader: Person, library: Path) -> None:
    reader.clicks_row(4)
    chosen = reader.context.selected
    other = Wiring().open_library(str(library))
    other.new_paper("misc", {"title": "Written elsewhere"})
    reader.sees_papers(24)
    other.edit(PaperId(chosen[0]), {"title": "Changed elsewhere"})
    reader.sees(lambda: "Changed elsewhere" in reader.cells("title"))
    assert reader.context.selected == chosen
    other.undo()
    other.undo()
    reader.sees_papers(23)
    assert "Changed elsewhere" not in reader.cells("title")
    other.close()


def _types_a_title(reader: Person, text: str) -> QLineEdit:
    reader.presses(Qt.Key.Key_F2)
    reader.sees(lambda: reader.context.table.is_editing)
    (editor,) = reader.context.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    return editor


def test_a_cell_is_not_written_over_what_another_program_wrote_meanwhile(reader: Person, library: Path) -> None:
    reader.clicks_row(4)
    (chosen,) = reader.context.selected
    editor = _types_a_title(reader, "Mine")
    other = Wiring().open_library(str(library))
    other.edit(chosen, {"title": "Theirs"})
    QTest.keyClick(editor, Qt.Key.Key_Return)
    reader.sees_message("“Mine” was not saved.")
    stored = other.paper(chosen)
    assert stored is not None and stored.plain("title") == "Theirs"
    reader.clicks_button("Keep mine")
    reader.sees(lambda: "Mine" in reader.cells("title"))
    assert reader.context.table.current_id == chosen
    other.close()


def test_a_second_edit_before_the_first_is_stored_is_no_conflict(reader: Person) -> None:
    reader.clicks_row(4)
    (chosen,) = reader.context.selected
    saves = reader.context.table.delegate.edited
    seen = reader.cells("title")[4]
    saves.emit(chosen, "title", "First", seen)
    saves.emit(chosen, "title", "Second", seen)
    reader.sees(lambda: "Second" in reader.cells("title"))


def test_a_step_of_another_program_is_undone_here(reader: Person, library: Path) -> None:
    other = Wiring().open_library(str(library))
    other.new_paper("misc", {"title": "Written elsewhere"})
    other.close()
    reader.sees_papers(24)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)


def test_a_missing_library_shows_a_page_and_can_be_made_elsewhere(open_window: OpenWindow, tmp_path: Path) -> None:
    person = open_window(tmp_path / "gone.refman")
    person.sees(lambda: person.window.pages.page.value == "trouble")
    assert not (tmp_path / "gone.refman").exists()
    person.clicks_button("New library…")
    dialog = person.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "new.refman"))
    person.sees(lambda: person.window.pages.page.value == "empty")
    assert person.window.windowTitle() == "new — refman"


def test_a_library_is_located(open_window: OpenWindow, library: Path, tmp_path: Path) -> None:
    person = open_window(tmp_path / "gone.refman")
    person.sees(lambda: person.window.pages.page.value == "trouble")
    person.clicks_button("Locate…")
    dialog = person.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(library))
    person.sees(lambda: person.window.windowTitle() == "mine — refman")


def test_a_file_that_is_no_library_is_left_alone(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "broken.refman"
    path.write_bytes(b"this is no library\n" * 100)
    person = open_window(path)
    person.sees(lambda: person.window.pages.page.value == "trouble")
    person.window.close()
    assert path.read_bytes() == b"this is no library\n" * 100


def test_another_library_that_cannot_be_opened_leaves_this_one_open(reader: Person, tmp_path: Path) -> None:
    reader.context.adapter.open(str(tmp_path / "gone.refman"))
    reader.sees_message("gone.refman")
    assert reader.window.windowTitle() == "mine — refman"
    reader.sees_papers(23)


def test_at_the_default_place_a_library_is_made(open_window: OpenWindow) -> None:
    person = open_window(places().library)
    person.sees(lambda: person.window.pages.page.value == "empty")
    assert places().library.exists()


def test_the_whole_tour_never_waits_on_the_gui_thread(
    gui_thread_guard: GuiThreadGuard, reader: Person, watchdog: Watchdog
) -> None:
    """Reading and writing is the lanes' work; the guard fails the test when it is not."""
    watchdog.start()
    reader.clicks_row(3)
    reader.presses(Qt.Key.Key_F, CTRL)
    reader.types("model")
    reader.sees(lambda: 0 < reader.context.feed.count < 23)
    reader.presses(Qt.Key.Key_Escape)
    reader.sees_papers(23)
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_A, CTRL)
    reader.presses(Qt.Key.Key_K, CTRL)
    reader.sees_message("Copied")
    reader.presses(Qt.Key.Key_Delete)
    reader.clicks_button("Remove 23 papers")
    reader.sees_papers(0)
    reader.presses(Qt.Key.Key_Z, CTRL)
    reader.sees_papers(23)
    reader.pastes(PAGE.read_text("utf-8"))
    reader.sees_message("already here")
    watchdog.stop()
    assert watchdog.longest_ms > 0


_EDITS = 200
_WRITING_MS = 240_000
"""For 200 writes, each of which waits for the disk, beside whatever else the machine does."""
_MEANWHILE = 20
_EDITOR = """
import sys
from refman.app.main import main
library, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(1, count + 1):
    assert main(["--library", library, "edit", key, f"title=Edited {number}"]) == 0, number
"""


def test_200_edits_of_the_command_line_are_all_kept_shown_and_undone_in_order(reader: Person, library: Path) -> None:
    reader.clicks_row(0)
    reader.sees(lambda: reader.context.table.current_row is not None)
    row, chosen = reader.context.table.current_row, reader.context.selected
    assert row is not None
    editor = subprocess.Popen([sys.executable, "-c", _EDITOR, str(library), row.key, str(_EDITS)])
    for number in range(_MEANWHILE):
        # The person works on meanwhile; neither may keep the other out or lose anything.
        _tag(reader, chosen[0], f"meanwhile/{number}")
    reader.qtbot.waitUntil(lambda: editor.poll() is not None, timeout=_WRITING_MS)
    assert editor.returncode == 0
    reader.qtbot.waitUntil(lambda: reader.cells("title")[0] == f"Edited {_EDITS}", timeout=2_000)
    assert reader.context.selected == chosen
    other = Wiring().open_library(str(library))
    titles = [_title_after_undo(other, chosen[0]) for _ in range(_EDITS + _MEANWHILE)]
    other.close()
    assert list(dict.fromkeys(titles)) == [*(f"Edited {n}" for n in range(_EDITS, 0, -1)), row.title][1:]
    reader.qtbot.waitUntil(lambda: reader.cells("title")[0] == row.title, timeout=2_000)


def _tag(reader: Person, paper_id: PaperId, name: str) -> None:
    done: list[object] = []
    reader.context.adapter.write(lambda library: library.tag([paper_id], [name]), done.append, owner=reader.window)
    reader.sees(lambda: bool(done))


def _title_after_undo(library: Library, paper_id: PaperId) -> str:
    library.undo()
    return library.rows([paper_id])[0].title
