"""Notes, tags and files in the trash on the command line."""

import pytest

from tests.cli.conftest import Cli

_AI = "zheng2026ai"


@pytest.mark.usefixtures("page")
def test_notes_and_tags_are_listed_restored_and_deleted(cli: Cli) -> None:
    cli("note", "add", _AI, "# Read again\n\nsection 3")
    cli("tag", "add", "rl", _AI, "hamrick2020role")
    cli("note", "delete", "1")
    cli("tag", "delete", "rl")
    tag, note = cli("trash", "things", "--json").json
    assert (tag["kind"], tag["what"], tag["papers"]) == ("tag", "rl", 2)
    assert (note["kind"], note["what"], note["paper"]) == ("note", "# Read again\n\nsection 3", _AI)
    lines = cli("trash", "list").out.splitlines()
    assert [line.split("  ")[-1] for line in lines] == ["tag: rl", f"note of {_AI}: # Read again"]
    assert cli("trash", "list", "--json").json == []
    assert cli("trash", "restore", "--thing", str(note["id"])).out == f"the note of {_AI} taken out of the trash\n"
    assert cli("note", "list", _AI, "--json").json == [{"id": 1, "text": "# Read again\n\nsection 3"}]
    assert cli("trash", "delete", "--thing", str(tag["id"])).out == "the tag rl deleted for good\n"
    assert cli("trash", "things", "--json").json == []
    cli("undo")
    assert [one["what"] for one in cli("trash", "things", "--json").json] == ["rl"]
    assert cli("trash", "empty").out == "Trash emptied: 1 deleted thing removed\n"


@pytest.mark.usefixtures("page")
def test_papers_of_the_trash_are_deleted_for_good(cli: Cli) -> None:
    cli("delete", _AI, "hamrick2020role")
    assert cli("trash", "delete", _AI).out == f"{_AI} deleted for good\n"
    assert [shape["key"] for shape in cli("trash", "list", "--json").json] == ["hamrick2020role"]
    assert cli("trash", "restore").out == "Nothing to change.\n"
    assert "nothing with the number 7 in the trash" in cli("trash", "restore", "--thing", "7", fails=1).err
