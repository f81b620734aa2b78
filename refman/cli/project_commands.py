"""LaTeX projects: status, missing, unused, export, bundle. No library is needed; one that is there is asked."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shlex import quote

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say, tell, write
from refman.cli.session import opened
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import ExportRefused, LibraryMissing, RefmanError
from refman.domain.ports import Reader
from refman.formats.bibfile.document import document_of
from refman.formats.build_note import BuildNote
from refman.services.export_target import check_target
from refman.services.linking.bundle import bundle_of
from refman.services.linking.file_bytes import read_bytes, replace_bytes
from refman.services.linking.project_report import ProjectReport, keys_now, report_on
from refman.services.linking.project_roots import FoundBy, ProjectRoot, linked_projects, root_of_project
from refman.services.linking.projects import Missing, Project, exported_project, read_project
from refman.services.linking.report_of_place import as_named

_SHOWN = 60
_DIR = "the project's folder, a main .tex for its document alone, or a part: a chapter, a folder of chapters"
_CLIMBING = (
    "Of a part the project is taken: the nearest folder above that is linked or whose main file (\\documentclass) "
    "reads the part in, within the git work tree, the home folder and the file system. Standard error says which."
)


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    project = commands.group("project", summary="what a LaTeX project cites, misses and does not use")
    for name, run, summary in (
        ("status", _status, "what is cited, missing and unused, and what the last build complained of"),
        ("missing", _missing, "cited keys that no .bib of the project has, with the nearest ones; exit 1 if any"),
        ("unused", _unused, "entries that nobody cites"),
    ):
        command = project.add(name, run, summary=summary, details=_CLIMBING)
        command.add_argument("folder", metavar="DIR", type=path_of, help=_DIR)
        add_json_option(command)
    export = project.add(
        "export", _export, summary="the cited entries with all they need, as they are written", details=_CLIMBING
    )
    export.add_argument("folder", metavar="DIR", type=path_of, help=_DIR)
    export.add_argument("--output", metavar="FILE", type=path_of, help="a file instead of standard output")
    add_json_option(export)
    bundle = project.add(
        "bundle",
        _bundle,
        summary="the same for arXiv or a co-author, without private fields",
        details="Leaves out local files and paths, notes and the marks of programs, and lists what would have leaked. "
        + _CLIMBING,
    )
    bundle.add_argument("folder", metavar="DIR", type=path_of, help=_DIR)
    bundle.add_argument("--output", metavar="FILE", type=path_of, help="a file instead of standard output")
    add_json_option(bundle)


def _status(arguments: argparse.Namespace, world: World) -> int:
    with _reader(arguments, world) as reader:
        root = _said(root_of_project(arguments.folder, partial(linked_projects, reader)))
        report = as_named(report_on(root.place, reader))
    project = report.project
    if arguments.json:
        print_json({**_json(project), **_said_json(report), "root": _root_json(root)})
        return 0
    name = project.folder.name
    say(f"{name}: {len(project.cited):,} cited, {len(project.missing):,} missing, {len(project.unused):,} unused")
    retired = {one.old: one.new for one in report.retired}
    for one in project.missing:
        if one.key in retired:
            _say_retired(project, one.key, retired[one.key])
        elif one.key in report.in_library:
            say(f"{one.key} is in the library, not in the .bib")
        elif one.key in report.in_trash:
            say(f"{one.key} lies in the trash of the library: refman trash restore {quote(one.key)}")
        _say_missing(project, one)
    for lost in project.lost:
        say(f"{lost} is named as a .bib and found nowhere")
    for warning in report.warnings:
        place = f"{os.path.relpath(warning.bib, project.folder)}:{warning.line}: " if warning.bib else ""
        say(f"{os.path.relpath(warning.said_by, project.folder)}: {place}{_about(warning.note)}")
    return 0


@contextmanager
def _reader(arguments: argparse.Namespace, world: World) -> Iterator[Reader | None]:
    """The library that is meant, None where there is none or it cannot be read."""
    try:
        library = opened(world, world.location(arguments.library))
    except RefmanError as error:
        if not isinstance(error, LibraryMissing):
            tell(error.message)
        yield None
        return
    try:
        with library.store.read() as reader:
            yield reader
    finally:
        library.close()


def _root(arguments: argparse.Namespace, world: World) -> ProjectRoot:
    """The folder of the project that is meant; said where it is not the one that was named."""

    def linked() -> frozenset[Path]:
        with _reader(arguments, world) as reader:
            return linked_projects(reader)

    return _said(root_of_project(arguments.folder, linked))


def _said(root: ProjectRoot) -> ProjectRoot:
    main = os.path.relpath(root.main, root.folder) if root.main else ""
    match root.found_by:
        case FoundBy.NAMED:
            tell(f"the project is {root.folder}: its {main} is named as the main file")
        case FoundBy.LINKED:
            tell(f"the project is {root.folder}: it is linked")
        case FoundBy.READ_IN:
            tell(f"the project is {root.folder}: its {main} reads this in")
        case FoundBy.NOTHING:
            tell(f"no main file (\\documentclass) is in {root.folder} or reads it in, so only what is in it counts")
    return root


def _missing(arguments: argparse.Namespace, world: World) -> int:
    with _reader(arguments, world) as reader:
        project = read_project(_said(root_of_project(arguments.folder, partial(linked_projects, reader))).place)
        now = keys_now(reader, [one.key for one in project.missing])
    if arguments.json:
        print_json([{**one, "now": now.get(str(one["key"]))} for one in _missing_json(project)])
        return 1 if project.missing else 0
    for one in project.missing:
        if one.key in now:
            _say_retired(project, one.key, now[one.key])
        _say_missing(project, one)
    return 1 if project.missing else 0


def _say_retired(project: Project, old: str, new: str) -> None:
    folder = os.path.relpath(project.folder)
    say(f"{old} is {new} now: refman rename-key {quote(old)} {quote(new)} --project {quote(folder)}")


def _unused(arguments: argparse.Namespace, world: World) -> int:
    project = read_project(_root(arguments, world).place)
    if arguments.json:
        print_json(list(project.unused))
    else:
        for key in project.unused:
            say(key)
    return 0


def _export(arguments: argparse.Namespace, world: World) -> int:
    root = _root(arguments, world)
    text = exported_project(root.place)
    if arguments.output is not None:
        _write_file(text, arguments, world)
        tell(f"wrote {arguments.output}")
    elif not arguments.json:
        write(text)
    if arguments.json:
        keys = [entry.key for entry in document_of(text).entries]
        missing = [one.key for one in read_project(root.place).missing]
        written = {"file": str(arguments.output)} if arguments.output else {"text": text}
        print_json({"entries": keys, "missing": missing, "root": _root_json(root), **written})
    return 0


def _bundle(arguments: argparse.Namespace, world: World) -> int:
    root = _root(arguments, world)
    bundle = bundle_of(root.place)
    if arguments.output is not None:
        _write_file(bundle.text, arguments, world)
    elif not arguments.json:
        write(bundle.text)
    if arguments.json:
        leaks = [
            {"key": one.key, "field": one.field, "why": str(one.kind), "value": one.value, "kept": one.is_kept}
            for one in bundle.leaks
        ]
        written = {"file": str(arguments.output)} if arguments.output else {"text": bundle.text}
        print_json({"entries": list(bundle.keys), "leaked": leaks, "root": _root_json(root), **written})
        return 0
    for one in bundle.leaks:
        kept = "; STILL IN IT, the entry cannot be changed safely" if one.is_kept else ""
        tell(f"{one.key}: {one.field} stays here ({one.kind}): {_short(one.value)}{kept}")
    entries = "1 entry" if len(bundle.keys) == 1 else f"{len(bundle.keys):,} entries"
    tell(f"{entries}{f' in {arguments.output}' if arguments.output else ''}, {len(bundle.leaks):,} things left out")
    return 0


def _write_file(text: str, arguments: argparse.Namespace, world: World) -> None:
    check_target(arguments.output, world.location(arguments.library))
    data = text.encode("utf-8", "surrogateescape")

    def check(written: bytes) -> None:
        if written != data:
            raise ExportRefused("export-unsound", f"{arguments.output} does not read back; it is as it was.")

    expected = read_bytes(arguments.output).sha256 if arguments.output.exists() else None
    replace_bytes(arguments.output, data, expected=expected, check=check)


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."


def _say_missing(project: Project, one: Missing) -> None:
    near = f" -> {', '.join(one.near)}?" if one.near else ""
    say(f"{one.key}{near}")
    if one.elsewhere:
        where = f"{os.path.relpath(one.elsewhere.path, project.folder)}:{one.elsewhere.line}"
        say(f"    is in {where}: {_short(one.elsewhere.title)}")
    for place in one.places:
        say(f"    {os.path.relpath(place.path, project.folder)}:{place.line}")


def _elsewhere_json(one: Missing) -> dict[str, object] | None:
    found = one.elsewhere
    return {"file": str(found.path), "line": found.line, "title": found.title} if found else None


def _root_json(root: ProjectRoot) -> dict[str, object]:
    return {"folder": str(root.folder), "by": str(root.found_by), "main": str(root.main) if root.main else None}


def _said_json(report: ProjectReport) -> dict[str, object]:
    return {
        "retired": [{"old": one.old, "new": one.new} for one in report.retired],
        "in_library": list(report.in_library),
        "in_trash": list(report.in_trash),
        "warnings": [
            {
                "file": str(one.said_by),
                "key": one.note.key,
                "message": one.note.message,
                "error": one.note.is_error,
                "bib": str(one.bib) if one.bib else one.note.file or None,
                "line": one.line or one.note.line,
            }
            for one in report.warnings
        ],
    }


def _json(project: Project) -> dict[str, object]:
    return {
        "folder": str(project.folder),
        "bibs": [str(path) for path in project.bibs],
        "cited": list(project.cited),
        "missing": _missing_json(project),
        "unused": list(project.unused),
        "lost": list(project.lost),
    }


def _missing_json(project: Project) -> list[dict[str, object]]:
    return [
        {
            "key": one.key,
            "near": list(one.near),
            "elsewhere": _elsewhere_json(one),
            "places": [{"file": str(place.path), "line": place.line} for place in one.places],
        }
        for one in project.missing
    ]


def _about(note: BuildNote) -> str:
    """The message, with the key of its entry in front where it does not name it."""
    return note.message if not note.key or note.key in note.message else f"{note.key}: {note.message}"
