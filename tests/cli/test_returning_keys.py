"""The ledger of keys: what stands in files and documents is taken; who was deleted and comes back has it again."""

from pathlib import Path

import pytest

from refman.app.wiring import Wiring
from refman.domain.settings import Settings
from refman.services.import_plan import ImportOptions
from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS

_PAPER = "@article{smith2020deep, author={Smith, Ann}, title={Deep things}, journal={J}, year=2020, doi={10.1/abc}}\n"
_OTHER = "@article{, author={Smith, Bob}, title={Deep water}, journal={J}, year=2020}\n"


@pytest.fixture
def paper(cli: Cli, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper in the library, exported once."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    path = tmp_path / "paper.bib"
    path.write_text(_PAPER)
    cli("import", path)
    cli("export")
    return path


def _keys(cli: Cli) -> list[str]:
    return sorted(paper["key"] for paper in cli("search", "--json", "").json)


@pytest.mark.parametrize("is_emptied", [False, True])
def test_a_deleted_paper_gets_its_key_back(cli: Cli, paper: Path, is_emptied: bool) -> None:
    cli("delete", "smith2020deep")
    if is_emptied:
        cli("trash", "empty")
    assert cli("import", "--dry-run", "--json", paper).json["keys"] == ["smith2020deep"]
    assert cli("import", "--json", paper).json["keys"] == ["smith2020deep"]
    assert _keys(cli) == ["smith2020deep"]
    cli("undo")
    assert _keys(cli) == []
    cli("redo")
    assert _keys(cli) == ["smith2020deep"]
    for _ in range(3 if is_emptied else 2):
        cli("undo")
    assert _keys(cli) == ["smith2020deep"]
    assert cli("check", "--json").json["ok"]


def test_read_without_a_key_it_gets_it_back_too(cli: Cli, paper: Path) -> None:
    cli("delete", "smith2020deep")
    paper.write_text(_PAPER.replace("smith2020deep", ""))
    assert cli("import", "--json", paper).json["keys"] == ["smith2020deep"]


def test_nobody_else_gets_it(cli: Cli, paper: Path) -> None:
    cli("delete", "smith2020deep")
    paper.write_text(_OTHER)
    assert cli("import", "--json", paper).json["keys"] == ["smith2020deepwater"]
    paper.write_text(_PAPER.replace("10.1/abc", "10.1/else").replace("things", "sea"))
    assert cli("import", "--json", paper).json["keys"] == ["smith2020deepa"]
    cli("trash", "empty")
    paper.write_text(_OTHER.replace("water", "snow"))
    assert cli("import", "--json", paper).json["keys"] == ["smith2020deepsnow"]


def test_keys_of_linked_files_and_documents_are_taken(cli: Cli, paper: Path) -> None:
    folder = paper.parent / "thesis"
    folder.mkdir()
    refs = folder / "refs.bib"
    refs.write_text(REFS.replace("adams2001", "brown2021big"))
    (folder / "main.tex").write_text("\\cite{green2022new,brown2021big}")
    cli("link", refs, "--project", folder)
    refs.write_text(REFS)
    cli("sync", refs)
    cli("unlink", refs)
    text = "@misc{{, author={{{0}}}, title={{{1}}}, year={2}}}\n"
    paper.write_text(text.format("Brown", "Big Data", 2021))
    assert cli("import", "--json", paper).json["keys"] == ["brown2021bigdata"]
    cli("link", refs, "--project", folder)
    paper.write_text(text.format("Green", "New Deal", 2022))
    assert cli("import", "--json", paper).json["keys"] == ["green2022newdeal"]
    paper.write_text("@misc{green2022new, title={The one that is cited}}\n")
    assert cli("import", "--json", paper).json["keys"] == ["green2022new"]


def test_patterns_of_types_and_libraries(tmp_path: Path) -> None:
    text = (
        "@book{{, author={{Roe, Ann}}, editor={{Poe, E}}, title={{{0}}}, year=2001}}\n"
        "@misc{{, author={{Roe, Ann}}, title={{More {0}}}}}\n"
    )
    settings = Settings(
        citation_key_pattern="[auth][title]",
        citation_keys_of_types="book = [edtr]-[title]",
        citation_keys_of_libraries="talk = [title]",
    )
    made: dict[str, list[str]] = {}
    for name in ("thesis", "talk"):
        location = str(tmp_path / f"{name}.refman")
        Wiring().create_library(location)
        library = Wiring().open_library(location, settings=settings)
        (tmp_path / "x.bib").write_text(text.format(name))
        plan = library.plan_import(
            [library.read_file(tmp_path / "x.bib")], ImportOptions(captured_on=library.clock.today())
        )
        made[name] = list(library.apply_import(plan).keys)
        library.close()
    assert made == {"thesis": ["Poe-Thesis", "RoeMoreThesis"], "talk": ["Poe-Talk", "MoreTalk"]}


def test_a_file_that_is_linked_again_after_an_undo_has_its_keys(cli: Cli, paper: Path) -> None:
    refs = paper.parent / "refs.bib"
    refs.write_text(REFS)
    cli("link", refs)
    cli("undo")
    cli("unlink", refs)
    cli("link", refs)
    assert _keys(cli) == ["adams2001", "baker2002", "carter2003", "smith2020deep"]
    assert cli("sync", refs).out == "refs.bib: in step\n"
