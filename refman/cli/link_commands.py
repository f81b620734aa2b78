"""Linked .bib files: link, sync, links, unlink."""

import argparse
import os
from dataclasses import asdict
from pathlib import Path

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import print_json, say, tell
from refman.cli.progress import TerminalProgress
from refman.cli.query_paths import with_whole_paths
from refman.cli.search_commands import understood
from refman.cli.session import ids_of, library_of, opened
from refman.cli.sync_output import plan_json, say_plan, status_json
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.errors import LibraryMissing, RefmanError
from refman.domain.fields import FIELDS, canonical_name
from refman.domain.links import Direction, WriteWhen
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions, link_sentence
from refman.services.linking.status import status_of
from refman.services.linking.sync_plan import Side, SyncPlan

_SHOWN_NOTICES = 20


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    link = commands.add(
        "link",
        _link,
        summary="link a .bib file to the library",
        details="Reads the file and touches nothing in it; every key stays. A library that does not exist is made. "
        "Linking a linked file again changes how it is linked.",
    )
    link.add_argument("file", metavar="FILE.bib", type=path_of, help="the file; made by the first sync when not there")
    which = link.add_mutually_exclusive_group()
    which.add_argument("--query", metavar="Q", default="", help="papers that belong into the file")
    which.add_argument("--tag", metavar="T", default="", help="papers with this tag belong into the file")
    link.add_argument(
        "--project", metavar="DIR", type=path_of, help="what the LaTeX sources below DIR cite belongs into it"
    )
    link.add_argument("--direction", choices=[str(one) for one in Direction], default=Direction.BOTH, help="who learns")
    link.add_argument(
        "--write",
        choices=[str(one) for one in WriteWhen],
        default=WriteWhen.REQUEST,
        help="when the window writes by itself (request by default: never)",
    )
    add_json_option(link)
    sync = commands.add(
        "sync",
        _sync,
        summary="bring linked files and the library together",
        details="Their changes come in as one step that can be undone, yours go into the file in the fewest bytes. "
        "With conflicts nothing is done until --take says whose value counts; exit 1.",
    )
    sync.add_argument("files", metavar="FILE", nargs="*", type=path_of, help="linked files; all of them by default")
    sync.add_argument(
        "--dry-run", action="store_true", help="say what would happen, with the lines that go and come; write nothing"
    )
    sync.add_argument(
        "--put", metavar="KEY", action="append", default=[], help="put this paper into one FILE; may be repeated"
    )
    sync.add_argument("--take", choices=["mine", "theirs"], help="whose value counts in conflicts")
    sync.add_argument(
        "--use-everywhere",
        metavar="KEY[:FIELD]",
        action="append",
        default=[],
        help="first make what one FILE says otherwise (* for all of it) the value of the library",
    )
    sync.add_argument("--allow-shrink", action="store_true", help="let a file lose many entries")
    sync.add_argument("--remove-cited", action="store_true", help="also take out entries that the project cites")
    add_json_option(sync)
    links = commands.add("links", _links, summary="list the linked files and how they stand")
    links.add_argument("--differing", action="store_true", help="and what they say otherwise than the library")
    add_json_option(links)
    unlink = commands.add(
        "unlink", _unlink, summary="forget a linked file", details="File and papers stay as they are."
    )
    unlink.add_argument("file", metavar="FILE.bib", type=path_of, help="the file")


def _link(arguments: argparse.Namespace, world: World) -> int:
    _make_if_missing(arguments, world)
    query = f'tag:"{arguments.tag}"' if arguments.tag else arguments.query
    project = os.path.abspath(arguments.project) if arguments.project else ""
    if project and not os.path.exists(project):
        raise RefmanError("no-project", f"There is no {project}; name the folder of your LaTeX sources.", project)
    progress = TerminalProgress()
    with library_of(arguments, world) as library:
        if query:
            # It is asked again in other folders.
            query = with_whole_paths(library, query)
            understood(library, query)
        options = LinkOptions(query, project, Direction(arguments.direction), WriteWhen(arguments.write))
        try:
            report = links_of(library).link(arguments.file, options, progress)
        finally:
            progress.end()
    if arguments.json:
        print_json(
            {
                "file": report.link.path,
                "entries": report.entries,
                "added": report.added,
                "differing": report.differing,
                "notices": [{"line": one.line, "code": one.code, "message": one.message} for one in report.notices],
            }
        )
        return 0
    say(link_sentence(report))
    for notice in report.notices[:_SHOWN_NOTICES]:
        tell(f"{arguments.file}:{notice.line}: {notice.message}")
    if len(report.notices) > _SHOWN_NOTICES:
        tell(f"{len(report.notices) - _SHOWN_NOTICES:,} more; --json lists them all.")
    return 0


def _make_if_missing(arguments: argparse.Namespace, world: World) -> None:
    location = world.location(arguments.library)
    try:
        opened(world, location).close()
    except LibraryMissing:
        world.create_library(location)


def _sync(arguments: argparse.Namespace, world: World) -> int:
    results = []
    is_done = True
    if arguments.put and len(arguments.files) != 1:
        raise RefmanError("one-file", "Name the one file that the papers shall be put into.")
    with library_of(arguments, world) as library:
        _use_everywhere(library, arguments)
        for path in arguments.files or [Path(link.path) for link in links_of(library).all()]:
            plan, message = _sync_one(library, path, arguments)
            is_done = is_done and not message and not plan.clashes
            results.append(plan_json(plan))
            if not arguments.json:
                say_plan(plan, is_dry=arguments.dry_run)
            if message:
                tell(message)
    if arguments.json:
        print_json(results)
    return 0 if is_done else 1


def _use_everywhere(library: Library, arguments: argparse.Namespace) -> None:
    if not arguments.use_everywhere:
        return
    if len(arguments.files) != 1 or arguments.dry_run:
        raise RefmanError("one-file", "Name the one file whose values shall be used everywhere, without --dry-run.")
    wanted = {("", "")} if "*" in arguments.use_everywhere else {_field_of(one) for one in arguments.use_everywhere}
    say(links_of(library).use_everywhere(arguments.files[0], wanted).message)


def _field_of(typed: str) -> tuple[str, str]:
    key, colon, field = typed.rpartition(":")
    return (key, canonical_name(field)) if colon and canonical_name(field) in {*FIELDS, "type"} else (typed, "")


def _sync_one(library: Library, path: Path, arguments: argparse.Namespace) -> tuple[SyncPlan, str]:
    """The plan that was carried out (or, dry, would be), and why it was not."""
    choices = {("", ""): Side(arguments.take)} if arguments.take else {}
    links = links_of(library)
    put = ids_of(library, arguments.put) if arguments.put else []
    if arguments.dry_run:
        return links.plan(path, choices, put=put), ""
    try:
        done = links.sync(
            path, choices, may_shrink=arguments.allow_shrink, removes_cited=arguments.remove_cited, put=put
        )
    except RefmanError as error:
        return links.plan(path, choices), error.message
    return done.plan, ""


def _links(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        links = links_of(library)
        found = [(link, status_of(links.plan(Path(link.path)))) for link in links.all()]
        differing = {link.path: links.overlays(Path(link.path)) if arguments.differing else [] for link, _ in found}
    if arguments.json:
        print_json(
            [
                {**status_json(link, status), "differences": [asdict(one) for one in differing[link.path]]}
                if arguments.differing
                else status_json(link, status)
                for link, status in found
            ]
        )
        return 0
    for link, status in found:
        say(f"{status.badge:>14}  {link.path}  ({status.entries:,})" + (f"  {status.reason}" if status.reason else ""))
        for one in differing[link.path]:
            say(f"{'':>16}{one.key} {one.field}: {one.in_file or '-'} (library: {one.in_library or '-'})")
    return 0


def _unlink(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        link = links_of(library).unlink(arguments.file)
    say(f"Unlinked {link.path}; the file and your papers are as they were")
    return 0
