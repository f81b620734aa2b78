"""The journal: undo, redo, history."""

import argparse

from refman.cli.commands import Commands, add_json_option, add_yes_option
from refman.cli.numbers import parse_number
from refman.cli.output import print_json, say
from refman.cli.progress import shown_progress
from refman.cli.session import agreed_library_of, library_of
from refman.cli.world import World
from refman.domain.changes import Operation, OperationState
from refman.domain.errors import InvalidValue
from refman.services.outcome import count_of
from refman.services.paper_json import time_json


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    add_yes_option(commands.add("undo", _undo, summary="take back the last step, whoever made it"))
    add_yes_option(commands.add("redo", _redo, summary="do the last undone step again"))
    history = commands.add(
        "history",
        _history,
        summary="list the steps of the journal, newest first, or the changes of one paper",
        details="With KEY and --restore the value before a change is put back, as a step of its own.",
    )
    add_json_option(history)
    history.add_argument("key", metavar="KEY", nargs="?", help="the changes of this paper")
    history.add_argument("--limit", metavar="N", type=parse_number, help="at most N steps or changes")
    history.add_argument("--field", metavar="FIELD", help="with KEY: this field; also key, type, tag, note, file")
    history.add_argument(
        "--restore", metavar="N", type=parse_number, help="with KEY: put the value before change N back"
    )


def _undo(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.undo(progress)
    say(outcome.message)
    return 0


def _redo(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library, shown_progress() as progress:
        outcome = library.redo(progress)
    say(outcome.message)
    return 0


def _history(arguments: argparse.Namespace, world: World) -> int:
    if arguments.key is not None:
        # Late: the journal needs none of it.
        from refman.cli.paper_history import history_of_paper

        return history_of_paper(arguments, world)
    if arguments.field is not None or arguments.restore is not None:
        raise InvalidValue("history-of-what", "--field and --restore are about one paper; name its KEY.")
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
