"""Two .bib files compared, three merged: what git needs, without a library."""

import argparse
from pathlib import Path

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say, tell
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import RefmanError
from refman.formats.bibfile.compare import EntryDifference, FieldDifference, OtherDifference, What
from refman.services.bib_merging import Comparison, compare_files, merge_files
from refman.services.outcome import count_of

_FROM_GIT = (7, 9)
"""How many arguments git gives to a command for differences: name, old file, hash, mode, new file, hash, mode, and
for a renamed file its new name and what git calls similarity (gitdiff, GIT_EXTERNAL_DIFF)."""
_TWO = 2
_NOT_MERGED = 129
"""Above 128 git takes a merge driver for failed and lets the file alone (gitattributes, merge drivers)."""
_SIGNS = {What.ADDED: "+", What.REMOVED: "-", What.CHANGED: "~", What.RENAMED: "~"}


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    diff = commands.add(
        "diff",
        _diff,
        summary="what differs between two .bib files, entry by entry and field by field",
        details="Layout and order do not count. Takes the seven arguments of git's diff.NAME.command too.",
    )
    diff.add_argument("files", metavar="FILE", nargs="+", help="the file before and the file after")
    diff.add_argument("--exit-code", action="store_true", help="exit 1 when they differ")
    add_json_option(diff)
    diff.set_defaults(wrong_usage=diff.error)
    driver = commands.add(
        "merge-driver",
        _merge,
        summary="merge .bib files by entry and field for git",
        details="Writes the result over MINE; exit 1 when conflicts stand between markers in it. "
        "In .gitattributes: *.bib merge=refman; then "
        "git config merge.refman.driver 'refman merge-driver %O %A %B %L %P'.",
    )
    driver.add_argument("base", metavar="BASE", type=path_of, help="the common ancestor (%%O)")
    driver.add_argument("mine", metavar="MINE", type=path_of, help="our version, replaced by the result (%%A)")
    driver.add_argument("theirs", metavar="THEIRS", type=path_of, help="the other version (%%B)")
    driver.add_argument("size", metavar="SIZE", type=int, nargs="?", default=7, help="the length of markers (%%L)")
    driver.add_argument("name", metavar="NAME", nargs="?", default="", help="what the file is called (%%P)")


def _diff(arguments: argparse.Namespace, world: World) -> int:
    files = [Path(name) for name in arguments.files]
    if len(files) not in (_TWO, *_FROM_GIT):
        arguments.wrong_usage("name two files: the one before and the one after")
    before, after = (files[1], files[4]) if len(files) in _FROM_GIT else (files[0], files[1])
    compared = compare_files(before, after)
    if arguments.json:
        print_json(_json(compared))
    else:
        for entry in compared.entries:
            _say_entry(entry)
        for other in compared.others:
            _say_other(other)
    return 1 if arguments.exit_code and not compared.is_equal else 0


def _say_entry(entry: EntryDifference) -> None:
    say(f"{_SIGNS[entry.what]} {entry.key}" + ("" if entry.what is not What.ADDED else _title(entry)))
    if entry.what in (What.CHANGED, What.RENAMED):
        for one in entry.fields:
            _say_field(one)


def _title(entry: EntryDifference) -> str:
    title = next((one.after for one in entry.fields if one.name == "title" and one.after), "")
    return f"  {' '.join(title.split())}" if title else ""


def _say_field(one: FieldDifference) -> None:
    for sign, value in (("-", one.before), ("+", one.after)):
        if value is not None:
            say(f"    {sign} {one.name} = {' '.join(value.split())}")


def _say_other(other: OtherDifference) -> None:
    for sign, raw in (("-", other.before), ("+", other.after)):
        if raw is not None:
            say(f"{sign} {' '.join(raw.split())}")


def _json(compared: Comparison) -> dict[str, object]:
    return {
        "entries": [
            {
                "what": entry.what.value,
                "key": entry.key,
                "fields": [{"name": one.name, "before": one.before, "after": one.after} for one in entry.fields],
            }
            for entry in compared.entries
        ],
        "others": [{"kind": other.kind, "before": other.before, "after": other.after} for other in compared.others],
    }


def _merge(arguments: argparse.Namespace, world: World) -> int:
    name = arguments.name or arguments.mine
    try:
        report = merge_files(arguments.base, arguments.mine, arguments.theirs, marker_size=arguments.size)
    except RefmanError as error:
        tell(error.message)
        return _NOT_MERGED
    for one in report.conflicts:
        tell(f"conflict in {name}: {one.key}{f', {one.field}' if one.field else ''}")
    total = len(report.conflicts) + report.other_conflicts
    if total:
        tell(f"{count_of(total, 'conflict')} in {name}; both sides stand between the markers.")
    return 1 if total else 0
