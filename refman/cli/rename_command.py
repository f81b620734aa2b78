"""`rename-key`: a citation key renamed in the library, its linked files and a LaTeX project."""

import argparse
import os
from pathlib import Path

from refman.cli.commands import Commands
from refman.cli.output import say, tell
from refman.cli.session import library_of
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.services.library import Library
from refman.services.linking.renaming import RenamePlan, check_found, plan_rename, rename
from refman.services.outcome import count_of


def add_to(commands: Commands) -> None:
    """Declares the command."""
    parser = commands.add(
        "rename-key",
        _rename,
        summary="rename a citation key in the library, linked files and a LaTeX project",
        details="Every \\cite of it, the .bib files with crossref and the like, and the paper: all of it or nothing. "
        "`refman undo` takes paper and files back.",
    )
    parser.add_argument("old", metavar="OLD", help="the key as it is")
    parser.add_argument("new", metavar="NEW", help="the key as it shall be")
    parser.add_argument("--project", metavar="DIR", type=path_of, help="the folder of the LaTeX sources")
    parser.add_argument("--comments", action="store_true", help="also in comments of the sources")
    parser.add_argument("--dry-run", action="store_true", help="list the places, write nothing")


def _rename(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        papers = library.ids_of_keys([arguments.old])
        plan = plan_rename(
            arguments.old,
            arguments.new,
            _folders(library, arguments),
            _bibs(library),
            with_comments=arguments.comments,
        )
        check_found(plan, is_in_library=bool(papers))
        _say_places(plan)
        if not arguments.dry_run:
            rename(library.store, plan)
    done = f"{count_of(plan.places, 'place')} in {count_of(len(plan.files), 'file')}"
    say(f"{plan.old} -> {plan.new}: {done}{' (dry run)' if arguments.dry_run else ''}")
    return 0


def _folders(library: Library, arguments: argparse.Namespace) -> list[Path]:
    """The project that was named, else those of the linked files."""
    if arguments.project:
        return [arguments.project.resolve()]
    return [Path(link.project) for link in library.linked_files() if link.project and os.path.isdir(link.project)]


def _bibs(library: Library) -> list[Path]:
    return [Path(link.path) for link in library.linked_files() if os.path.isfile(link.path)]


def _say_places(plan: RenamePlan) -> None:
    for one in plan.files:
        for line in one.lines:
            say(f"  {os.path.relpath(one.path)}:{line}")
    if not plan.with_comments:
        for comment in plan.comments:
            tell(f"in a comment, left as it is: {os.path.relpath(comment.path)}:{comment.line}")
