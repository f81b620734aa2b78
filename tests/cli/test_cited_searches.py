"""`in:FILE`, `cited:PROJECT` and `missing:` on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS


@pytest.fixture
def thesis(cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A linked thesis, and a paper of the library that it cites and its file lacks."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    folder = tmp_path / "Thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(REFS)
    (folder / "main.tex").write_text("\\cite{adams2001,darwin1859,nobody}\n")
    (tmp_path / "more.bib").write_text("@book{darwin1859, title = {Origin}, doi = {10.1/x}}\n")
    cli("import", tmp_path / "more.bib")
    cli("link", folder / "refs.bib", "--project", folder)
    return folder


def _keys(cli: Cli, query: str) -> set[str]:
    return {paper["key"] for paper in cli("search", "--json", query).json}


def test_what_they_find(cli: Cli, thesis: Path) -> None:
    assert _keys(cli, "in:refs.bib") == {"adams2001", "baker2002", "carter2003"}
    assert _keys(cli, "-in:Thesis/refs.bib") == {"darwin1859"}
    assert _keys(cli, "in:other.bib") == set()
    assert _keys(cli, "cited:thesis") == _keys(cli, "cited:") == {"adams2001", "darwin1859"}
    assert _keys(cli, "in:refs.bib -cited:thesis") == {"baker2002", "carter2003"}
    assert _keys(cli, "missing:thesis") == _keys(cli, "missing:") == {"darwin1859"}
    assert _keys(cli, "missing:doi") == {"adams2001", "baker2002", "carter2003"}
    assert _keys(cli, "cited:talk OR missing:talk") == set()


def test_what_is_no_place_is_named(cli: Cli, thesis: Path) -> None:
    assert "in:FILE.bib" in cli("search", "in:cloud").err


def test_the_query_of_a_link_may_ask_for_citations(cli: Cli, thesis: Path) -> None:
    cli("link", thesis / "cited.bib", "--query", "cited:thesis")
    cli("sync", thesis / "cited.bib")
    text = (thesis / "cited.bib").read_text()
    assert "darwin1859" in text
    assert "adams2001" in text
    assert "baker2002" not in text


def test_what_another_bib_of_the_project_has_is_missing_nowhere(cli: Cli, thesis: Path) -> None:
    (thesis / "more.bib").write_text("@book{darwin1859, title = {Origin}}\n@misc{nobody, title = {N}}\n")
    cli("import", thesis / "more.bib")
    (thesis / "main.tex").write_text("\\bibliography{refs,more}\\cite{adams2001,darwin1859,nobody,lost1999}\n")
    (thesis.parent / "lost.bib").write_text("@misc{lost1999, title = {L}}\n")
    cli("import", thesis.parent / "lost.bib")
    found = cli("project", "missing", thesis, "--json", fails=1).json
    assert _keys(cli, "missing:thesis") == {one["key"] for one in found} == {"lost1999"}
    assert _keys(cli, "cited:thesis") == {"adams2001", "darwin1859", "nobody", "lost1999"}
    (thesis / "more.bib").unlink()
    assert _keys(cli, "missing:thesis") == {"darwin1859", "nobody", "lost1999"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("in:nofile.bib", "in:nofile.bib finds nothing: no linked file is called nofile.bib."),
        ("cited:nothesis", "cited:nothesis finds nothing: no project is called nothesis."),
        ("-missing:nothing", "missing:nothing finds nothing: no project is called nothing."),
        ("in:../nowhere/x.bib", "no linked file is called ../nowhere/x.bib."),
        ("in:refs.bib cited:thesis missing: missing:doi in:trash", ""),
    ],
)
def test_what_is_not_linked_is_named(cli: Cli, thesis: Path, query: str, said: str) -> None:
    done = cli("search", "--json", query)
    assert said in done.err if said else done.err == ""
    assert "left out" not in done.err


def test_without_any_project_that_is_said(cli: Cli, thesis: Path) -> None:
    cli("unlink", thesis / "refs.bib")
    assert "cited: finds nothing: no linked file has a project.\n" in cli("search", "cited:").err


def test_paths_count_from_the_current_folder(cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (thesis / "parts").mkdir()
    monkeypatch.chdir(thesis / "parts")
    cited = {"adams2001", "darwin1859"}
    for query in ("cited:.", "cited:..", "cited:../main.tex", "-(-cited:.)"):
        assert _keys(cli, query) == cited
    assert _keys(cli, "in:../refs.bib") == {"adams2001", "baker2002", "carter2003"}
    assert _keys(cli, "missing:.. -in:../refs.bib") == {"darwin1859"}
    assert _keys(cli, "cited:. -cited:..") == set()
    monkeypatch.chdir(thesis)
    assert _keys(cli, "cited:main.tex") == cited
    monkeypatch.chdir(thesis.parent)
    assert "no project is called ." in cli("search", "cited:.").err
    assert _keys(cli, "in:Thesis/refs.bib") == {"adams2001", "baker2002", "carter2003"}


def test_the_query_of_a_link_keeps_whole_paths(cli: Cli, thesis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(thesis)
    cli("link", thesis / "cited.bib", "--query", "cited:.")
    monkeypatch.chdir(thesis.parent)
    cli("sync", thesis / "cited.bib")
    assert "darwin1859" in (thesis / "cited.bib").read_text()


def test_a_main_file_is_a_project_of_its_own(cli: Cli, thesis: Path) -> None:
    text = "\\documentclass{book}\\begin{document}\\cite{KEY}\\bibliography{refs}\\end{document}"
    (thesis / "main.tex").write_text(text.replace("KEY", "adams2001"))
    (thesis / "slides.tex").write_text(text.replace("KEY", "baker2002,darwin1859"))
    cli("link", thesis / "refs.bib", "--project", thesis / "slides.tex")
    assert _keys(cli, "cited:slides") == {"baker2002", "darwin1859"}
    assert _keys(cli, "missing:slides.tex") == {"darwin1859"}
