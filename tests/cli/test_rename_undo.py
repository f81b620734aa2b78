"""`refman undo` after `rename-key`: files and library, byte for byte or place by place, also after a crash."""

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from refman.domain.errors import LibraryError
from refman.domain.ports import Store, Writer
from refman.services.operations import Step, run
from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS

_TEX = "\\cite{adams2001,baker2002}\n% \\cite{adams2001} later\n\\citep[p.~1]{adams2001} end\n"
_CHAPTER = "One \\citet{adams2001}.\r\nTwo.\r\n"
_NOTES = "As [@adams2001, p. 3] and @adams2001 say; mail a@adams2001.org\n"
_KILLED = """
import os, sys
from refman.app.main import main
from refman.services.linking import renaming
from refman.services.linking.rename_record import RecordStore
real, left = renaming.replace_bytes, [int(sys.argv[1])]
def replace(*args, **named):
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1
    return real(*args, **named)
renaming.replace_bytes = replace
RecordStore.settle = lambda *_: os._exit(9)
main(["rename-key", "adams2001", "adams01"])
"""


@pytest.fixture
def thesis(cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A linked project of three sources."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    folder = tmp_path / "thesis"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "refs.bib").write_text(REFS)
    (folder / "main.tex").write_text(_TEX)
    (folder / "one.tex").write_bytes(_CHAPTER.encode())
    (folder / "notes.md").write_text(_NOTES)
    cli("link", "refs.bib", "--project", ".")
    return folder


def _all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _badge(cli: Cli) -> str:
    badge: str = cli("links", "--json").json[0]["state"]
    return badge


def test_undo_and_redo_take_the_files_along(cli: Cli, thesis: Path) -> None:
    before = _all(thesis)
    done = cli("rename-key", "adams2001", "adams01")
    assert done.out.endswith("6 places in 4 files\n")
    after = _all(thesis)
    assert after["notes.md"] == b"As [@adams01, p. 3] and @adams01 say; mail a@adams2001.org\n"
    assert after["one.tex"] == _CHAPTER.encode().replace(b"adams2001", b"adams01")
    assert _badge(cli) == "in step"
    assert cli("undo").out == "Undone: Rename the key adams2001 to adams01 (4 files)\n"
    assert _all(thesis) == before
    assert cli("show", "adams2001").status == 0
    assert _badge(cli) == "in step"
    assert "(4 files)" in cli("redo").out
    assert _all(thesis) == after
    assert _badge(cli) == "in step"
    cli("edit", "adams01", "pages=7--9")
    assert _badge(cli) == "to write"
    cli("sync")
    assert "pages = {7--9}" in (thesis / "refs.bib").read_text()


def test_what_others_changed_since_stays(cli: Cli, thesis: Path) -> None:
    cli("rename-key", "adams2001", "adams01")
    main, refs = thesis / "main.tex", thesis / "refs.bib"
    main.write_text(
        "New first line \\cite{adams01}\n" + main.read_text().replace("end", "the end").replace("later", "soon")
    )
    refs.write_text(refs.read_text().replace("{1--2}", "{33}"))
    assert "(4 files)" in cli("undo").out
    assert main.read_text() == (
        "New first line \\cite{adams01}\n" + _TEX.replace("end", "the end").replace("later", "soon")
    )
    assert refs.read_text() == REFS.replace("{1--2}", "{33}")
    assert "1 field changed" in cli("sync").out
    assert cli("show", "--json", "adams2001").json[0]["fields"]["pages"] == "33"


def test_a_place_that_is_gone_is_told_of(cli: Cli, thesis: Path) -> None:
    cli("rename-key", "adams2001", "adams01")
    (thesis / "one.tex").write_text("Nothing\n")
    assert "1 place changed since and left" in cli("undo").out
    assert (thesis / "one.tex").read_text() == "Nothing\n"
    assert (thesis / "main.tex").read_text() == _TEX


def test_comments_change_when_that_is_wished(cli: Cli, thesis: Path) -> None:
    cli("rename-key", "adams2001", "adams01", "--comments")
    assert (thesis / "main.tex").read_text() == _TEX.replace("adams2001", "adams01")
    cli("undo")
    assert (thesis / "main.tex").read_text() == _TEX


def test_a_key_that_no_paper_has_is_a_step_as_well(cli: Cli, thesis: Path) -> None:
    (thesis / "main.tex").write_text(_TEX.replace("adams2001", "adms2001"))
    before = _all(thesis)
    assert cli("rename-key", "adms2001", "adams2001", "--project", ".").out.endswith("2 places in 1 file\n")
    assert (thesis / "main.tex").read_text() == _TEX.replace("% \\cite{adams2001}", "% \\cite{adms2001}")
    assert _badge(cli) == "in step"
    assert cli("check").status == 0
    assert cli("undo").out == "Undone: Rename the key adms2001 to adams2001 (1 file)\n"
    assert _all(thesis) == before
    assert cli("redo").out == "Done again: Rename the key adms2001 to adams2001 (1 file)\n"
    assert (thesis / "main.tex").read_text() != before["main.tex"].decode()
    cli("undo")
    cli("edit", "adams2001", "pages=7--9")
    assert "edit" in cli("undo").out.lower()
    assert _all(thesis) == before


@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_killed_between_two_files_nothing_was_done(cli: Cli, thesis: Path, written: int) -> None:
    before = _all(thesis)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(written)], cwd=thesis, check=False)
    assert killed.returncode == 9
    assert (_all(thesis) == before) is (written == 0)
    cli("search", "")
    assert _all(thesis) == before
    assert cli("show", "adams2001").status == 0
    assert _badge(cli) == "in step"
    cli("rename-key", "adams2001", "adams01")
    cli("undo")
    assert _all(thesis) == before


def test_killed_behind_the_last_step_all_was_done(cli: Cli, thesis: Path) -> None:
    before = _all(thesis)
    killed = subprocess.run([sys.executable, "-c", _KILLED, "99"], cwd=thesis, check=False)
    assert killed.returncode == 9
    assert cli("show", "adams01").status == 0
    assert _badge(cli) == "in step"
    cli("undo")
    assert _all(thesis) == before


def test_an_undo_that_was_cut_off_is_finished(cli: Cli, thesis: Path, library: Path) -> None:
    before = _all(thesis)
    cli("rename-key", "adams2001", "adams01")
    after = _all(thesis)
    cli("undo")
    # As if the program had died behind the step of the journal and one file.
    for name in ("main.tex", "notes.md"):
        (thesis / name).write_bytes(after[name])
    record = next((library.parent / "library.renames").iterdir())
    record.rename(record.with_name(record.name.replace("undone", "done")))
    cli("search", "")
    assert _all(thesis) == before


def test_a_macro_of_the_project_cites(cli: Cli, thesis: Path) -> None:
    (thesis / "own.sty").write_text(
        "\\newcommand{\\see}[2][]{(see \\citep[#1]{#2})}\n\\newcommand\\vgl[1]{\\see{#1}}\n"
    )
    (thesis / "two.tex").write_text("\\see[p.~2]{adams2001} \\vgl{baker2002,adams2001} \\foo{adams2001}\n")
    cli("rename-key", "adams2001", "adams01")
    assert (thesis / "two.tex").read_text() == "\\see[p.~2]{adams01} \\vgl{baker2002,adams01} \\foo{adams2001}\n"


def test_a_commit_that_seemed_to_fail_and_is_there_takes_the_files_along(
    cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails in fsync: the step is told to have failed, and the log has it all the same."""

    def write_and_fail(store: Store, step: Step, work: Callable[[Writer], None]) -> None:
        run(store, step, work)
        raise LibraryError("library-io", "the disk reports an error")

    before = _all(thesis)
    with monkeypatch.context() as patch:
        patch.setattr("refman.services.linking.renaming.run", write_and_fail)
        assert "reports an error" in cli("rename-key", "adams2001", "adams01", fails=1).err
    assert _all(thesis) == before
    # The next start looks into the journal.
    assert cli("show", "adams01", "--json").json[0]["key"] == "adams01"
    after = _all(thesis)
    assert b"adams2001" not in after["refs.bib"] and b"\\cite{adams01,baker2002}" in after["main.tex"]
    cli("undo")
    assert _all(thesis) == before


def test_a_record_that_cannot_be_written_is_told_and_changes_nothing(
    cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = _all(thesis)
    with monkeypatch.context() as patch:
        patch.setattr("refman.services.linking.renaming.RecordStore.begin", fail)
        assert "no room" in cli("rename-key", "adams2001", "adams01", fails=1).err
        patch.setattr("refman.services.linking.renaming.followed_sources", fail)
        assert "cannot be read: No space" in cli("rename-key", "adams2001", "adams01", fails=1).err
    assert _all(thesis) == before
