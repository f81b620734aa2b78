"""What removes much of a library is refused without --yes, and backed up with it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def many(cli: Cli, tmp_path: Path) -> list[str]:
    """The keys of 150 papers that one import brought."""
    bib = tmp_path / "many.bib"
    bib.write_text("".join(f"@misc{{k{number}, title = {{Title {number}}}}}\n" for number in range(150)))
    cli("import", str(bib))
    return [f"k{number}" for number in range(150)]


def test_many_papers_go_only_with_yes(cli: Cli, many: list[str]) -> None:
    refused = cli("delete", *many[:120], fails=1)
    assert refused.err.strip().endswith(
        "This would remove 120 of 150 papers, so nothing was done; if it is meant, repeat it with --yes."
    )
    assert len(cli("search", "", "--json").json) == 150
    assert cli("delete", "--yes", *many[:120]).out == "120 papers moved to the trash\n"
    newest = cli("restore", "--list", "--json").json[0]["number"]
    assert cli("restore", "--preview", "--json", str(newest)).json["there"] == 150
    for command in (("trash", "empty"), ("trash", "delete", *many[:120])):
        assert "--yes" in cli(*command, fails=1).err
    assert cli("trash", "empty", "--yes").out == "Trash emptied: 120 papers removed\n"


def test_undo_of_a_big_import_needs_yes_too(cli: Cli, many: list[str]) -> None:
    assert "150 of 150 papers" in cli("undo", fails=1).err
    assert len(cli("search", "", "--json").json) == 150
    cli("undo", "--yes")
    assert cli("search", "", "--json").json == []
    cli("redo")
    cli("delete", "--yes", *many[:101])
    cli("undo")
    assert "101 of 150 papers" in cli("redo", fails=1).err


def test_a_backup_without_many_of_the_papers_needs_yes(cli: Cli, many: list[str], tmp_path: Path) -> None:
    cli("undo", "--yes")
    copy = str(tmp_path / "empty.refman")
    cli("backup", copy)
    cli("redo")
    assert "150 of 150 papers" in cli("restore", copy, fails=1).err
    assert len(cli("search", "", "--json").json) == 150
    cli("restore", "--yes", copy)
    assert cli("search", "", "--json").json == []


def test_a_few_papers_need_no_consent(cli: Cli, many: list[str]) -> None:
    cli("delete", *many[:10])
    cli("trash", "empty")
    assert len(cli("search", "", "--json").json) == 140
    cli("undo")
    cli("undo")
    assert len(cli("search", "", "--json").json) == 150


def test_an_export_over_a_file_of_others_needs_yes(cli: Cli, many: list[str], tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("@book{own, title = {Typed by hand}}\n@book{second, title = {Too}}\n")
    typed = target.read_bytes()
    assert "2 of the 2 entries in" in cli("export", "--output", target, fails=1).err
    assert target.read_bytes() == typed
    cli("export", "--output", target, "--yes")
    # The same again, and a little less, is what scripts do.
    cli("export", "--output", target)
    cli("delete", many[0])
    assert "wrote 149 papers" in cli("export", "--output", target).err
    assert "149 entries" in cli("export", "--key", many[5], "--output", target, fails=1).err
    target.write_text("Notes of mine\n")
    assert "something else than references" in cli("export", "--output", target, fails=1).err
    assert target.read_text() == "Notes of mine\n"
