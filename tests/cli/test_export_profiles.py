"""`refman export-profile` and `refman export --profile`."""

from pathlib import Path

import pytest

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


def test_former_keys_leave_and_answer_for_a_document(cli: Cli, library: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\cite{old,older}\\addbibresource{refs.bib}")
    (tmp_path / "in.bib").write_text("@misc{older, title={One}}\n")
    target = tmp_path / "refs.bib"
    cli("import", tmp_path / "in.bib")
    for new in ("old", "new"):
        cli("export", "--output", target, "--format", "biblatex", "--yes")
        cli("edit", "old" if new == "new" else "older", f"key={new}")
    cli("export-profile", "set", "Thesis", "engine=biblatex")
    cli("export", "--profile", "thesis", "--output", target, "--yes")
    said = cli("project", "status", tmp_path).out
    for key in ("old", "older"):
        assert f"{key} is new now: refman rename-key {key} new --project" in said
    cli("export-profile", "set", "Thesis", "former_keys=yes")
    assert "former_keys=yes" in cli("export-profile", "show", "thesis").out
    cli("export", "--profile", "thesis", "--output", target, "--yes")
    assert "ids = {old, older}" in target.read_text()
    status = cli("project", "status", tmp_path, "--json").json
    assert (status["missing"], status["retired"], status["unused"]) == ([], [], [])


def test_what_cannot_be(cli: Cli, page: list[str]) -> None:
    cli("export-profile", "set", "p", "engine=biblatex")
    assert "leave --format out" in cli("export", "--profile", "p", "--format", "bibtex", fails=1).err
    assert "is no answer" in cli("export-profile", "set", "p", "colour=red", fails=1).err
    assert "is one of key" in cli("export-profile", "set", "p", "order=red", fails=1).err
    assert "true or false" in cli("export-profile", "set", "p", "files=perhaps", fails=1).err
    assert cli("export-profile", "show", "p").out.count("=biblatex") == 1


def test_words_are_proposed(cli: Cli, page: list[str]) -> None:
    assert cli("export-profile", "propose-words").status == 0


def test_files_of_a_profile_are_kept_by_their_whole_path(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ab.csv").write_text("Journal of Foo;J. Foo\n")
    (tmp_path / "own.bst").write_text("ENTRY {title} {} {}\n")
    monkeypatch.chdir(tmp_path)
    cli("export-profile", "set", "p", "abbreviations=ab.csv", "style=own")
    shown = cli("export-profile", "show", "p", "--json").json
    assert (shown["abbreviations"], shown["style"]) == (str(tmp_path / "ab.csv"), str(tmp_path / "own"))
    for answer in ("abbreviations=gone.csv", "style=gone.bst", "style=sub/gone"):
        assert "There is no file" in cli("export-profile", "set", "p", answer, fails=1).err
    cli("export-profile", "set", "p", "abbreviations=", "style=plain")
    shown = cli("export-profile", "show", "p", "--json").json
    assert (shown["abbreviations"], shown["style"]) == ("", "plain")
