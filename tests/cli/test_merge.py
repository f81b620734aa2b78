"""`merge`: what would happen, what happens, as sentences and as JSON."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_REFS = """@article{one, author={A. Ask}, title={Deep things}, journal={J}, year=2001, doi={10.1000/x}}
@article{two, author={A. Ask}, title={Deep things}, journal={Journal}, year=2001, doi={10.1000/x}, volume=3}
"""


@pytest.fixture
def merging(cli: Cli, tmp_path: Path) -> Cli:
    """A library with two papers that are one work."""
    path = tmp_path / "refs.bib"
    path.write_text(_REFS)
    cli("import", path)
    cli("tag", "add", "rl", "two")
    return cli


def test_a_dry_run_says_what_would_happen(merging: Cli) -> None:
    done = merging("merge", "one", "two", "--dry-run")
    assert done.out == (
        "Volume: filled\nJournal: J (two says Journal)\n1 tag comes along\nNothing was changed (dry run)\n"
    )
    assert merging("search", "key:two").out


def test_a_value_is_taken_where_that_is_wanted(merging: Cli) -> None:
    done = merging("merge", "one", "two", "--take", "journal=two", "--json")
    assert done.json == {
        "kept": "one",
        "merged": ["two"],
        "filled": ["volume"],
        "differing": [{"field": "journal", "kept": "J", "other": "Journal", "key": "two", "taken": True}],
        "tags": ["rl"],
        "notes": 0,
        "files": 0,
        "done": True,
    }
    assert "@article{one, author={A. Ask}, title={Deep things}, journal={Journal}" in merging("export").out
    assert merging("undo").out == "Undone: Merge two into one\n"


def test_a_key_of_an_entry_that_was_completed_leads_to_its_paper(merging: Cli, tmp_path: Path) -> None:
    (tmp_path / "more.bib").write_text(_REFS.splitlines()[0].replace("{one,", "{three,"))
    merging("import", tmp_path / "more.bib")
    assert "three is one now." in merging("show", "three", fails=1).err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("one", "one"), 1, "two papers"),
        (("one", "nobody"), 1, "nobody"),
        (("one", "two", "--take", "journal"), 2, "not FIELD=KEY"),
    ],
)
def test_what_cannot_be_merged_is_said(merging: Cli, arguments: tuple[str, ...], status: int, said: str) -> None:
    assert said in merging("merge", *arguments, fails=status).err
    assert "two" in merging("search", "").out
