"""What the system may open at once, and names in a library that lead out of it."""

import os
from pathlib import Path

import pytest

from refman.services.library_files import attachment_folder, stored_file
from refman.services.opening import is_document


@pytest.mark.parametrize("name", ["a.pdf", "B.PDF", "c.djvu", "-rf.pdf", "d e.epub", "x.desktop.png"])
def test_a_document_is_opened_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert is_document(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["a.desktop", "a.sh", "a.exe", "a.pdf.exe", "a.html", "a.svg", "a.jar", "a.py", "a.zip", "a", "a.pdf "]
)
def test_what_may_be_a_program_is_not(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert not is_document(tmp_path / name)


def test_what_is_no_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "zero.pdf").symlink_to("/dev/zero")
    assert [path.name for path in tmp_path.iterdir() if is_document(path)] == []


@pytest.mark.parametrize(
    "name",
    ["../papers.refman", "../../etc/passwd", "/etc/passwd", "/dev/zero", "ab/../../x.pdf", "link/passwd", "pipe"],
)
def test_a_name_that_leads_out_is_no_stored_file(tmp_path: Path, name: str) -> None:
    library = tmp_path / "papers.refman"
    folder = attachment_folder(library)
    folder.mkdir()
    (folder / "link").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    assert stored_file(library, name) is None
    assert stored_file(library, "ab/abc.pdf") == folder / "ab/abc.pdf"
