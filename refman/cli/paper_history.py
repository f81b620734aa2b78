"""The history of one paper: every change with its old and new value, and putting an old one back."""

import argparse

from refman.cli.output import print_json, say
from refman.cli.session import ids_of, library_of
from refman.cli.world import World
from refman.domain.errors import NotFound
from refman.domain.fields import canonical_name
from refman.domain.listing import HistoryEntry
from refman.services.paper_json import time_json

_SHOWN = 60
_PLURALS = {"tags": "tag", "notes": "note", "files": "file"}


def history_of_paper(arguments: argparse.Namespace, world: World) -> int:
    """`refman history KEY`: lists, or with `--restore` puts back. Raises: NotFound, ConflictError."""
    with library_of(arguments, world) as library:
        [paper_id] = ids_of(library, [arguments.key])
        entries = library.history_of(paper_id)
        if arguments.field is not None:
            wanted = _field(arguments.field)
            entries = [entry for entry in entries if entry.field == wanted]
        if arguments.restore is None:
            _print(entries[: arguments.limit], is_json=arguments.json)
            return 0
        if all(entry.id != arguments.restore for entry in entries):
            of = f" of {arguments.field}" if arguments.field is not None else ""
            raise NotFound(
                "no-such-value",
                f"There is no change {arguments.restore}{of} in the history of {arguments.key}; see "
                f"refman history {arguments.key}.",
                str(arguments.restore),
            )
        outcome = library.put_back(paper_id, arguments.restore)
    say(outcome.message)
    return 0


def _field(typed: str) -> str:
    lowered = typed.strip().lower()
    return _PLURALS.get(lowered, canonical_name(lowered))


def _print(entries: list[HistoryEntry], *, is_json: bool) -> None:
    if is_json:
        print_json([_entry_json(entry) for entry in entries])
        return
    for entry in entries:
        when = entry.when.astimezone().strftime("%Y-%m-%d %H:%M")
        what = f": {entry.field}: {_short(entry.before)} -> {_short(entry.after)}" if entry.field else ""
        say(f"{entry.id:>6}  {when}  {entry.operation}{what}")


def _entry_json(entry: HistoryEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "when": time_json(entry.when),
        "name": entry.operation,
        "field": entry.field,
        "before": entry.before,
        "after": entry.after,
        "restorable": entry.is_restorable,
    }


def _short(value: str) -> str:
    line = " ".join(value.split())
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[:_SHOWN].rstrip()}…"'
