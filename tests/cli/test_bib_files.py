"""`diff` and `merge-driver`: .bib files without a library, and with git as the one who calls."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_BASE = "".join(f"@misc{{k{n},\n  title = {{T{n}}},\n  year = {{20{n}}},\n}}\n\n" for n in range(10, 15))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Base, mine and theirs with the same content."""
    paths = tmp_path / "base.bib", tmp_path / "mine.bib", tmp_path / "theirs.bib"
    for path in paths:
        path.write_text(_BASE)
    return paths


def test_diff_says_what_differs(cli: Cli, files: tuple[Path, Path, Path]) -> None:
    base, mine, _ = files
    assert cli("diff", base, mine, "--exit-code").out == ""
    mine.write_text(
        _BASE.replace("{T12}", "{New}").replace("k14", "k99").replace("T10", "T10b") + "@book{z, title={Z}}"
    )
    done = cli("diff", base, mine)
    assert done.out == (
        "~ k10\n    - title = {T10}\n    + title = {T10b}\n~ k12\n    - title = {T12}\n    + title = {New}\n"
        "~ k99\n    - @key = k14\n    + @key = k99\n+ z  {Z}\n"
    )
    assert cli("diff", base, mine, "--exit-code", fails=1).out == done.out
    assert cli("diff", "x.bib", base, "0" * 40, "100644", mine, "1" * 40, "100644").out == done.out


def test_diff_as_json(cli: Cli, files: tuple[Path, Path, Path]) -> None:
    base, mine, _ = files
    mine.write_text(_BASE.replace("{T12}", "{New}") + '@string{a = "b"}')
    assert cli("diff", base, mine, "--json").json == {
        "entries": [
            {"what": "changed", "key": "k12", "fields": [{"name": "title", "before": "{T12}", "after": "{New}"}]}
        ],
        "others": [{"kind": "string", "before": None, "after": '@string{a = "b"}'}],
    }


def test_diff_of_what_cannot_be_read(cli: Cli, files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    assert "cannot be read" in cli("diff", files[0], tmp_path / "none.bib", fails=1).err
    assert "name two files" in cli("diff", files[0], fails=2).err


def test_the_merge_driver_writes_mine(cli: Cli, files: tuple[Path, Path, Path]) -> None:
    base, mine, theirs = files
    mine.write_text(_BASE.replace("{T12}", "{Mine}"))
    theirs.write_text(_BASE.replace("2012", "1999"))
    os.chmod(mine, 0o640)
    cli("merge-driver", base, mine, theirs)
    assert mine.read_text() == _BASE.replace("{T12}", "{Mine}").replace("2012", "1999")
    assert mine.stat().st_mode & 0o777 == 0o640
    assert theirs.read_text() == _BASE.replace("2012", "1999")


def test_conflicts_stand_between_markers_and_give_1(cli: Cli, files: tuple[Path, Path, Path]) -> None:
    base, mine, theirs = files
    mine.write_text(_BASE.replace("{T12}", "{Mine}"))
    theirs.write_text(_BASE.replace("{T12}", "{Theirs}"))
    done = cli("merge-driver", base, mine, theirs, "9", "refs.bib", fails=1)
    assert "conflict in refs.bib: k12, title" in done.err
    assert "<<<<<<<<< ours\n  title = {Mine},\n=========\n  title = {Theirs},\n>>>>>>>>> theirs\n" in mine.read_text()


def test_a_merge_that_fails_says_so_to_git_and_touches_nothing(cli: Cli, files: tuple[Path, Path, Path]) -> None:
    base, mine, theirs = files
    theirs.write_bytes(b"%PDF-1.4\0\0")
    assert "PDF" in cli("merge-driver", base, mine, theirs, fails=129).err
    assert mine.read_text() == _BASE


def _git(folder: Path, *arguments: str, fails: int = 0) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == fails, done.stdout + done.stderr
    return done.stdout


@pytest.mark.needs("git")
def test_git_merges_two_branches_that_added_entries_at_one_place(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    refs = folder / "refs.bib"
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "config", "merge.refman.driver", f"{sys.executable} -m refman merge-driver %O %A %B %L %P")
    (folder / ".gitattributes").write_text("*.bib merge=refman\n")
    refs.write_text(_BASE)
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "base")
    _git(folder, "checkout", "-qb", "side")
    refs.write_text(_BASE + "@misc{side, title = {S}}\n")
    _git(folder, "commit", "-qam", "side")
    _git(folder, "checkout", "-q", "main")
    refs.write_text(_BASE + "@misc{main, title = {M}}\n")
    _git(folder, "commit", "-qam", "main")
    _git(folder, "merge", "-q", "side")
    text = refs.read_text()
    assert "@misc{main, title = {M}}" in text
    assert "@misc{side, title = {S}}" in text
    assert "<<<<<<<" not in text
    _git(folder, "checkout", "-q", "side")
    refs.write_text(refs.read_text().replace("{T10}", "{Side}"))
    _git(folder, "commit", "-qam", "side 2")
    _git(folder, "checkout", "-q", "main")
    refs.write_text(refs.read_text().replace("{T10}", "{Main}"))
    _git(folder, "commit", "-qam", "main 2")
    _git(folder, "merge", "-q", "side", fails=1)
    assert "<<<<<<< ours\n  title = {Main},\n=======\n  title = {Side},\n>>>>>>> theirs\n" in refs.read_text()


@pytest.mark.needs("git")
def test_git_shows_files_that_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = f"{sys.executable} -m refman"

    def git(*arguments: str) -> str:
        settings = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", f"diff.refman.command={program} diff")
        return subprocess.run(["git", *settings, *arguments], check=True, capture_output=True, text=True).stdout

    git("init", "-q", ".")
    (tmp_path / ".gitattributes").write_text("*.bib diff=refman\n")
    (tmp_path / "new.bib").write_text("@misc{one, title={A Title}}\n")
    git("add", "-A")
    assert "+ one  {A Title}" in git("diff", "--cached")
    git("commit", "-qm", "one")
    assert "+ one  {A Title}" in git("show", "--ext-diff")
    (tmp_path / "new.bib").unlink()
    assert "- one" in git("diff")


def test_the_driver_that_help_names_is_the_one_of_git(cli: Cli) -> None:
    for command in ("merge-driver", "lint"):
        assert "%%" not in cli(command, "--help").out
    assert "refman merge-driver %O %A %B %L" in " ".join(cli("merge-driver", "--help").out.split())
