"""Fields that a file says otherwise: listed, and used everywhere when a person says so."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS


@pytest.fixture
def linked(cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two linked files, the second of which says other pages, another author and another type."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    (tmp_path / "refs.bib").write_text(REFS)
    other = tmp_path / "other.bib"
    other.write_text(
        REFS.replace("{1--2}", "{3--4}").replace("Baker, Bob", "Baker, Robert").replace("@book", "@booklet")
    )
    cli("link", tmp_path / "refs.bib")
    assert "3 fields differ" in cli("link", other).out
    return other


def test_they_are_listed_and_nothing_is_written(cli: Cli, linked: Path) -> None:
    assert "adams2001 pages: 3–4 (library: 1–2)" in cli("links", "--differing").out.replace("--", "–")
    listed = cli("links", "--differing", "--json").json
    assert [(one["key"], one["field"]) for file in listed for one in file["differences"]] == [
        ("adams2001", "pages"),
        ("baker2002", "type"),
        ("baker2002", "author"),
    ]
    assert "differences" not in cli("links", "--json").json[0]
    cli("sync")
    assert "{1--2}" in linked.with_name("refs.bib").read_text()


def test_one_field_is_used_everywhere(cli: Cli, linked: Path) -> None:
    said = cli("sync", linked, "--use-everywhere", "adams2001:pages")
    assert said.out.startswith("1 field of other.bib used everywhere\n")
    assert cli("show", "--json", "adams2001").json[0]["fields"]["pages"] == "3--4"
    cli("sync")
    refs = linked.with_name("refs.bib").read_text()
    assert refs == REFS.replace("{1--2}", "{3--4}")
    assert "Baker, Bob" in refs
    cli("edit", "adams2001", "pages=5--6")
    cli("sync")
    assert "{5--6}" in linked.read_text()


def test_all_of_them_and_undo(cli: Cli, linked: Path) -> None:
    cli("sync", linked, "--use-everywhere", "*")
    paper = cli("show", "--json", "baker2002").json[0]
    assert (paper["type"], paper["authors"][0]["given"]) == ("booklet", "Robert")
    assert "nothing there" in cli("sync", linked, "--use-everywhere", "*", fails=1).err
    cli("undo")
    assert cli("show", "--json", "baker2002").json[0]["type"] == "book"
    assert "Name the one file" in cli("sync", "--use-everywhere", "*", fails=1).err
