"""`merge`: papers that are one work become one."""

import argparse

from refman.cli.commands import Commands, add_json_option, add_yes_option
from refman.cli.output import print_json, say
from refman.cli.session import agreed_library_of, ids_of, name_of
from refman.cli.world import World
from refman.domain.fields import canonical_name, field_of
from refman.domain.paper import PaperId
from refman.services.merging import MergePlan, plan_merge
from refman.services.outcome import count_of


def add_to(commands: Commands) -> None:
    """Declares the command."""
    merge = commands.add(
        "merge",
        _merge,
        summary="make papers that are one work one paper",
        details="KEEP takes the fields it lacks, tags, notes and files of the others, which go to the trash; undo "
        "brings them back. Where two say different things KEEP is right unless --take names another. Their keys are "
        "never given to other papers.",
    )
    merge.add_argument("kept", metavar="KEEP", help="the citation key of the paper that stays")
    merge.add_argument("keys", metavar="KEY", nargs="+", help="the papers that become part of it")
    merge.add_argument(
        "--take",
        metavar="FIELD=KEY",
        type=_choice,
        action="append",
        default=[],
        help="the paper whose value of a field is right; may be repeated",
    )
    merge.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    add_yes_option(merge)
    add_json_option(merge)


def _choice(text: str) -> tuple[str, str]:
    name, equals, key = text.partition("=")
    if not equals or not name.strip() or not key.strip():
        raise argparse.ArgumentTypeError(f'"{text}" is not FIELD=KEY')
    return canonical_name(name.strip().lower()), key.strip()


def _merge(arguments: argparse.Namespace, world: World) -> int:
    with agreed_library_of(arguments, world) as library:
        kept, *others = ids_of(library, [arguments.kept, *arguments.keys])
        taken = [key for _, key in arguments.take]
        ids = dict(zip(taken, ids_of(library, taken), strict=True)) if taken else {}
        choices = {name: ids[key] for name, key in arguments.take}
        with library.store.read() as reader:
            plan = plan_merge(reader, kept, others)
        message = "" if arguments.dry_run else library.merge_papers(kept, others, choices).message
        if arguments.json:
            print_json(_as_json(plan, choices, is_done=not arguments.dry_run))
        else:
            _say(plan, choices)
            say(message or "Nothing was changed (dry run)")
    return 0


def _say(plan: MergePlan, choices: dict[str, PaperId]) -> None:
    for name in plan.fills:
        say(f"{field_of(name).label}: filled")
    for one in plan.differing:
        difference, other = one.difference, name_of(one.key, one.paper_id)
        is_taken = choices.get(difference.field) == one.paper_id
        now, then = (difference.read, difference.here) if is_taken else (difference.here, difference.read)
        whose = f"taken from {other}" if is_taken else f"{other} says {then}"
        say(f"{field_of(difference.field).label}: {now} ({whose})")
    come = [count_of(len(plan.tags), "tag"), count_of(plan.notes, "note"), count_of(plan.files, "file")]
    along = [text for text in come if not text.startswith("0 ")]
    if along:
        verb = "comes" if len(along) == 1 and along[0].startswith("1 ") else "come"
        say(f"{', '.join(along)} {verb} along")


def _as_json(plan: MergePlan, choices: dict[str, PaperId], *, is_done: bool) -> dict[str, object]:
    return {
        "kept": plan.kept.key,
        "merged": [paper.key for paper in plan.others],
        "filled": list(plan.fills),
        "differing": [
            {
                "field": one.difference.field,
                "kept": one.difference.here,
                "other": one.difference.read,
                "key": one.key,
                "taken": choices.get(one.difference.field) == one.paper_id,
            }
            for one in plan.differing
        ],
        "tags": list(plan.tags),
        "notes": plan.notes,
        "files": plan.files,
        "done": is_done,
    }
