"""From files to texts."""

import os
from pathlib import Path

import pytest

from refman.domain.errors import UnreadableInput
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from tests.services.papers import CAPTURED


def test_files_of_any_encoding_are_text(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text("@misc{a, title={Bücher}}\r\n", encoding, newline="")
        assert library.read_file(path) == ImportInput(str(path), "@misc{a, title={Bücher}}\r\n")


def test_what_was_guessed_of_the_encoding_is_a_problem_of_the_file(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("@misc{a,\ntitle={Bücher}}".encode("latin-1"))
    report = library.apply_import(library.plan_import([library.read_file(path)], ImportOptions(CAPTURED)))
    assert [(problem.file, problem.line, problem.code) for problem in report.problems] == [
        (str(path), 2, "guessed-encoding")
    ]


def test_what_cannot_be_read_is_named_with_the_reason(library: Library, tmp_path: Path) -> None:
    (tmp_path / "other.refman").write_bytes(b"x")
    (tmp_path / "loop").symlink_to("loop")
    for path, code in (
        (tmp_path, "is-folder"),
        (tmp_path / "nope", "no-file"),
        (tmp_path / "loop", "cannot-read"),
        (tmp_path / "other.refman", "is-library"),
        (Path(library.location), "is-library"),
        (tmp_path / os.fsdecode(b"\xff"), "no-file"),
    ):
        with pytest.raises(UnreadableInput) as caught:
            library.read_file(path)
        assert caught.value.code == code
        caught.value.message.encode("utf-8")
