"""`refman project`: what a thesis cites, misses and does not use, from its sources and the files of its build."""

from pathlib import Path

import pytest

from refman.formats.bibfile.document import document_of
from refman.formats.tex_projects import aux_keys, bcf_keys, bibliographies
from tests.cli.conftest import Cli

_BIB = """@string{jx = "Journal of X"}
@misc{parent, title = {P}}
@inproceedings{vaswani2017, title = {V}, journal = jx, crossref = {parent}}
@misc{unused1, title = {U}}
@IEEEtranBSTCTL{ctl, ctluse = {no}}
"""


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    """A project with a chapter in a folder."""
    folder = tmp_path / "thesis"
    (folder / "chapters").mkdir(parents=True)
    (folder / "main.tex").write_text("\\input{chapters/one}\n\\bibliography{refs}\n% \\cite{commented}\n")
    (folder / "chapters" / "one.tex").write_text("Text\n\\citep{vasvani2017} and \\cite{vaswani2017}\n")
    (folder / "main.aux").write_text("\\citation{fromaux}\n\\abx@aux@cite{0}{vaswani2017}\n")
    (folder / "refs.bib").write_text(_BIB)
    (folder / "other.bib").write_text("@misc{elsewhere, title = {E}}\n")
    (folder / "mainNotes.bib").write_text("@control{REVTEX}\n")
    return folder


def test_status_missing_and_unused(cli: Cli, thesis: Path) -> None:
    assert cli("project", "status", thesis).out == (
        "thesis: 3 cited, 2 missing, 1 unused\nfromaux\nvasvani2017 -> vaswani2017?\n    chapters/one.tex:2\n"
    )
    assert "vasvani2017 -> vaswani2017?" in cli("project", "missing", thesis / "main.tex", fails=1).out
    assert cli("project", "unused", thesis).out == "unused1\n"


def test_as_json(cli: Cli, thesis: Path) -> None:
    status = cli("project", "status", thesis, "--json").json
    assert status["cited"] == ["fromaux", "vasvani2017", "vaswani2017"]
    assert status["bibs"] == [str(thesis / "refs.bib")]
    assert status["missing"][1] == {
        "key": "vasvani2017",
        "near": ["vaswani2017"],
        "elsewhere": None,
        "places": [{"file": str(thesis / "chapters" / "one.tex"), "line": 2}],
    }
    assert cli("project", "unused", thesis, "--json").json == ["unused1"]
    assert [one["key"] for one in cli("project", "missing", thesis, "--json", fails=1).json] == [
        "fromaux",
        "vasvani2017",
    ]


def test_what_the_last_build_said_and_keys_that_were_renamed(
    cli: Cli, thesis: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    (thesis / "main.blg").write_text("Warning--empty journal in unused1\nRepeated entry---line 3 of file refs.bib\n")
    (thesis / "main.log").write_text("LaTeX Warning: Citation `fromaux' on page 1 undefined on input line 3.\n")
    assert "main.blg: refs.bib:4: empty journal in unused1\n" in cli("project", "status", thesis).out
    cli("link", thesis / "refs.bib", "--project", thesis)
    cli("unlink", thesis / "refs.bib")
    cli("edit", "vaswani2017", "key=vaswani17")
    (thesis / "refs.bib").write_text(_BIB.replace("vaswani2017", "vaswani17"))
    (thesis / "paper.bib").write_text("@misc{fromaux, title = {F}}")
    cli("import", thesis / "paper.bib")
    said = cli("project", "status", thesis).out
    assert "vaswani2017 is vaswani17 now: refman rename-key vaswani2017 vaswani17 --project" in said
    assert "fromaux is in the library, not in the .bib" in said
    found = cli("project", "status", thesis, "--json").json
    assert found["retired"] == [{"old": "vaswani2017", "new": "vaswani17"}]
    assert found["in_library"] == ["fromaux"]
    assert [(one["key"], one["line"], one["error"]) for one in found["warnings"]] == [
        ("unused1", 4, False),
        ("vaswani17", 3, True),
        ("fromaux", 3, False),
    ]
    cli("rename-key", "vaswani2017", "vaswani17", "--project", thesis)
    assert cli("project", "status", thesis, "--json").json["retired"] == []


def test_the_export_holds_what_is_cited_and_what_that_needs(cli: Cli, thesis: Path) -> None:
    text = cli("project", "export", thesis).out
    assert [entry.key for entry in document_of(text).entries] == ["vaswani2017", "ctl", "parent"]
    assert '@string{jx = "Journal of X"}' in text
    cli("project", "export", thesis, "--output", thesis / "cited.bib")
    assert (thesis / "cited.bib").read_text() == text


def test_a_project_without_a_bibliography_command_uses_all_bibs(cli: Cli, thesis: Path) -> None:
    (thesis / "main.tex").write_text("\\cite{elsewhere}")
    status = cli("project", "status", thesis, "--json").json
    assert [Path(one).name for one in status["bibs"]] == ["other.bib", "refs.bib"]
    assert "elsewhere" not in [one["key"] for one in status["missing"]]


def test_what_is_not_there_and_what_is_empty(cli: Cli, tmp_path: Path) -> None:
    assert "There is no" in cli("project", "status", tmp_path / "nowhere", fails=1).err
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "bad.bib").write_bytes(b"%PDF-1.4\0\0")
    assert cli("project", "status", tmp_path / "empty").out == "empty: 0 cited, 0 missing, 0 unused\n"
    assert cli("project", "export", tmp_path / "empty").out == ""


def test_files_of_a_build_and_named_bibliographies() -> None:
    assert list(aux_keys("\\citation{a,b}\\citation{*}\\abx@aux@cite{c}\\abx@aux@cite{0}{d}")) == ["a", "b", "c", "d"]
    assert list(bcf_keys('<bcf:citekey order="1">a</bcf:citekey><bcf:citekey>*</bcf:citekey>')) == ["a"]
    text = "\\bibliography{a, b.bib}\n% \\bibliography{c}\n\\addbibresource[x]{d.bib}\\addglobalbib{e.bib}"
    assert list(bibliographies(text)) == ["a.bib", "b.bib", "d.bib", "e.bib"]


def test_a_title_in_another_bib_tells_what_a_key_stands_for(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, inputs = tmp_path / "thesis", tmp_path / "inputs"
    (folder / "old").mkdir(parents=True)
    inputs.mkdir()
    (folder / "main.tex").write_text("\\bibliography{refs}\\cite{nn17,lost1999,inputs2000}")
    (folder / "refs.bib").write_text("@misc{vaswani2017,\n  title = {Attention is all you need},\n}\n")
    (folder / "old" / "old.bib").write_text("@misc{x, title={X}}\n@misc{nn17, title={{Attention} Is All You Need!}}\n")
    (inputs / "mine.bib").write_text("@misc{inputs2000, title={Only here}}\n")
    (inputs / "odd.bib").write_bytes(b"\xff\xfe\x00\xd8inputs2000")
    monkeypatch.setenv("BIBINPUTS", f"{inputs}:")
    found = {one["key"]: one for one in cli("project", "missing", folder, "--json", fails=1).json}
    assert found["nn17"]["near"] == ["vaswani2017"]
    assert found["nn17"]["elsewhere"] == {
        "file": str(folder / "old" / "old.bib"),
        "line": 2,
        "title": "Attention Is All You Need!",
    }
    assert (found["inputs2000"]["near"], found["inputs2000"]["elsewhere"]["title"]) == ([], "Only here")
    assert found["lost1999"]["elsewhere"] is None
    said = cli("project", "missing", folder, fails=1).out
    assert "nn17 -> vaswani2017?\n    is in old/old.bib:2: Attention Is All You Need!\n" in said


def test_a_title_of_the_library_tells_what_a_key_stands_for(cli: Cli, tmp_path: Path, library: Path) -> None:
    (tmp_path / "mine.txt").write_text("@misc{nn17, title={Attention Is All You Need}}")
    cli("import", tmp_path / "mine.txt")
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "main.tex").write_text("\\bibliography{refs}\\cite{nn17}")
    (folder / "refs.bib").write_text("@misc{vaswani2017,\n  title = {Attention is all you need},\n}\n")
    status = cli("project", "status", folder).out
    assert "nn17 is in the library, not in the .bib\nnn17 -> vaswani2017?\n" in status


def test_what_is_missing_and_lies_in_the_trash_or_was_renamed(
    cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    folder = tmp_path / "sp ace"
    folder.mkdir()
    (folder / "refs.bib").write_text("@misc{a, title={A}}\n@misc{b, title={B}}\n")
    (folder / "main.tex").write_text("\\documentclass{article}\\cite{a,b}\\bibliography{refs}")
    cli("import", folder / "refs.bib")
    cli("export", "--output", tmp_path / "out.bib")
    cli("edit", "a", "key=new")
    cli("delete", "b")
    (folder / "refs.bib").write_text("")
    said = cli("project", "status", folder).out
    assert "b lies in the trash of the library: refman trash restore b" in said
    assert "a is new now: refman rename-key a new --project '" in said
    assert "a is new now: refman rename-key a new --project '" in cli("project", "missing", folder, fails=1).out
    assert [(one["key"], one["now"]) for one in cli("project", "missing", folder, "--json", fails=1).json] == [
        ("a", "new"),
        ("b", None),
    ]


def test_an_export_as_json(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{a, title={A}}\n@misc{b, title={B}}\n")
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\cite{a,c}\\bibliography{refs}")
    found = cli("project", "export", tmp_path, "--json").json
    assert (found["entries"], found["missing"]) == (["a"], ["c"])
    assert "@misc{a, title={A}}" in found["text"]
    found = cli("project", "export", tmp_path, "--output", tmp_path / "out.bib", "--json").json
    assert found["file"] == str(tmp_path / "out.bib")


def test_an_export_takes_the_data_that_single_fields_refer_to(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\addbibresource{refs.bib}\n\\cite{a}\n")
    (tmp_path / "refs.bib").write_text(
        "@book{a, title = {A}, publisher = {xdata=house-publisher-1}}\n"
        "@xdata{house, publisher = {P}}\n@misc{b, title = {B}}\n"
    )
    written = cli("project", "export", str(tmp_path)).out
    assert "@xdata{house" in written and "@misc{b" not in written
