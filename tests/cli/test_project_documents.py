"""`refman project` on a main file: its document alone, of all that stand in one folder."""

import os
from pathlib import Path

import pytest

from refman.services.linking.cited import cited_keys, stamp_of_sources
from refman.services.linking.renaming import plan_rename
from tests.cli.conftest import Cli

_NOW_NS = 1_700_000_000_000_000_000


def _class(body: str, bib: str) -> str:
    return f"\\documentclass{{book}}\n\\begin{{document}}\n{body}\n\\bibliography{{{bib}}}\n\\end{{document}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, a draft that neither reads, and a style of one of them."""
    folder = (tmp_path / "work").resolve()
    for name, text in {
        "main.tex": _class("\\include{parts/one}\\cite{here,lost}", "x"),
        "parts/one.tex": "\\cite{one}\\input{deep}\n",
        "parts/deep.tex": "\\cite{deep}\n",
        "slides.tex": "\\usepackage{look}" + _class("\\see{talk}\\cite{gone}", "y"),
        "look.sty": "\\newcommand{\\see}[1]{see \\cite{#1}}\n",
        "old/draft.tex": "\\cite{draft}\\bibliography{old}\n",
        "x.bib": "@misc{here, title={H}}\n@misc{one, title={O}}\n@misc{deep, title={D}}\n@misc{free, title={F}}\n",
        "y.bib": "@misc{talk, title={T}}\n@misc{idle, title={I}, file={/home/ann/i.pdf}}\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
        os.utime(folder / name, ns=(_NOW_NS, _NOW_NS))
    return folder


def _missing(cli: Cli, place: Path) -> list[str]:
    return [one["key"] for one in cli("project", "missing", place, "--json", fails=1).json]


def test_each_command_looks_at_the_document_that_is_named(cli: Cli, folder: Path) -> None:
    main, slides = folder / "main.tex", folder / "slides.tex"
    status = cli("project", "status", slides, "--json").json
    assert (status["cited"], status["bibs"]) == (["gone", "talk"], [str(folder / "y.bib")])
    assert status["root"] == {"folder": str(folder), "by": "given", "main": str(slides)}
    assert cli("project", "status", main, "--json").json["cited"] == ["deep", "here", "lost", "one"]
    assert (_missing(cli, slides), _missing(cli, main), _missing(cli, folder)) == (
        ["gone"],
        ["lost"],
        ["draft", "gone", "lost"],
    )
    assert (cli("project", "unused", slides).out, cli("project", "unused", main).out) == ("idle\n", "free\n")
    for command in ("export", "bundle"):
        assert "here" not in cli("project", command, slides).out
        assert "@misc{talk" in cli("project", command, slides).out
        assert "@misc{deep" in cli("project", command, main).out


def test_files_of_its_own_build_count(cli: Cli, folder: Path) -> None:
    (folder / "main.aux").write_text("\\relax\n\\citation{frommain}\n\\@input{parts/one.aux}\n")
    (folder / "parts" / "one.aux").write_text("\\relax\n\\citation{fromone}\n")
    (folder / "slides.aux").write_text("\\citation{fromslides}\n")
    (folder / "web.aux").write_text("\\citation{fromweb}\n")
    (folder / "slides.fls").write_text(f"PWD {folder}\nINPUT slides.tex\nINPUT /usr/x.sty\nOUTPUT web.aux\n")
    (folder / "old" / "slides.tex").write_text(_class("", "old"))
    (folder / "old" / "slides.aux").write_text("\\citation{fromold}\n")
    assert _missing(cli, folder / "slides.tex") == ["fromslides", "fromweb", "gone"]
    assert _missing(cli, folder / "main.tex") == ["frommain", "fromone", "lost"]
    (folder / "main.log").write_text("LaTeX Warning: Citation `lost' on page 1 undefined on input line 3.\n")
    assert "main.log" not in cli("project", "status", folder / "slides.tex").out
    assert "main.log" in cli("project", "status", folder / "main.tex").out


def test_the_last_build_tells_what_macros_read_in(cli: Cli, folder: Path) -> None:
    main, slides = folder / "main.tex", folder / "slides.tex"
    main.write_text(_class("\\newcommand{\\part}[1]{\\input{parts/#1}}\\part{one}", "x"))
    # Nobody knows what it reads: all that the other documents do not.
    assert cited_keys(main) == {"one", "deep", "draft"}
    (folder / "out").mkdir()
    (folder / "out" / "main.fls").write_text("INPUT main.tex\nINPUT ./parts/one.tex\nINPUT ../nowhere.tex\n")
    assert cited_keys(main) == {"one", "deep"}
    assert cited_keys(slides) == {"talk", "gone"}
    # One that is older than the sources tells nothing where the sources tell it themselves.
    (folder / "slides.fls").write_text("INPUT old/draft.tex\n")
    assert cited_keys(slides) == {"talk", "gone", "draft"}
    os.utime(folder / "slides.fls", ns=(_NOW_NS - 1, _NOW_NS - 1))
    assert cited_keys(slides) == {"talk", "gone"}


def test_a_part_of_a_document_stands_for_the_folder_and_a_rename_for_all_of_it(cli: Cli, folder: Path) -> None:
    assert _missing(cli, folder / "parts" / "one.tex") == ["draft", "gone", "lost"]
    (folder / "slides.tex").write_text("%!TeX root = slides.tex\n" + (folder / "slides.tex").read_text())
    assert _missing(cli, folder / "slides.tex") == ["gone"]
    plan = plan_rename("talk", "speech", [folder / "main.tex"], [])
    assert [one.path.name for one in plan.files] == ["slides.tex", "y.bib"]


def test_a_change_of_another_document_is_none_of_this_one(folder: Path) -> None:
    before = [stamp_of_sources(folder / name) for name in ("main.tex", "slides.tex")]
    (folder / "parts" / "deep.tex").write_text("\\cite{other}")
    after = [stamp_of_sources(folder / name) for name in ("main.tex", "slides.tex")]
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
