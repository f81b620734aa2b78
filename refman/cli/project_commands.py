"""LaTeX projects: status, missing, unused, export. No library is needed."""

import argparse
import os

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say, tell, write
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import ExportRefused
from refman.services.export_target import check_target
from refman.services.linking.file_bytes import read_bytes, replace_bytes
from refman.services.linking.projects import Missing, Project, exported_project, read_project


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    project = commands.group("project", summary="what a LaTeX project cites, misses and does not use")
    for name, run, summary in (
        ("status", _status, "how many keys are cited, missing and unused"),
        ("missing", _missing, "cited keys that no .bib of the project has, with the nearest ones; exit 1 if any"),
        ("unused", _unused, "entries that nobody cites"),
    ):
        command = project.add(name, run, summary=summary)
        command.add_argument("folder", metavar="DIR", type=path_of, help="the folder, or its main .tex")
        add_json_option(command)
    export = project.add("export", _export, summary="the cited entries with all they need, as they are written")
    export.add_argument("folder", metavar="DIR", type=path_of, help="the folder, or its main .tex")
    export.add_argument("--output", metavar="FILE", type=path_of, help="a file instead of standard output")


def _status(arguments: argparse.Namespace, world: World) -> int:
    project = read_project(arguments.folder)
    if arguments.json:
        print_json(_json(project))
        return 0
    name = project.folder.name
    say(f"{name}: {len(project.cited):,} cited, {len(project.missing):,} missing, {len(project.unused):,} unused")
    for one in project.missing:
        _say_missing(project, one)
    return 0


def _missing(arguments: argparse.Namespace, world: World) -> int:
    project = read_project(arguments.folder)
    if arguments.json:
        print_json(_json(project)["missing"])
    else:
        for one in project.missing:
            _say_missing(project, one)
    return 1 if project.missing else 0


def _unused(arguments: argparse.Namespace, world: World) -> int:
    project = read_project(arguments.folder)
    if arguments.json:
        print_json(list(project.unused))
    else:
        for key in project.unused:
            say(key)
    return 0


def _export(arguments: argparse.Namespace, world: World) -> int:
    text = exported_project(arguments.folder)
    if arguments.output is None:
        write(text)
        return 0
    check_target(arguments.output, world.location(arguments.library))
    data = text.encode("utf-8", "surrogateescape")

    def check(written: bytes) -> None:
        if written != data:
            raise ExportRefused("export-unsound", f"{arguments.output} does not read back; it is as it was.")

    expected = read_bytes(arguments.output).sha256 if arguments.output.exists() else None
    replace_bytes(arguments.output, data, expected=expected, check=check)
    tell(f"wrote {arguments.output}")
    return 0


def _say_missing(project: Project, one: Missing) -> None:
    near = f" -> {', '.join(one.near)}?" if one.near else ""
    say(f"{one.key}{near}")
    for place in one.places:
        say(f"    {os.path.relpath(place.path, project.folder)}:{place.line}")


def _json(project: Project) -> dict[str, object]:
    return {
        "folder": str(project.folder),
        "bibs": [str(path) for path in project.bibs],
        "cited": list(project.cited),
        "missing": [
            {
                "key": one.key,
                "near": list(one.near),
                "places": [{"file": str(place.path), "line": place.line} for place in one.places],
            }
            for one in project.missing
        ],
        "unused": list(project.unused),
    }
