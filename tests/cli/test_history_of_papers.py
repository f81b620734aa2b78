"""The history of one paper on the command line, and older values put back."""

from typing import Any

import pytest

from tests.cli.conftest import Cli

_AI = "zheng2026ai"


def _changes(cli: Cli, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli("history", _AI, *more, "--json").json
    return found


@pytest.mark.usefixtures("page")
def test_every_change_is_listed_with_what_was_before(cli: Cli) -> None:
    cli("edit", _AI, "title=New title", "authors=Byron, Ada")
    cli("tag", "add", "rl", _AI)
    cli("note", "add", _AI, "Read it")
    changes = _changes(cli)
    assert [(one["field"], one["before"], one["after"]) for one in changes if one["field"] in ("tag", "note")] == [
        ("note", "", "Read it"),
        ("tag", "", "rl"),
    ]
    (title,) = _changes(cli, "--field", "title")
    assert (title["after"], title["name"], title["restorable"]) == ("New title", f"Edit title, authors of {_AI}", True)
    assert [one["field"] for one in _changes(cli, "--field", "authors")] == ["author"]
    assert len(_changes(cli, "--limit", "2")) == 2
    lines = cli("history", _AI, "--field", "title").out.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith('-> "New title"')


@pytest.mark.usefixtures("page")
def test_an_older_value_is_put_back_and_undone(cli: Cli) -> None:
    before = cli("show", _AI, "--json").json
    cli("edit", _AI, "authors=Byron, Ada")
    (change,) = _changes(cli, "--field", "authors")
    assert cli("history", _AI, "--restore", str(change["id"])).out == f"Earlier authors of {_AI} put back\n"
    after = cli("show", _AI, "--json").json
    assert (after[0]["authors"], after[0]["authors_truncated"]) == (before[0]["authors"], True)
    assert cli("undo").out == f"Undone: Put the earlier authors of {_AI} back\n"
    assert cli("show", _AI, "--json").json[0]["authors"] == [{"given": "Ada", "family": "Byron"}]


@pytest.mark.usefixtures("page")
def test_what_cannot_be_put_back_is_refused(cli: Cli) -> None:
    cli("edit", _AI, "title=New title")
    (change,) = _changes(cli, "--field", "title")
    number = str(change["id"])
    assert "no change 99999" in cli("history", _AI, "--restore", "99999", fails=1).err
    assert f"no change {number} of doi" in cli("history", _AI, "--field", "doi", "--restore", number, fails=1).err
    assert f"no change {number}" in cli("history", "hamrick2020role", "--restore", number, fails=1).err
    assert "name its KEY" in cli("history", "--field", "title", fails=1).err
    assert "nope" in cli("history", "nope", fails=1).err
