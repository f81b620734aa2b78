"""`rename-key`: a citation key renamed in the library, its linked files and a LaTeX project."""

import argparse
import os

from refman.cli.commands import Commands
from refman.cli.output import say, tell
from refman.cli.session import library_of
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.services.linking.rename_everywhere import plan_everywhere, rename_everywhere, said_places
from refman.services.linking.renaming import RenamePlan


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
        plan = plan_everywhere(
            library.store,
            arguments.old,
            arguments.new,
            project=arguments.project,
            with_comments=arguments.comments,
        )
        _say_places(plan)
        if not arguments.dry_run:
            rename_everywhere(library.store, plan)
    say(f"{plan.old} -> {plan.new}: {said_places(plan)}{' (dry run)' if arguments.dry_run else ''}")
    return 0


def _say_places(plan: RenamePlan) -> None:
    for one in plan.files:
        for line in one.lines:
            say(f"  {os.path.relpath(one.path)}:{line}")
    if not plan.with_comments:
        for comment in plan.comments:
            tell(f"in a comment, left as it is: {os.path.relpath(comment.path)}:{comment.line}")
