"""Edits, tags, notes and the trash on the command line."""

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_AI = "zheng2026ai"


@pytest.mark.usefixtures("page")
def test_edit_changes_all_or_none(cli: Cli) -> None:
    assert cli("edit", _AI, "title=New = better", "year=2025", "publisher=ACM").out == (
        f"Title, year, publisher of {_AI} changed\n"
    )
    (shape,) = cli("show", _AI, "--json").json
    assert (shape["title"], shape["year"], shape["month"], shape["fields"]) == (
        "New = better",
        2025,
        5,
        {"publisher": "ACM"},
    )
    assert cli("edit", _AI, "title=New = better").out == "Nothing to change.\n"
    cli("edit", _AI, "title=x", "month=13", fails=1)
    assert cli("show", _AI, "--json").json == [shape]
    cli("edit", _AI, "title=", "key=mine")
    (shape,) = cli("show", "mine", "--json").json
    assert "title" not in shape
    assert "not FIELD=VALUE" in cli("edit", "mine", "title", fails=2).err


@pytest.mark.usefixtures("page")
def test_a_part_of_a_range_names_date(cli: Cli) -> None:
    cli("edit", _AI, "date=2019/2021")
    assert "change it with date=" in cli("edit", _AI, "year=2020", fails=1).err
    (shape,) = cli("show", _AI, "--json").json
    assert (shape["date"], "year" in shape) == ("2019/2021", False)


@pytest.mark.usefixtures("page")
def test_tags_are_put_listed_renamed_merged_and_deleted(cli: Cli) -> None:
    assert cli("tag", "add", "rl/planning", _AI, "hamrick2020role").out == '2 papers tagged with "rl/planning"\n'
    cli("tag", "add", "todo", _AI)
    assert cli("tag", "list", "--json").json == [
        {"name": "rl", "colour": 0, "count": 2},
        {"name": "rl/planning", "colour": 0, "count": 2},
        {"name": "todo", "colour": 0, "count": 1},
    ]
    assert cli("tag", "list").out == "2  rl\n2  rl/planning\n1  todo\n"
    cli("tag", "rename", "rl", "ml")
    cli("tag", "merge", "todo", "ml/planning", "later")
    cli("tag", "remove", "later", _AI)
    assert [(tag["name"], tag["count"]) for tag in cli("tag", "list", "--json").json] == [("later", 1)]
    cli("tag", "delete", "later")
    assert cli("tag", "list", "--json").json == []
    for _ in range(6):
        cli("undo")
    assert len(cli("history", "--json").json) == 7


@pytest.mark.usefixtures("page")
def test_notes_come_from_arguments_and_standard_input(cli: Cli) -> None:
    assert cli("note", "add", _AI, "- an item").out == f"Note added to {_AI} (note 1)\n"
    cli("note", "add", _AI, "-unknown-option")
    cli("note", "add", _AI, "-", stdin="geräumig\n\nzwei\n".encode())
    cli("note", "add", _AI, stdin=b"no argument")
    cli("note", "add", _AI, "--", "--json")
    texts = ["- an item", "-unknown-option", "geräumig\n\nzwei", "no argument", "--json"]
    assert cli("note", "list", _AI, "--json").json == [
        {"id": place, "text": text} for place, text in enumerate(texts, start=1)
    ]
    cli("note", "edit", "1", "- another")
    cli("note", "delete", "2")
    assert cli("note", "list", _AI).out.startswith("[1]\n- another\n\n[3]\ngeräumig\n\nzwei\n\n[4]\n")
    assert "not UTF-8" in cli("note", "add", _AI, stdin=b"\xff", fails=1).err
    assert "new text is empty" in cli("note", "edit", "1", "", fails=1).err
    assert cli("note", "list", "hamrick2020role").out == ""


class _Terminal(io.TextIOWrapper):
    """A standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("page")
def test_at_a_terminal_the_editor_is_asked(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\ncat "$2" >> "$1"\nprintf \'more\\n\' >> "$2"\n')
    editor.chmod(0o700)
    seen = tmp_path / "seen"
    with monkeypatch.context() as patch:
        patch.setenv("EDITOR", f"'{editor}' {seen}")
        patch.setattr(io, "TextIOWrapper", _Terminal)
        cli("note", "add", _AI)
        cli("note", "edit", "1")
    assert seen.read_text() == "more"
    assert cli("note", "list", _AI, "--json").json == [{"id": 1, "text": "moremore"}]


@pytest.mark.usefixtures("page")
def test_an_editor_that_fails_changes_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(io, "TextIOWrapper", _Terminal)
    for editor in ("false", "/no/such/editor"):
        monkeypatch.setenv("VISUAL", editor)
        assert "nothing was changed" in cli("note", "add", _AI, fails=1).err
    assert cli("note", "list", _AI, "--json").json == []


@pytest.mark.usefixtures("page")
def test_the_trash(cli: Cli) -> None:
    assert cli("delete", _AI, "hamrick2020role").out == "2 papers moved to the trash\n"
    assert [shape["key"] for shape in cli("trash", "list", "--json").json] == [_AI, "hamrick2020role"]
    assert cli("trash", "list").out.splitlines()[0].startswith(_AI)
    assert len(cli("search", "", "--json").json) == 21
    assert len(cli("search", "in:trash", "--json").json) == 2
    assert f"{_AI} is in the trash" in cli("export", "--key", _AI, fails=1).err
    assert cli("delete", _AI).out == "Nothing to change.\n"
    assert cli("trash", "restore", _AI).out == f"{_AI} taken out of the trash\n"
    assert cli("trash", "empty").out == "Trash emptied: 1 paper removed\n"
    assert cli("trash", "list", "--json").json == []
    cli("undo")
    assert len(cli("trash", "list", "--json").json) == 1
