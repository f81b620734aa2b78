"""The journal: undo, redo, history."""

import argparse

from refman.cli.commands import Commands, add_json_option
from refman.cli.numbers import parse_number
from refman.cli.output import print_json, say
from refman.cli.progress import shown_progress
from refman.cli.session import library_of
from refman.cli.world import World
from refman.domain.changes import Operation, OperationState
from refman.services.outcome import count_of
from refman.services.paper_json import time_json


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    commands.add("undo", _undo, summary="take back the last step, whoever made it")
    commands.add("redo", _redo, summary="do the last undone step again")
    history = commands.add("history", _history, summary="list the steps of the journal, newest first")
    add_json_option(history)
    history.add_argument("--limit", metavar="N", type=parse_number, help="at most N steps")


def _undo(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.undo(progress)
    say(outcome.message)
    return 0


def _redo(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.redo(progress)
    say(outcome.message)
    return 0


def _history(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        operations = library.history(limit=arguments.limit)
    if arguments.json:
        print_json([_operation_json(operation) for operation in operations])
        return 0
    for operation in operations:
        when = operation.when.astimezone().strftime("%Y-%m-%d %H:%M")
        papers = f" ({count_of(operation.papers, 'paper')})" if operation.papers else ""
        undone = " [undone]" if _is_undone(operation) else ""
        say(f"{operation.id:>5}  {when}  {operation.name}{papers}{undone}")
    return 0


def _operation_json(operation: Operation) -> dict[str, object]:
    return {
        "id": operation.id,
        "when": time_json(operation.when),
        "name": operation.name,
        "undone": _is_undone(operation),
        "papers": operation.papers,
    }


def _is_undone(operation: Operation) -> bool:
    return operation.state is OperationState.UNDONE
