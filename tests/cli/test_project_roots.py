"""`refman project` on a part of a project: the folder where LaTeX runs is found, and said."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Done

_MAIN = "\\documentclass{book}\n\\begin{document}\\input{parts/one}\\bibliography{refs}\\end{document}\n"
_COMMANDS = ("status", "missing", "unused", "export", "bundle")


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    """A project whose main file reads `parts/one.tex`, which reads `parts/deep/two.tex`."""
    folder = (tmp_path / "work" / "thesis").resolve()
    (folder / "parts" / "deep").mkdir(parents=True)
    (folder / "main.tex").write_text(_MAIN)
    (folder / "parts" / "one.tex").write_text("\\cite{here,gone}\\input parts/deep/two % \\input{other/x}\n")
    (folder / "parts" / "deep" / "two.tex").write_text("\\cite{deep}\n")
    (folder / "parts" / "draft.tex").write_text("not yet read in\n")
    (folder / "other").mkdir()
    (folder / "other" / "x.tex").write_text("\\cite{stranger}\n")
    (folder / "refs.bib").write_text("@misc{here, title={H}}\n@misc{deep, title={D}}\n@misc{free, title={F}}\n")
    return folder


def _root(cli: Cli, place: Path) -> tuple[str, str]:
    found = cli("project", "status", place, "--json").json
    assert found["folder"] == found["root"]["folder"]
    return found["folder"], found["root"]["by"]


@pytest.mark.parametrize("part", ["parts", "parts/deep", "parts/one.tex", "parts/deep/two.tex", "parts/draft.tex"])
def test_every_command_says_of_a_part_what_it_says_of_the_project(cli: Cli, thesis: Path, part: str) -> None:
    def run(command: str, *more: str | Path) -> Done:
        return cli("project", command, *more, fails=1 if command == "missing" else 0)

    for command in _COMMANDS:
        whole, of_part = run(command, thesis), run(command, thesis / part)
        assert of_part.out == whole.out
        said = f"the project is {thesis}: its main.tex reads this in\n"
        assert (said in of_part.err, said in whole.err) == (True, False)
    for command in ("missing", "unused"):
        assert run(command, thesis / part, "--json").json == run(command, thesis, "--json").json
    for command in ("status", "bundle"):
        root = run(command, thesis / part, "--json").json["root"]
        assert root == {"folder": str(thesis), "by": "read-in", "main": str(thesis / "main.tex")}
    assert cli("project", "unused", thesis / part).out == "free\n"


def test_a_main_file_and_a_folder_with_one_are_taken_as_given(cli: Cli, thesis: Path) -> None:
    (thesis / "parts" / "alone.tex").write_text("\\documentclass{article}\\begin{document}\\end{document}")
    for part, main in (("parts", "alone.tex"), ("parts/alone.tex", "alone.tex")):
        done = cli("project", "status", thesis / part)
        assert (done.err, done.out.split(":")[0]) == ("", "parts")
        root = cli("project", "status", thesis / part, "--json").json["root"]
        assert root == {"folder": str(thesis / "parts"), "by": "given", "main": str(thesis / "parts" / main)}
    # A chapter beside it is still one of the thesis.
    assert _root(cli, thesis / "parts" / "one.tex") == (str(thesis), "read-in")


def test_a_preamble_of_its_own_does_not_hide_a_main_file(cli: Cli, thesis: Path) -> None:
    (thesis / "main.tex").write_text("\\input{preamble}\\begin{document}\\include{parts/one}\\bibliography{refs}")
    assert _root(cli, thesis / "parts") == (str(thesis), "read-in")
    assert _root(cli, thesis) == (str(thesis), "given")


@pytest.mark.parametrize(
    "main",
    [
        "\\include{parts/one}",
        "\\subfile{parts/one.tex}",
        "\\import{parts/}{one}",
        "\\subimport{parts}{one}",
        "\\includestandalone{parts/one}",
        "\\input parts/one.tex ",
    ],
)
def test_each_way_to_read_a_chapter_in_counts(cli: Cli, thesis: Path, main: str) -> None:
    (thesis / "main.tex").write_text(f"\\documentclass{{book}}{main}")
    assert _root(cli, thesis / "parts") == (str(thesis), "read-in")
    (thesis / "main.tex").write_text(f"\\documentclass{{book}}\n% {main}\n")
    assert _root(cli, thesis / "parts") == (str(thesis / "parts"), "nothing")


def test_a_folder_of_bib_files_is_a_part_too(cli: Cli, thesis: Path) -> None:
    (thesis / "bib").mkdir()
    (thesis / "refs.bib").rename(thesis / "bib" / "refs.bib")
    (thesis / "main.tex").write_text(_MAIN.replace("{refs}", "{bib/refs}"))
    assert cli("project", "unused", thesis / "bib").out == "free\n"
    assert cli("project", "unused", thesis / "bib" / "refs.bib").out == "free\n"


def test_what_nobody_reads_in_is_answered_as_it_stands_and_said(cli: Cli, thesis: Path) -> None:
    done = cli("project", "status", thesis / "other")
    assert done.out == "other: 1 cited, 1 missing, 0 unused\nstranger\n    x.tex:1\n"
    assert done.err == (
        f"refman: no main file (\\documentclass) is in {thesis / 'other'} or reads it in, "
        "so only what is in it counts\n"
    )
    assert _root(cli, thesis / "other" / "x.tex") == (str(thesis / "other"), "nothing")


def test_a_folder_above_its_main_files_and_one_of_markdown_need_no_word(cli: Cli, thesis: Path) -> None:
    (thesis.parent / "notes").mkdir()
    (thesis.parent / "notes" / "a.md").write_text("As [@here].")
    for place in (thesis.parent, thesis.parent / "notes"):
        assert cli("project", "status", place).err == ""
        assert _root(cli, place) == (str(place), "given")
    (thesis / "figures").mkdir()
    (thesis / "figures" / "README.md").write_text("Made with a program.")
    assert _root(cli, thesis / "figures") == (str(thesis / "figures"), "nothing")


def test_a_source_that_names_its_main_file_is_believed(cli: Cli, thesis: Path) -> None:
    for text in ("%!TeX root = ../main.tex\n", "\\documentclass[../main]{subfiles}\n"):
        (thesis / "other" / "x.tex").write_text(text)
        for place in (thesis / "other", thesis / "other" / "x.tex"):
            assert _root(cli, place) == (str(thesis), "named")
            said = cli("project", "unused", place).err
            assert said == f"refman: the project is {thesis}: its main.tex is named as the main file\n"
    (thesis / "other" / "x.tex").write_text("%!TeX root = main\n")
    (thesis / "other" / "main.tex").write_text("\\usepackage{x}")
    for place in (thesis / "other", thesis / "other" / "x.tex"):
        assert _root(cli, place) == (str(thesis / "other"), "given")


def test_a_linked_project_is_the_root_of_what_lies_in_it(
    cli: Cli, thesis: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    cli("link", thesis / "refs.bib", "--project", thesis)
    assert _root(cli, thesis / "other") == (str(thesis), "linked")
    said = f"refman: the project is {thesis}: it is linked\n"
    assert cli("project", "unused", thesis / "other").err == said
    cli("link", thesis / "refs.bib", "--project", thesis / "other")
    assert _root(cli, thesis / "other") == (str(thesis / "other"), "given")
    # The nearest one counts.
    assert _root(cli, thesis / "parts") == (str(thesis), "read-in")


def test_a_library_that_cannot_be_read_stops_nobody(
    cli: Cli, thesis: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    library.write_bytes(b"no library" * 99)
    done = cli("project", "unused", thesis / "parts" / "draft.tex")
    assert done.out == "free\n" and done.err.count("\n") == 2


def test_never_above_a_git_work_tree(cli: Cli, thesis: Path) -> None:
    subprocess.run(["git", "init", "-q", str(thesis)], check=True)
    assert _root(cli, thesis / "parts" / "deep") == (str(thesis), "read-in")
    subprocess.run(["git", "init", "-q", str(thesis / "parts")], check=True)
    assert _root(cli, thesis / "parts" / "deep") == (str(thesis / "parts" / "deep"), "nothing")
    (thesis / "parts" / "one.tex").write_text("%!TeX root = ../main.tex\n")
    assert _root(cli, thesis / "parts") == (str(thesis / "parts"), "nothing")


def test_never_above_the_home_folder(cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(thesis))
    assert _root(cli, thesis / "parts") == (str(thesis), "read-in")
    monkeypatch.setenv("HOME", str(thesis / "parts"))
    assert _root(cli, thesis / "parts") == (str(thesis / "parts"), "nothing")


def test_sources_that_read_one_another_come_to_an_end(cli: Cli, thesis: Path) -> None:
    (thesis / "main.tex").write_text("\\documentclass{book}\\input{main}\\input{loop}\\input{gone}\\bibliography{refs}")
    (thesis / "loop.tex").write_text("\\input{main}\\input{./loop.tex}")
    assert _root(cli, thesis / "parts") == (str(thesis / "parts"), "nothing")
