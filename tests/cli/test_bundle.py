"""`refman project bundle`: the cited entries with all they need, and nothing that is private."""

from pathlib import Path

import pytest

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.leaks import without_leaks
from tests.cli.conftest import Cli

_BIB = """@string{jx = "Journal of X"}
@comment{jabref-meta: fileDirectory:/home/ann/papers;}
@article{one,
  title = {One},
  journal = jx,
  file = {:/home/ann/papers/one.pdf:PDF},
  url = {https://example.org/home/x},
  comment = {the referee is wrong},
  comment = {twice},
  keywords = {todo},
  note = {In press},
  xdata = {data},
}
@article{two, title = {Two}, url = {file:///home/ann/two.pdf}, howpublished = {~/two.ps}, crossref = {book}}
@book{book, title = {B}, owner = {ann}}
@xdata{data, publisher = {P}, annote = {x}}
@article{alias, title = {A}, ids = {oldname}}
@misc{unused, title = {U}}
"""


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    """A project with private fields."""
    (tmp_path / "main.tex").write_text("\\cite{one,two,oldname}\\bibliography{refs}\n")
    (tmp_path / "refs.bib").write_text(_BIB)
    return tmp_path


def test_nothing_private_leaves(cli: Cli, thesis: Path) -> None:
    done = cli("project", "bundle", thesis)
    document = document_of(done.out)
    assert [entry.key for entry in document.entries] == ["one", "two", "alias", "book", "data"]
    for secret in ("ann", "/home/ann", "referee", "twice", "todo", "~/two", "jabref-meta", "file:"):
        assert secret not in done.out
    for kept in ("example.org/home/x", "In press", '@string{jx = "Journal of X"}', "xdata = {data}", "publisher"):
        assert kept in done.out
    assert "one: file stays here (local file): :/home/ann/papers/one.pdf:PDF" in done.err
    assert done.err.endswith("5 entries, 9 things left out\n")
    assert (thesis / "refs.bib").read_text() == _BIB


def test_as_json_and_into_a_file(cli: Cli, thesis: Path) -> None:
    found = cli("project", "bundle", thesis, "--json", "--output", thesis / "arxiv.bib").json
    assert found["entries"] == ["one", "two", "alias", "book", "data"]
    assert {"key": "book", "field": "owner", "why": "private field", "value": "ann", "kept": False} in found["leaked"]
    assert (thesis / "arxiv.bib").read_text() == cli("project", "bundle", thesis, "--json").json["text"]


def test_keywords_by_which_the_document_sorts_stay(cli: Cli, thesis: Path) -> None:
    (thesis / "end.tex").write_text("\\printbibliography[keyword=todo]\n")
    assert "keywords = {todo}" in cli("project", "bundle", thesis).out


def test_what_cannot_be_taken_out_is_said_to_be_there() -> None:
    document = document_of("@misc{a, owner = {x} title = {T} }\n@misc{b, owner = {x}}\n")
    cleaned, leaks = without_leaks(document)
    in_it = {leak.key for leak in leaks if leak.is_kept}
    assert ("owner = {x}" in cleaned.text) is bool(in_it)
    assert "b" not in in_it


def test_a_bib_is_found_where_tex_finds_it(
    cli: Cli, thesis: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path_factory.mktemp("shared")
    (shared / "deep").mkdir()
    (thesis / "refs.bib").rename(shared / "deep" / "refs.bib")
    monkeypatch.setenv("BIBINPUTS", f"{shared}//:")
    assert cli("project", "status", thesis, "--json").json["bibs"] == [str(shared / "deep" / "refs.bib")]


def test_strings_preambles_and_texts_are_listed(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(
        '% TODO: ask B about this\n@string{secret = "Project /home/me/x"}\n@string{press = "Press"}\n'
        '@preamble{"% /home/me/secret.sty"}\n'
        "@book{a, title={A}, publisher=press, internal-note=secret, todo={read}, extra={x}, email={a@b.org}}\n"
    )
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\cite{a}\\bibliography{refs}")
    found = cli("project", "bundle", tmp_path, "--json").json
    assert "secret =" not in found["text"]
    assert "@book{a, title={A}, publisher=press}" in found["text"]
    leaked = {(one["key"], one["field"]): one["kept"] for one in found["leaked"]}
    assert leaked == {
        ("a", "internal-note"): False,
        ("a", "todo"): False,
        ("a", "extra"): False,
        ("a", "email"): False,
        ("@string", "secret"): False,
        ("@preamble", "line 3"): True,
        ("refs.bib", "1 piece"): False,
    }
    assert "press =" in cli("project", "export", tmp_path).out
