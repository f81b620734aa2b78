"""`refman rename-key`: every place or none."""

import errno
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from refman.domain.errors import ExportRefused
from refman.services.linking import file_bytes, renaming
from refman.services.linking.file_bytes import replace_bytes
from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS

_TEX = (
    "\\cite{adams2001,baker2002}\n% \\cite{adams2001} later\n\\citep[p.~1]{adams2001} adams2001b \\cite{adams2001b}\n"
)
_CHILD = "@misc{child,\n  crossref = {adams2001},\n  note = {see \\cite{baker2002,adams2001}},\n}\n"


@pytest.fixture
def thesis(cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A linked project."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(REFS + _CHILD)
    (tmp_path / "main.tex").write_text(_TEX)
    cli("link", "refs.bib", "--project", ".")
    return tmp_path


def test_a_key_is_renamed_everywhere(cli: Cli, thesis: Path) -> None:
    done = cli("rename-key", "adams2001", "adams01")
    assert done.out.endswith("adams2001 -> adams01: 5 places in 2 files\n")
    assert "in a comment, left as it is: main.tex:2" in done.err
    assert (thesis / "main.tex").read_text() == (
        "\\cite{adams01,baker2002}\n% \\cite{adams2001} later\n\\citep[p.~1]{adams01} adams2001b \\cite{adams2001b}\n"
    )
    assert (thesis / "refs.bib").read_text() == (REFS + _CHILD).replace("adams2001", "adams01")
    assert cli("show", "--json", "adams01").json[0]["title"] == "On Things"
    cli("sync")
    assert (thesis / "refs.bib").read_text() == (REFS + _CHILD).replace("adams2001", "adams01")
    cli("edit", "adams01", "pages=7--9")
    cli("sync")
    assert "pages = {7--9}" in (thesis / "refs.bib").read_text()


def test_every_command_that_takes_keys_and_no_other_word(cli: Cli, thesis: Path) -> None:
    text = (
        "\\newcites{adams2001,x}{adams2001,X}\n\\newcommand{\\pair}[2]{\\citep{#1,#2}}\n\\pair{KEY}{KEY}\n"
        "\\volcite{adams2001}{KEY} \\textcquote[adams2001]{KEY}{adams2001} \\defcitealias{KEY}{adams2001}\n"
        "\\citeadams2001{adams2001} \\citex{KEY} \\addtocategory{adams2001}{KEY}\n"
    )
    (thesis / "main.tex").write_text(text.replace("KEY", "adams2001"))
    cli("rename-key", "adams2001", "adams01")
    assert (thesis / "main.tex").read_text() == text.replace("KEY", "adams01")


def test_every_place_of_markdown(cli: Cli, thesis: Path) -> None:
    text = '---\nnocite: "@KEY"\n---\n@KEY, -@KEY [see @KEY] @{KEY} \\cite{KEY} `@adams2001` a@adams2001 COMMENT\n'
    (thesis / "paper.md").write_text(text.replace("KEY", "adams2001").replace("COMMENT", "<!-- adams2001 -->"))
    assert "in a comment, left as it is: paper.md:4" in cli("rename-key", "adams2001", "adams01").err
    assert (thesis / "paper.md").read_text() == text.replace("KEY", "adams01").replace("COMMENT", "<!-- adams2001 -->")


def test_what_latex_does_not_read_is_a_comment(cli: Cli, thesis: Path) -> None:
    hidden = (
        "\\iffalse\n\\cite{adams2001}\n\\fi\n\\begin{comment}\n\\cite{adams2001}\n\\end{comment}\n"
        "\\begin{verbatim}\n\\cite{adams2001}\n\\end{verbatim}\n\\end{document}\n\\cite{adams2001}\n"
    )
    (thesis / "main.tex").write_text("\\cite{adams2001}\n" + hidden)
    assert "in a comment, left as it is: main.tex:6" in cli("rename-key", "adams2001", "adams01").err
    assert (thesis / "main.tex").read_text() == "\\cite{adams01}\n" + hidden
    cli("rename-key", "adams2001", "adams01", "--comments")
    assert (thesis / "main.tex").read_text() == "\\cite{adams01}\n" + hidden.replace("adams2001", "adams01")


def test_a_dry_run_writes_nothing(cli: Cli, thesis: Path) -> None:
    assert "5 places in 2 files (dry run)" in cli("rename-key", "adams2001", "adams01", "--dry-run").out
    assert (thesis / "main.tex").read_text() == _TEX
    assert cli("show", "adams2001").status == 0


def test_a_key_that_is_taken_bad_or_nowhere(cli: Cli, thesis: Path) -> None:
    assert "has the key baker2002 already" in cli("rename-key", "adams2001", "baker2002", fails=1).err
    assert "holds a blank" in cli("rename-key", "adams2001", "a b", fails=1).err
    assert "is nowhere to be found" in cli("rename-key", "nobody", "somebody", fails=1).err
    assert (thesis / "main.tex").read_text() == _TEX


def test_a_key_of_another_paper_of_the_library_takes_everything_back(cli: Cli, thesis: Path) -> None:
    (thesis / "x.bib").write_text("@misc{taken, title = {X}}")
    cli("import", "x.bib")
    os.unlink(thesis / "x.bib")
    cli("rename-key", "adams2001", "taken", fails=1)
    assert (thesis / "main.tex").read_text() == _TEX
    assert (thesis / "refs.bib").read_text() == REFS + _CHILD


def test_a_file_that_cannot_be_written_takes_everything_back(
    cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = replace_bytes

    def fail(path: Path, data: bytes, *, expected: str | None, check: Callable[[bytes], None]) -> str:
        if path.name == "refs.bib":
            raise ExportRefused("cannot-write", "refs.bib cannot be written.")
        return real(path, data, expected=expected, check=check)

    monkeypatch.setattr(renaming, "replace_bytes", fail)
    cli("rename-key", "adams2001", "adams01", "--project", ".", fails=1)
    assert (thesis / "main.tex").read_text() == _TEX
    assert cli("show", "adams2001").status == 0


@pytest.mark.parametrize("failing", [1, 2])
def test_a_folder_that_cannot_be_synced_takes_its_file_back_too(
    cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Found by failing system calls: the file was in its place already, with the new key, and stayed so."""
    calls: list[Path] = []

    def fail(folder: Path) -> None:
        calls.append(folder)
        if len(calls) == failing:
            raise OSError(errno.EIO, "Input/output error", str(folder))

    monkeypatch.setattr(file_bytes, "sync_folder", fail)
    cli("rename-key", "adams2001", "adams01", "--project", ".", fails=1)
    assert ((thesis / "main.tex").read_text(), (thesis / "refs.bib").read_text()) == (_TEX, REFS + _CHILD)
    assert len(calls) == 2 * failing
    assert cli("show", "adams2001").status == 0


@pytest.mark.needs("git")
def test_nothing_is_renamed_while_git_merges(cli: Cli, thesis: Path) -> None:
    subprocess.run(["git", "init", "-q", thesis], check=True)
    (thesis / ".git" / "MERGE_HEAD").write_text("0" * 40)
    before = {path: path.read_bytes() for path in thesis.rglob("*") if path.is_file()}
    done = cli("rename-key", "adams2001", "other", "--project", thesis, fails=1)
    assert "A merge of git is under way" in done.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_former_key_of_another_entry_is_taken(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\cite{a}\\bibliography{refs}")
    (tmp_path / "refs.bib").write_text("@misc{a, title={A}}\n@misc{b, title={B}, ids={b0, b1}}\n")
    cli("init")
    done = cli("rename-key", "a", "b1", "--project", tmp_path, fails=1)
    assert "has the key b1 already" in done.err


def test_a_reference_to_one_field_of_data_is_renamed_with_it(cli: Cli, thesis: Path) -> None:
    with (thesis / "refs.bib").open("a") as file:
        file.write(
            "@xdata{house, publisher = {P}}\n"
            "@book{b1, title = {house-x}, publisher = {Foo and xdata=house-publisher-1}, note = {xdata=houses-note}}\n"
        )
    cli("sync")
    assert cli("rename-key", "house", "home").out.endswith("house -> home: 2 places in 1 file\n")
    assert (
        "{house-x}, publisher = {Foo and xdata=home-publisher-1}, note = {xdata=houses-note}"
        in (thesis / "refs.bib").read_text()
    )
