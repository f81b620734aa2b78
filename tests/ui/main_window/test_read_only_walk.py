"""Every command in the window of a library that may only be read: what it can do it does, and not one byte changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from refman.app.wiring import Wiring
from refman.domain.settings import Settings
from refman.services.import_plan import ImportInput, ImportOptions
from tests.services.conftest import CAPTURED
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import PAGE, Person

_ELSEWHERE = {
    "file.quit",
    "file.new_library",
    "file.open_library",
    "help.sample",
    "cite.push",
    "paper.file",
    "paper.link",
}
"""These leave the library or the window."""
_WRITING = {
    "paper.new",
    "paper.trash",
    "paper.make_keys",
    "tags.new",
    "tags.edit",
    "edit.undo",
    "file.import",
}


@contextmanager
def _read_only(folder: Path) -> Iterator[dict[str, bytes]]:
    """Takes the rights away; what stands in the folder."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        yield before
    finally:
        folder.chmod(0o700)


def _library(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "mine.refman"
    wiring = Wiring()
    wiring.create_library(str(path))
    library = wiring.open_library(str(path), settings=Settings())
    library.apply_import(library.plan_import([ImportInput("page", PAGE.read_text("utf-8"))], ImportOptions(CAPTURED)))
    library.close()
    return path


def _close_all() -> list[str]:
    """Closes what a command opened; what it was."""
    found = []
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog) and top.isVisible():
            found.append(type(top).__name__)
            top.reject()
    return found


def _turn(person: Person) -> None:
    """Lets what was begun come to its end."""
    turned: list[bool] = []
    QTimer.singleShot(0, lambda: turned.append(True))
    person.sees(lambda: bool(turned) and person.window.is_at_rest)


def _walk(person: Person, state: str) -> set[str]:
    """Runs whatever is offered; the names."""
    actions = person.context.actions
    assert actions is not None
    done = set()
    for command in actions.commands:
        if command.id in _ELSEWHERE or not actions.action(command.id).isEnabled():
            continue
        actions.action(command.id).trigger()
        _turn(person)
        assert "CrashDialog" not in _close_all(), (command.id, state)
        _turn(person)
        done.add(command.id)
    return done


def test_every_command_in_a_window_that_only_reads(open_window: OpenWindow, tmp_path: Path) -> None:
    path = _library(tmp_path / "locked")
    with _read_only(path.parent) as before:
        person = open_window(path)
        person.sees_papers(23)
        person.clicks_row(3)
        person.sees(lambda: len(person.context.detail.paper_ids) == 1)
        done = _walk(person, "one selected")
        person.does("edit.select_all")
        done |= _walk(person, "all selected")
        assert len(done) > 30
        assert sorted(done & _WRITING) == []
        assert person.window.close()
        person.sees(lambda: not person.window.isVisible())
        assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == before
