"""Every command that has `--json` prints one JSON value there, and every command explains itself."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.cli.main import make_parser
from tests.cli.conftest import PAGE, Cli

_FIRST = "zheng2026ai"
_CALLS: dict[str, str] = {
    "check": "",
    "diff": "{bib} {other}",
    "export-profile list": "",
    "export-profile show": "thesis",
    "history": "",
    "import": "{page} --captured-on 2026-11-22",
    "link": "{linked} --tag rl",
    "links": "",
    "lint": "{bib}",
    "note list": _FIRST,
    "merge": f"{_FIRST} hamrick2020role --dry-run",
    "profile list": "",
    "profile show": "Lars\xa0Buesing",
    "project bundle": "{project}",
    "project export": "{project}",
    "project missing": "{project}",
    "project status": "{project}",
    "project unused": "{project}",
    "restore": "--list",
    "search": "co-mathematician",
    "show": _FIRST,
    "sync": "",
    "tag list": "",
    "tidy": "{bib} --check",
    "trash list": "",
    "trash things": "",
}
"""What each command with `--json` is called with, in this order; no-break spaces stand for blanks."""


def _parsers(parser: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and subcommand with its parser; groups too."""
    yield path, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield from _parsers(child, f"{path} {name}".strip())


_ALL = dict(_parsers(make_parser([])))


def _has_json(parser: argparse.ArgumentParser) -> bool:
    return any("--json" in action.option_strings for action in parser._actions)


@pytest.mark.usefixtures("page")
def test_json_of_every_command_is_one_value(cli: Cli, tmp_path: Path) -> None:
    project = tmp_path / "thesis"
    project.mkdir()
    (project / "refs.bib").write_text(f"@misc{{{_FIRST}, title={{A}}}}\n@misc{{unused, title={{B}}}}\n")
    (project / "main.tex").write_text(
        f"\\documentclass{{article}}\\begin{{document}}\\cite{{{_FIRST},nowhere}}\\bibliography{{refs}}\\end{{document}}"
    )
    (tmp_path / "other.bib").write_text(f"@misc{{{_FIRST}, title={{C}}}}\n")
    cli("export-profile", "set", "thesis", "engine=biblatex")
    cli("tag", "add", "rl", _FIRST)
    cli("note", "add", _FIRST, "read it")
    cli("note", "add", _FIRST, "thrown away")
    cli("note", "delete", "2")
    cli("delete", "archer2015black")
    places = {
        "bib": project / "refs.bib",
        "other": tmp_path / "other.bib",
        "page": PAGE,
        "linked": tmp_path / "linked.bib",
        "project": project,
    }
    declared = {name for name, parser in _ALL.items() if _has_json(parser)}
    assert declared == set(_CALLS)
    for name, arguments in _CALLS.items():
        words = [word.replace("\xa0", " ").format(**places) for word in arguments.split(" ") if word]
        done = cli(*name.split(), *words, "--json", fails=int(name in ("lint", "project missing", "tidy")))
        value = json.loads(done.out)
        assert isinstance(value, list | dict), name
        assert value or name in ("restore", "project unused"), name


@pytest.mark.parametrize("name", _ALL)
def test_every_command_explains_itself(cli: Cli, name: str) -> None:
    done = cli(*name.split(), "--help")
    assert done.out.startswith(f"usage: refman {name}".rstrip())
    assert done.err == ""
