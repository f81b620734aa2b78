"""A dialog that lists the library's folder leaves SQLite's locks alone (docs/decisions/0112)."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QFileSystemModel

from tests.source import sources
from tests.ui.main_window.person import Person

_TRY = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
try:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]))
except OSError:
    sys.exit(1)
"""
# SQLite's format: the first byte of the shared locks of a library, and the byte of the shared memory that says that
# somebody is there (wal.html, "WAL-Index File Format").
_PLACES = (("", 0x40000002), ("-shm", 128))


def _held(library: Path) -> list[bool]:
    """Whether another program finds SQLite's lasting locks of this process, on the library and its shared memory."""
    tries = [
        subprocess.run([sys.executable, "-c", _TRY, f"{library}{suffix}", str(place)], check=False)
        for suffix, place in _PLACES
    ]
    return [tried.returncode == 1 for tried in tries]


@pytest.mark.parametrize("command", ["file.import", "file.open_library", "file.backup"])
def test_looking_at_the_folder_of_the_library_loses_no_lock(reader: Person, library: Path, command: str) -> None:
    assert _held(library) == [True, True]
    reader.does(command)
    dialog = reader.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.setNameFilter("All files (*)")
    dialog.setDirectory(str(library.parent))
    model = dialog.findChild(QFileSystemModel)
    assert model is not None
    listed = [library, library.with_name(f"{library.name}-shm")]
    # Its kind is what the dialog finds out last of a file.
    reader.sees(lambda: [model.type(model.index(str(path))) for path in listed] == ["refman library", "File"])
    assert _held(library) == [True, True]
    dialog.close()


def test_the_kind_of_a_file_is_told_by_its_name(reader: Person, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    (folder / "thesis").mkdir(parents=True)
    (folder / "paper.pdf").write_text("Not really one.")
    reader.does("file.import")
    dialog = reader.dialog("fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(folder))
    model = dialog.findChild(QFileSystemModel)
    assert model is not None
    reader.sees(lambda: model.type(model.index(str(folder / "thesis"))) == "Folder")
    reader.sees(lambda: "PDF" in model.type(model.index(str(folder / "paper.pdf"))))
    dialog.close()


def test_a_dialog_begins_where_the_last_one_ended(reader: Person, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{one, title = {One}}")
    for _ in range(2):
        reader.does("file.import")
        dialog = reader.dialog("fileDialog")
        assert isinstance(dialog, QFileDialog)
        began = dialog.directory().absolutePath()
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(str(tmp_path / "refs.bib"))
        dialog.accept()
    assert began == str(tmp_path)
    reader.sees_papers(24)


def test_every_dialog_for_files_is_that_one() -> None:
    made = [one.name for one in sources("refman") if "QFileDialog(" in one.text or "QFileDialog.get" in one.text]
    assert made == []
