"""`refman export-profile` and `refman export --profile`."""

from pathlib import Path

from tests.cli.conftest import Cli


def test_a_profile_is_made_shown_used_and_deleted(cli: Cli, page: list[str]) -> None:
    assert cli("export-profile", "list").out == ""
    made = cli("export-profile", "set", "Thesis", "engine=biblatex", "left_out=abstract", "tags=yes").out
    assert made == "made the export profile Thesis\n"
    assert cli("export-profile", "set", "thesis", "order=year").out == "changed the export profile Thesis\n"
    assert cli("export-profile", "list").out == "Thesis  engine=biblatex order=year left_out=abstract tags=yes\n"
    shown = cli("export-profile", "show", "THESIS", "--json").json
    assert (shown["name"], shown["order"], shown["files"]) == ("Thesis", "year", False)
    assert "order=year" in cli("export-profile", "show", "Thesis").out.splitlines()
    assert cli("export-profile", "list", "--json").json == [shown]
    out = cli("export", "--profile", "thesis", "--key", page[0]).out
    assert "abstract" not in out and "date = {" in out
    assert cli("export-profile", "delete", "thesis").out == "deleted the export profile Thesis\n"
    assert "There is no export profile" in cli("export", "--profile", "thesis", fails=1).err


def test_a_profile_writes_a_file(cli: Cli, page: list[str], tmp_path: Path) -> None:
    cli("export-profile", "set", "short", "kept=author title year")
    target = tmp_path / "refs.bib"
    cli("export", "--profile", "short", "--output", target)
    text = target.read_text()
    assert text.count("\n@") + 1 == len(page) and "abstract" not in text and "note" not in text


def test_what_cannot_be(cli: Cli, page: list[str]) -> None:
    cli("export-profile", "set", "p", "engine=biblatex")
    assert "leave --format out" in cli("export", "--profile", "p", "--format", "bibtex", fails=1).err
    assert "is no answer" in cli("export-profile", "set", "p", "colour=red", fails=1).err
    assert "is one of key" in cli("export-profile", "set", "p", "order=red", fails=1).err
    assert "true or false" in cli("export-profile", "set", "p", "files=perhaps", fails=1).err
    assert cli("export-profile", "show", "p").out.count("=biblatex") == 1


def test_words_are_proposed(cli: Cli, page: list[str]) -> None:
    assert cli("export-profile", "propose-words").status == 0
