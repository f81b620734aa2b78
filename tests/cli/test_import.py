"""`refman import`: figures, keys, problems, exit status; nothing half done."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import PAGE, Cli

_PAPER = "LGNov 29, 2024\nA Paper on Things\n\nAnn Smith, Bob Jones et al.\n\nFirst words.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file with one paper."""
    path = tmp_path / "paper.txt"
    path.write_text(_PAPER)
    return path


def test_the_page_adds_23_papers_into_a_library_that_is_made(cli: Cli, library: Path) -> None:
    done = cli("import", PAGE, "--captured-on", "2026-11-22", "--json")
    report = done.json
    assert list(report) == ["added", "updated", "unchanged", "skipped", "keys", "profiles", "problems"]
    figures = {name: report[name] for name in ("added", "updated", "unchanged", "skipped", "profiles", "problems")}
    assert figures == {
        "added": 23,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "profiles": ["Lars Buesing"],
        "problems": [],
    }
    assert len(set(report["keys"])) == 23
    assert done.err == ""
    assert library.stat().st_mode & 0o777 == 0o600
    again = cli("import", PAGE, "--captured-on", "2026-11-22", "--json").json
    assert (again["added"], again["unchanged"], again["keys"]) == (0, 23, report["keys"])


def test_folders_of_a_new_library_are_open_to_nobody_else(cli: Cli, tmp_path: Path, paper: Path) -> None:
    folder = tmp_path / "a" / "b"
    cli("--library", folder / "x.refman", "import", paper)
    assert [one.stat().st_mode & 0o777 for one in (folder, folder.parent)] == [0o700, 0o700]


def test_a_sentence_for_people_and_problems_on_standard_error(cli: Cli, paper: Path) -> None:
    assert cli("import", paper).out == "1 added\n"
    paper.write_text(_PAPER.replace("First", "Other"))
    done = cli("import", paper)
    assert done.out == "1 already here\n"
    assert done.err == (
        f'refman: {paper}:1: smith2024paper: abstract is "First words." in the library and "Other words." here; '
        "it was left as it is.\n"
    )


def test_standard_input_is_a_file_too(cli: Cli) -> None:
    done = cli("import", "-", stdin=_PAPER.encode("utf-16"))
    assert done.out == "1 added\n"


def test_standard_input_that_gives_nothing_is_named(cli: Cli) -> None:
    done = cli("import", "-", "--json", stdin=b"", fails=1)
    assert [problem["file"] for problem in done.json["problems"]] == ["-"]


def test_one_file_that_gives_nothing_fails_and_the_others_come_in(cli: Cli, paper: Path, tmp_path: Path) -> None:
    nothing, missing = tmp_path / "nothing.txt", tmp_path / "missing.txt"
    nothing.write_text("no paper at all")
    done = cli("import", missing, paper, nothing, "--json", fails=1)
    assert done.json["added"] == 1
    problems = done.json["problems"]
    assert [(problem["file"], problem["line"]) for problem in problems] == [(str(missing), 0), (str(nothing), 0)]
    assert f"There is no file {missing}" in problems[0]["message"]
    assert "the formats tried are author page (profile), " in problems[1]["message"]
    assert len(done.err.splitlines()) == 2
    assert cli("search", "").out.count("\n") == 1


def test_nothing_at_all_makes_no_library(cli: Cli, library: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("no paper at all")
    cli("import", tmp_path / "x.txt", fails=1)
    assert not library.exists()


def test_a_dry_run_says_it_all_and_writes_nothing(cli: Cli, library: Path, paper: Path) -> None:
    done = cli("import", paper, "--dry-run", "--json")
    assert (done.json["added"], done.json["keys"]) == (1, ["smith2024paper"])
    assert not library.exists()
    assert cli("import", paper, "--dry-run").out == "Would be: 1 added\n"
    cli("import", paper)
    assert cli("import", paper, "--dry-run", "--json").json["unchanged"] == 1
    assert len(cli("history", "--json").json) == 1


@pytest.mark.parametrize(
    ("policy", "figures"), [("update", (0, 1, 0, 0)), ("skip", (0, 0, 0, 1)), ("keep", (1, 0, 0, 0))]
)
def test_what_happens_to_papers_that_are_here_is_a_choice(
    cli: Cli, paper: Path, policy: str, figures: tuple[int, ...]
) -> None:
    cli("import", paper)
    paper.write_text(_PAPER.replace(" et al.", ", Carl Young"))
    report = cli("import", paper, "--on-duplicate", policy, "--json").json
    assert tuple(report[name] for name in ("added", "updated", "unchanged", "skipped")) == figures
    assert sum(figures) == len(report["keys"])


def test_tags_are_put_on_every_paper(cli: Cli, paper: Path) -> None:
    cli("import", paper, "--tag", "to read", "--tag", "rl/planning")
    (shape,) = cli("show", "smith2024paper", "--json").json
    assert set(shape["tags"]) == {"to read", "rl/planning"}
    assert "is not a tag" in cli("import", paper, "--tag", "a//b", fails=1).err


def test_a_day_without_a_year_is_before_the_capture(cli: Cli, paper: Path) -> None:
    paper.write_text(_PAPER.replace("Nov 29, 2024", "Nov 29"))
    cli("import", paper, "--captured-on", "2020-12-01")
    (shape,) = cli("show", "smith2020paper", "--json").json
    assert (shape["year"], shape["month"], shape["day"]) == (2020, 11, 29)


def test_today_is_the_day_of_capture_by_default(cli: Cli, paper: Path) -> None:
    paper.write_text(_PAPER.replace("Nov 29, 2024", "Jan 1"))
    keys = cli("import", paper, "--json").json["keys"]
    assert keys == [f"smith{date.today().year}paper"]


def test_an_unknown_format_is_refused_naming_those_there_are(cli: Cli, paper: Path) -> None:
    done = cli("import", paper, "--format", "word", "--json", fails=1)
    assert done.out == ""
    assert 'cannot read "word"; the formats are profile, bibtex' in done.err


def test_a_broken_entry_is_a_problem_and_the_rest_comes_in(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@article{a, title = {One}}\n\n@article{b, title = {Two\n\n@article{c, title = {Three}}\n")
    report = cli("import", path, "--json").json
    assert (report["added"], report["keys"]) == (2, ["a", "c"])
    assert {problem["line"] for problem in report["problems"]} == {3}


@pytest.mark.parametrize(
    "arguments", [["--captured-on", "soon"], ["--captured-on", "2026-02-30"], ["--on-duplicate", "x"]]
)
def test_wrong_options_are_wrong_usage(cli: Cli, paper: Path, arguments: list[str]) -> None:
    assert "usage: refman import" in cli("import", paper, *arguments, fails=2).err
