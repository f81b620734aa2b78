"""Each command by what it prints and does."""

import sys
from pathlib import Path

import pytest

from refman.app.wiring import Wiring
from refman.storage import sqlite, store
from tests.cli.conftest import PAGE, Cli

_AI = "zheng2026ai"


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").out.startswith("refman ")
    out = cli("--help").out
    words = (
        "gui init import export search show edit tag note delete trash profile undo redo history check backup restore"
    )
    assert [word for word in words.split() if f"    {word} " not in out] == []
    assert "FIELD=VALUE" in cli("edit", "--help").out


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["show"], ["search"], ["search", "--sort", "colour", "x"], ["search", "--limit", "-1", "x"]],
)
def test_wrong_usage_is_status_2(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments, fails=2)
    assert done.out == ""
    assert "usage: refman" in done.err


def test_init_makes_an_empty_library(cli: Cli, library: Path) -> None:
    assert cli("init").out == f"Made the library {library}\n"
    assert cli("search", "", "--json").json == []
    assert cli("search", "").out == ""


def test_the_library_may_be_named_before_and_after_the_command(cli: Cli, tmp_path: Path) -> None:
    one, two = tmp_path / "one.refman", tmp_path / "two.refman"
    cli("--library", one, "init")
    cli("init", "--library", two)
    cli("tag", "list", "--library", one)
    cli("tag", "--library", two, "list", "--json")
    cli("--library", two, "import", PAGE, "--library", one)
    assert len(cli("search", "", "--library", one, "--json").json) == 23
    assert cli("search", "", "--library", two, "--json").json == []


def test_the_default_place_is_the_data_folder(cli: Cli, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, ""):
        if value is None:
            monkeypatch.delenv("REFMAN_LIBRARY")
        else:
            monkeypatch.setenv("REFMAN_LIBRARY", value)
        assert str(own_home / "data" / "refman" / "library.refman") in cli("search", "", fails=1).err


# Finding


def test_a_paper_without_a_key_is_named_by_its_number(cli: Cli, library: Path) -> None:
    cli("init")
    _window_makes_a_paper(library)
    assert cli("search", "").out == "id=1          Still nameless\n"
    assert cli("show", "id=1").out.startswith("id=1 (no citation key yet)  [misc, paper 1]")
    assert "key" not in cli("show", "id=1", "--json").json[0]
    cli("tag", "add", "rl", "id=1")
    cli("edit", "id=1", "authors=Ann Smith", "year=2024")
    assert cli("search", "tag:rl").out == "smith2024still  2024  Smith  Still nameless\n"


def test_an_export_makes_the_key_that_is_missing(cli: Cli, library: Path) -> None:
    cli("init")
    _window_makes_a_paper(library)
    assert "@misc{stillnameless," in cli("export", "--key", "id=1").out
    assert cli("search", "").out.startswith("stillnameless")


def _window_makes_a_paper(library: Path) -> None:
    opened = Wiring().open_library(str(library))
    opened.new_paper("misc", {"title": "Still nameless"})
    opened.close()


def test_tags_are_listed_as_people_sort_them(cli: Cli, page: list[str]) -> None:
    for tag in ("zoo", "Émile/x", "echo", "Zoë", "emile", "Æon", "rl-x", "rl/b", "rl", "Ω"):
        cli("tag", "add", tag, page[0])
    names = [tag["name"] for tag in cli("tag", "list", "--json").json]
    assert names == ["Æon", "echo", "emile", "Émile", "Émile/x", "rl", "rl/b", "rl-x", "Zoë", "zoo", "Ω"]


@pytest.mark.usefixtures("page")
def test_search_prints_columns_and_json(cli: Cli) -> None:
    out = cli("search", "author:hamrick", "--sort", "year").out
    assert out == (
        "hamrick2019combining  2019  Hamrick, Bapst, Sanchez-Gonzale…  "
        "Combining Q-Learning and Search with Amortized Value Estimates\n"
        "hamrick2020role       2020  Hamrick, Friesen, Behbahani et …  "
        "On the role of planning in model-based deep reinforcement learning\n"
    )
    shapes = cli("search", "author:hamrick", "--sort", "year:desc", "--json").json
    assert [shape["key"] for shape in shapes] == ["hamrick2020role", "hamrick2019combining"]
    assert shapes[0]["tags"] == []


@pytest.mark.usefixtures("page")
def test_a_search_that_takes_too_long_is_ended_unless_asked_to_go_on(
    cli: Cli, page: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_STEPS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(store, "_LONGEST_SEARCH_S", 0.0)
    assert "look for fewer things at once, or for longer words." in cli("search", "tree", fails=1).err
    assert "refman search --no-time-limit" in cli("search", "tree", "--json", fails=1).err
    assert len(cli("search", "--no-time-limit", "", "--json").json) == len(page)


def test_search_limits_and_defaults(cli: Cli, page: list[str]) -> None:
    keys = [shape["key"] for shape in cli("search", "", "--json").json]
    assert keys == page
    assert [shape["key"] for shape in cli("search", "", "--limit", "2", "--json").json] == page[:2]
    assert cli("search", "", "--limit", "0").out == ""
    assert cli("search", "nothinglikethis").out == ""
    assert len(cli("search", "planning", "reinforcement", "--json").json) == len(
        cli("search", "planning reinforcement", "--json").json
    )


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "-hamrick"],
        ["-hamrick", "--json"],
        ["--json", "--", "-hamrick"],
        ["--limit", "50", "-hamrick", "--json", "--sort=year"],
        ["--sort", "year", "--json", "-hamrick", "--limit=50"],
    ],
)
def test_a_query_may_begin_with_a_dash(cli: Cli, arguments: list[str]) -> None:
    keys = {shape["key"] for shape in cli("search", *arguments).json}
    assert len(keys) == 21
    assert "hamrick2020role" not in keys


@pytest.mark.usefixtures("page")
def test_what_of_a_query_is_not_understood_is_told(cli: Cli) -> None:
    done = cli("search", "year:soon author:hamrick", "--json")
    assert [shape["key"] for shape in done.json] == ["hamrick2020role", "hamrick2019combining"]
    assert done.err.startswith('refman: "year:soon" was left out of the search: ')


@pytest.mark.usefixtures("page")
def test_show_prints_everything_for_people(cli: Cli) -> None:
    cli("tag", "add", "rl/planning", _AI)
    cli("note", "add", _AI, "# Idea\nread it")
    out = cli("show", _AI, "pascanu2017learning").out
    first, second = out.split("\n\npascanu2017learning  [misc, paper 21]\n")
    assert first.startswith(f"{_AI}  [misc, paper 1]\nTitle:         AI Co-Mathematician: Accelerating")
    for line in (
        "Authors:       Daniel Zheng, Ingrid von Glehn, Yori Zwols et al.",
        "Date:          2026-05-07",
        "Class:         cs.AI",
        "Tags:          rl/planning",
        "Note 1:",
        "  # Idea\n  read it",
    ):
        assert line in first
    assert "Learning model-based planning from scratch" in second


@pytest.mark.usefixtures("page")
def test_show_json_is_an_array_in_the_order_of_the_keys(cli: Cli) -> None:
    shapes = cli("show", "--json", "pascanu2017learning", _AI).json
    assert [shape["key"] for shape in shapes] == ["pascanu2017learning", _AI]
    assert isinstance(cli("show", _AI, "--json").json, list)


@pytest.mark.usefixtures("page")
def test_show_of_odd_papers(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "odd.bib").write_text(
        "@misc{odd, title={T}, year={forthcoming}, month=may, custom={x}}\n"
        "@misc{range, title={R}, date={2019/2021}}\n@misc{may, title={M}, month=may}\n"
    )
    cli("import", tmp_path / "odd.bib")
    cli("delete", "odd")
    out = cli("show", "odd", "range", "may").out
    assert "(in the trash)" in out
    assert "custom:        x" in out
    assert "Date:          2019/2021" in out
    assert "Date:          5\n" in out


# Profiles and the journal


@pytest.mark.usefixtures("page")
def test_profiles_have_their_captures_newest_first(cli: Cli) -> None:
    cli("import", PAGE, "--captured-on", "2027-01-01")
    (profile,) = cli("profile", "list", "--json").json
    assert profile == cli("profile", "show", "lars  BUESING", "--json").json
    assert [capture["captured_on"] for capture in profile["captures"]] == ["2027-01-01", "2026-11-22"]
    figures = "h-index 13, papers 23, citations 2,191, novelty 60 %, AI score 47"
    assert cli("profile", "show", "Lars Buesing").out == (
        f"Lars Buesing (LG)\n  2027-01-01  {figures}\n  2026-11-22  {figures}\n"
    )
    assert cli("profile", "list").out == f"Lars Buesing (LG)\n  2027-01-01  {figures}\n"


@pytest.mark.usefixtures("page")
def test_undo_redo_and_history(cli: Cli) -> None:
    cli("tag", "add", "rl", _AI)
    assert cli("undo").out == f"Undone: Tag {_AI} with rl\n"
    last, first = cli("history", "--json").json
    assert (last["name"], last["undone"], last["papers"]) == (f"Tag {_AI} with rl", True, 1)
    assert (first["name"], first["undone"], first["papers"]) == ("Import 23 papers from lars-buesing.txt", False, 23)
    assert list(last) == ["id", "when", "name", "undone", "papers"]
    assert last["when"].endswith("Z")
    lines = cli("history", "--limit", "1").out.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith(f"  Tag {_AI} with rl (1 paper) [undone]")
    assert cli("redo").out == f"Done again: Tag {_AI} with rl\n"
    cli("undo")
    cli("undo")
    assert "no step to undo" in cli("undo", fails=1).err
    assert cli("search", "", "--json").json == []


# The whole library


@pytest.mark.usefixtures("page")
def test_check_backup_and_restore(cli: Cli, library: Path, tmp_path: Path) -> None:
    assert cli("check").out == f"{library} is sound\n"
    assert cli("check", "--json").json == {"ok": True, "problems": []}
    assert "3.51.3" not in cli("search", "").err
    backup = tmp_path / "copy.refman"
    assert cli("backup", backup).out == f"Wrote {backup}\n"
    cli("delete", _AI)
    cli("trash", "empty")
    out = cli("restore", backup).out
    kept = Path(out.rstrip("\n").split(" kept as ")[1])
    assert len(cli("search", "", "--json").json) == 23
    assert len(cli("--library", kept, "search", "", "--json").json) == 22


@pytest.mark.usefixtures("page")
def test_check_finds_damage(cli: Cli, library: Path) -> None:
    with library.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xde\xad" * 4096)
    done = cli("check", "--json", fails=1)
    assert done.json["ok"] is False
    assert done.json["problems"]
    assert "is not sound" in done.err
    assert cli("check", fails=1).out.strip()


def test_progress_is_shown_to_a_person_only(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refman.cli.progress.is_terminal", lambda stream: stream is sys.stderr)
    monkeypatch.setattr("refman.cli.progress._PAUSE_S", 0)
    done = cli("import", PAGE)
    assert done.err == "\r\033[KImport 23 of 23\r\033[K"


def test_a_month_beside_several_days_is_shown_by_its_name(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{k, author={A B}, title={T}, year=2001, month=jun, day={3--5}}\n")
    cli("import", tmp_path / "a.bib")
    assert "2001 June 3–5" in cli("show", "k").out
