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
