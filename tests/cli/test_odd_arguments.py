"""Arguments and texts that nobody types on purpose."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import PAGE, Cli

_AI = "zheng2026ai"


@pytest.mark.usefixtures("page")
def test_what_an_option_takes_may_start_with_a_dash(cli: Cli) -> None:
    assert cli("export", "--query", "-author:hamrick", "--format", "ris").out.count("TY  - ") == 21
    assert "expected one argument" in cli("export", "--query", "--format", "ris", fails=2).err
    cli("import", PAGE, "--tag", "-later", "--captured-on", "2026-11-22")
    assert [tag["name"] for tag in cli("tag", "list", "--json").json] == ["-later"]
    assert len(cli("search", "--limit", "3", "-author:hamrick", "--json").json) == 3
    assert cli("search", "--", "--limit").status == 0


def test_a_file_name_that_is_no_utf_8_is_shown_with_escapes(cli: Cli, tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    shown = f"{tmp_path}/\\udcff.txt"
    assert cli("import", name, "--json", fails=1).json["problems"][0]["file"] == shown
    Path(name).write_text(PAGE.read_text("utf-8"))
    cli("import", name)
    assert f"Read from:     {shown}, line" in cli("show", _AI).out.replace("\n" + " " * 15, " ")


@pytest.mark.usefixtures("page")
def test_texts_that_are_no_utf_8_are_refused(cli: Cli) -> None:
    wrong = os.fsdecode(b"caf\xe9")
    for command in (
        ("search", wrong),
        ("edit", _AI, f"title={wrong}"),
        ("tag", "add", wrong, _AI),
        ("note", "add", _AI, wrong),
        ("show", wrong),
    ):
        assert "is not UTF-8, so nothing was done" in cli(*command, fails=1).err
    assert len(cli("history", "--json").json) == 1


@pytest.mark.usefixtures("page")
def test_numbers_beyond_any_library(cli: Cli) -> None:
    huge = "9" * 30
    assert len(cli("search", "", "--limit", huge, "--json").json) == 23
    assert len(cli("history", "--limit", huge, "--json").json) == 1
    assert "no note" in cli("note", "delete", huge, fails=1).err
    assert "is not a number" in cli("note", "delete", "nine", fails=2).err
    cli("import", PAGE, "--captured-on", "0001-01-01")


def test_a_terminal_obeys_no_title(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(
        "% padding\n" * 100 + "@misc{x, title={Red \x1b[31m and \x9b2J gone}, note={a\x07b}}\n"
    )
    cli("import", tmp_path / "x.bib")
    for out in (cli("search", "").out, cli("show", "x").out):
        assert "Red \ufffd[31m and" in out
        assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in out.replace("\n", ""))
    assert "\x1b" in cli("show", "x", "--json").json[0]["title"]
