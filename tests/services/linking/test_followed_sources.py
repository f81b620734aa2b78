"""Sources outside of a project's folder that its sources read in, and sources that name their main file."""

from pathlib import Path

import pytest

from refman.formats.tex_projects import inputs, is_main, root_of
from refman.services.linking.cited import cited_keys, followed_sources, stamp_of_sources
from refman.services.linking.projects import project_folder
from refman.services.linking.renaming import plan_rename


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that reads a file of its neighbour, which reads one more."""
    for name, text in {
        "p/main.tex": "\\input{../shared/far}\n\\input{sub/a}\n% \\input{../shared/commented}\n",
        "p/sub/a.tex": "%!TeX root = ../main.tex\n\\cite{near}",
        "shared/far.tex": "\\cite{far}\\import{../shared/}{deep.tex}\\input{../p/main}",
        "shared/deep.tex": "\\cite{deep}",
        "shared/commented.tex": "\\cite{commented}",
        "shared/stranger.tex": "\\cite{stranger}",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return (tmp_path / "p").resolve()


def test_what_is_read_in_from_outside_is_cited(folder: Path) -> None:
    assert cited_keys(folder) == {"near", "far", "deep"}
    assert cited_keys(folder / "main.tex") == {"near", "far", "deep"}
    names = [path.name for path in followed_sources(folder)]
    assert names == ["main.tex", "a.tex", "far.tex", "deep.tex"]


def test_a_change_outside_is_a_change_of_the_project(folder: Path) -> None:
    assert "far" in cited_keys(folder)
    before = stamp_of_sources(folder)
    (folder.parent / "shared" / "far.tex").write_text("\\cite{other}, \\cite{others}")
    assert stamp_of_sources(folder) != before
    assert cited_keys(folder) == {"near", "other", "others"}


def test_a_key_is_renamed_outside_too(folder: Path) -> None:
    assert [one.path.name for one in plan_rename("deep", "new", [folder], []).files] == ["deep.tex"]


def test_a_source_names_its_main_file(folder: Path) -> None:
    assert project_folder(folder / "sub" / "a.tex") == folder
    assert project_folder(folder / "main.tex") == folder
    (folder / "sub" / "b.tex").write_text("% !TEX root = ../gone.tex\r\n")
    assert project_folder(folder / "sub" / "b.tex") == folder / "sub"


def test_names_that_no_file_can_have_are_passed_over(folder: Path) -> None:
    (folder / "sub" / "a.tex").write_text(f"%!TeX root = {'../' + 'x' * 999}\n\\input{{../{'y' * 999}}}\\cite{{near}}")
    assert cited_keys(folder) == {"near", "far", "deep"}
    assert project_folder(folder / "sub" / "a.tex") == folder / "sub"


def test_names_as_written() -> None:
    text = "\\input{a}\\include{b}\\subfile[x]{c}\\import{d/}{e}\\subimport*{f}{g.tex}\\includestandalone[mode=tex]{h}"
    assert list(inputs(text)) == ["a", "b", "c", "h", "d/e", "f/g.tex"]
    assert (root_of("\\x\n%!TeX root = m.tex  \r\n"), root_of("% no root")) == ("m.tex", "")


def test_a_subfile_names_its_main_file_too(folder: Path) -> None:
    (folder / "sub" / "c.tex").write_text("% \\documentclass{article}\n\\documentclass[ ../main ]{subfiles}")
    assert project_folder(folder / "sub" / "c.tex") == folder
    assert (root_of("\\documentclass{subfiles}"), root_of("\\documentclass[a4paper]{book}")) == ("", "")


def test_what_latex_runs_on() -> None:
    mains = ["\\documentclass{book}", "\\documentstyle[11pt]\n{article}", "\\input{preamble}\\begin{document}"]
    parts = [
        "\\documentclass[../m]{subfiles}\\begin{document}",
        "\\documentclass{standalone}",
        "% \\documentclass{book}",
    ]
    assert (list(map(is_main, mains)), list(map(is_main, parts))) == ([True] * 3, [False] * 3)
    assert list(inputs("\\input a/b.tex\n\\input{c} \\inputs d % \\input e")) == ["c", "a/b.tex"]
