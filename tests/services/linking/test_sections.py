"""Sections of biblatex with resources of their own: what they name, and keys that they cannot find."""

import os
from pathlib import Path

import pytest

from refman.formats.tex_builds import aux_inputs, built_sections, recorded
from refman.formats.tex_projects import bibliographies, outline_of
from refman.services.linking.projects import exported_project, read_project

_NOW_NS = 1_700_000_000_000_000_000
_BCF = """  <bcf:bibdata section="0">
    <bcf:datasource type="file" datatype="bibtex" glob="false">a.bib</bcf:datasource>
  </bcf:bibdata>
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">ka</bcf:citekey>
    <bcf:citekey order="2" intorder="1" nocite="1">*</bcf:citekey>
  </bcf:section>
  <bcf:bibdata section="1">
    <bcf:datasource type="file" datatype="bibtex">b.bib</bcf:datasource>
  </bcf:bibdata>
  <bcf:section number="1">
    <bcf:citekey order="1" intorder="1">ka</bcf:citekey>
    <bcf:citekey type="set" members="kb,kc">kc</bcf:citekey>
  </bcf:section>
"""
"""As biblatex 3.18 writes it."""


def _document(*lines: str) -> str:
    body = "\n".join(lines)
    return f"\\documentclass{{book}}\n\\addbibresource{{a.bib}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document without sections, and three .bib files."""
    _write(tmp_path, _document("\\cite{ka}"))
    for name in "abc":
        _old(tmp_path / f"{name}.bib", f"@misc{{k{name},\n  title = {{Of {name}}},\n}}\n")
    return tmp_path.resolve()


def _old(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, ns=(_NOW_NS, _NOW_NS))


def _write(folder: Path, text: str) -> None:
    _old(folder / "main.tex", text)


def _missing(folder: Path) -> dict[str, list[int]]:
    return {one.key: [place.line for place in one.places] for one in read_project(folder).missing}


def test_the_files_that_sections_name_are_of_the_project(folder: Path) -> None:
    _write(
        folder,
        _document(
            "\\begin{refsection}[b.bib]\\cite{kb}\\end{refsection}",
            "\\newrefsection[c]\\cite{kc}",
            "\\begin{refsegment}\\cite{kc}\\end{refsegment}",
        ),
    )
    project = read_project(folder)
    assert [path.name for path in project.bibs] == ["a.bib", "b.bib", "c.bib"]
    assert (project.missing, project.unused, project.lost) == ((), ("ka",), ())
    assert "@misc{kc" in exported_project(folder)


def test_a_key_that_only_another_section_has_is_missing(folder: Path) -> None:
    _write(
        folder,
        _document(
            "\\begin{refsection}[b.bib]",
            "\\cite{kb,ka}",
            "\\end{refsection}",
            "\\begin{refsection}",
            "\\cite{ka}\\cite{kb}",
            "\\end{refsection}",
            "\\cite{kb}",
        ),
    )
    first, second = read_project(folder).missing
    assert (first.key, [one.line for one in first.places], first.near) == ("ka", [5], ())
    assert (second.key, [one.line for one in second.places]) == ("kb", [8])
    assert first.elsewhere is not None
    assert (first.elsewhere.path, first.elsewhere.title) == (folder / "a.bib", "Of a")


@pytest.mark.parametrize(
    "lines",
    [
        ["\\addglobalbib{c.bib}", "\\begin{refsection}[b]\\cite{kb,kc}\\end{refsection}"],
        ["\\addbibresource[label=see]{c.bib}", "\\begin{refsection}[see]\\cite{kc}\\end{refsection}"],
        ["\\addsectionbib{c.bib}", "\\begin{refsection}\\cite{kc}\\end{refsection}"],
        ["\\newrefsection[b.bib]\\cite{kb}", "\\chapter{Next}\\cite{ka}"],
        ["\\newrefsection[b.bib]\\cite{kb}", "\\newrefsection\\cite{ka}"],
        ["\\newcommand{\\mine}{b.bib}", "\\begin{refsection}[\\mine]\\cite{ka}\\end{refsection}"],
        ["\\begin{refsection}[b.bib,nowhere]\\cite{ka}\\end{refsection}"],
        ["% \\begin{refsection}[b.bib]", "\\cite{ka}"],
    ],
)
def test_what_is_not_certain_is_not_missing(folder: Path, lines: list[str]) -> None:
    _write(folder, _document(*lines))
    assert _missing(folder) == {}


def test_the_last_build_knows_it_of_what_is_read_in(folder: Path) -> None:
    _write(folder, "\\documentclass{book}\\newcommand{\\mine}{b.bib}\\begin{document}\\cite{ka}")
    (folder / "main.bcf").write_text(_BCF)
    project = read_project(folder)
    assert [path.name for path in project.bibs] == ["a.bib", "b.bib"]
    assert [(one.key, len(one.places)) for one in project.missing] == [("ka", 1), ("kc", 0)]
    # Entries that are made while biber reads are in no file.
    made = '<bcf:map_step map_entry_new="ka"/>'
    (folder / "main.bcf").write_text(made + _BCF)
    assert "ka" not in _missing(folder)
    (folder / "main.bcf").write_text(_BCF.replace('datatype="bibtex">', 'datatype="ris">'))
    assert "ka" not in _missing(folder)
    os.utime(folder / "main.bcf", ns=(_NOW_NS - 1, _NOW_NS - 1))
    assert [path.name for path in read_project(folder).bibs] == ["a.bib", "b.bib", "c.bib"]


def test_names_that_no_file_has_are_told(folder: Path) -> None:
    _write(
        folder,
        "\\begin{filecontents*}{made.bib}\n@misc{m}\n\\end{filecontents*}\n\\bibliography{a,nothere,made,\\jobname}\n"
        "\\addbibresource[location=remote]{https://example.org/x.bib}\\addbibresource{[bc].bib}\n",
    )
    project = read_project(folder)
    assert project.lost == ("nothere.bib",)
    assert [path.name for path in project.bibs] == ["a.bib", "b.bib", "c.bib"]


def test_as_it_is_written() -> None:
    text = "\\addbibresource[label=l]{a.bib}\\begin{refsection}[b,c.bib]x\\end{refsection}\\refsection\\newrefsection"
    outline = outline_of(text)
    assert list(bibliographies(text)) == ["a.bib", "b.bib", "c.bib"]
    assert [(one.name, str(one.scope), one.label) for one in outline.resources] == [("a.bib", "bibresource", "l")]
    assert [one.names for one in outline.sections] == [("b", "c.bib"), (), ()]
    assert text[outline.sections[0].start : outline.sections[0].end].endswith("x")
    packages = outline_of("\\documentclass[a]{my}\\usepackage[b]{one, two}\\begin{filecontents}[x]{r.bib}")
    assert (packages.packages, packages.written) == (("my.cls", "one.sty", "two.sty"), ("r.bib",))
    assert [(one.bibs, one.keys, one.is_plain) for one in built_sections(_BCF)] == [
        (("a.bib",), ("ka",), True),
        (("b.bib",), ("ka",), True),
    ]
    assert list(recorded("PWD /x\nINPUT ./a.tex\r\nOUTPUT a.aux\n", "INPUT")) == ["a.tex"]
    assert list(aux_inputs("\\@input{c/one.aux}")) == ["c/one.aux"]
