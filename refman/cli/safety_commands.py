"""What keeps a library safe: check, backup, restore, rescue, rebuild."""

import argparse
import os
import sys
from pathlib import Path

from refman.cli.commands import Commands, add_json_option
from refman.cli.output import is_terminal, print_json, say, tell
from refman.cli.session import library_of
from refman.cli.texts import path_of
from refman.cli.world import World
from refman.domain.backups import Backup, Differences
from refman.domain.errors import LibraryDamaged, NotALibrary, NotFound
from refman.domain.progress import NoProgress
from refman.domain.sqlite_version import SqliteVersion
from refman.services.guarding import not_agreed
from refman.services.outcome import count_of
from refman.services.risky_places import risk_of


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    check = commands.add("check", _check, summary="check file, rows and index of the library")
    check.add_argument("--deep", action="store_true", help="also the journal, kept sources and attached files")
    add_json_option(check)
    backup = commands.add(
        "backup",
        _backup,
        summary="write a verified copy of the library",
        details="Without FILE the copy goes to the library's folder of backups, where old ones are thinned out.",
    )
    backup.add_argument("file", metavar="FILE", type=path_of, nargs="?", help="where the copy goes")
    backup.add_argument("--text", action="store_true", help="write library.json and library.bib beside the backups")
    _add_restore(commands)
    rescue = commands.add(
        "rescue",
        _rescue,
        summary="get every readable paper out of a damaged library",
        details="The damaged file stays as it is.",
    )
    rescue.add_argument("damaged", metavar="DAMAGED", type=path_of, help="the library that cannot be opened")
    rescue.add_argument("target", metavar="OUT", type=path_of, help="a new .refman, or a .bib")
    rebuild = commands.add(
        "rebuild",
        _rebuild,
        summary="make a library of its text",
        details="Everything comes back, the journal too; attached files are not in the text.",
    )
    rebuild.add_argument("text", metavar="TEXT", type=path_of, help="library.json, or the folder of backups with it")
    rebuild.add_argument("target", metavar="NEW", type=path_of, help="the library to make")


def _add_restore(commands: Commands) -> None:
    restore = commands.add(
        "restore",
        _restore,
        summary="put a backup in place of the library",
        details="The present state is kept beside it first. On a terminal a restore that takes many papers away "
        "asks before.",
    )
    restore.add_argument(
        "file",
        metavar="FILE",
        type=path_of,
        nargs="?",
        help="a copy that `refman backup` wrote, or its number in the list",
    )
    restore.add_argument("--list", action="store_true", dest="is_list", help="list the backups")
    restore.add_argument("--preview", action="store_true", help="say what would change, change nothing")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    add_json_option(restore)


def _check(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    safety = world.safety()
    try:
        with library_of(arguments, world) as library:
            _tell_version(library.store.sqlite)
            problems = safety.check_deep(location) if arguments.deep else library.check()
    except LibraryDamaged as error:
        problems = [error.message]
    safety.remember_check(location, problems, is_deep=arguments.deep)
    if risk := risk_of(location):
        tell(risk.message)
    if arguments.json:
        print_json({"ok": not problems, "problems": problems})
    elif problems:
        say("\n".join(problems))
    else:
        say(f"{location} is sound")
    if problems:
        tell(f"{location} is not sound; restore a backup with refman restore FILE.")
    return 1 if problems else 0


def _tell_version(sqlite: SqliteVersion) -> None:
    # What is urgent was told when the library was opened.
    if sqlite.problem is not None and not sqlite.is_urgent:
        tell(sqlite.problem.message)


def _backup(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        if arguments.file is not None:
            library.backup(arguments.file)
            say(f"Wrote {arguments.file}")
            return 0
        safety = world.safety()
        if arguments.text:
            say(f"Wrote library.json and library.bib to {safety.write_text(library.location, NoProgress())}")
        else:
            say(f"Wrote {safety.back_up(library.location).path}")
    return 0


def _restore(arguments: argparse.Namespace, world: World) -> int:
    location = world.location(arguments.library)
    if arguments.is_list or arguments.file is None:
        return _list_backups(world.safety().backups(location), is_json=arguments.json)
    backup = _named(str(arguments.file), world.safety().backups(location))
    if arguments.preview:
        _print_differences(world.safety().differences(location, backup), is_json=arguments.json)
        return 0
    # Where the library is gone there is nothing that could go with it.
    if not arguments.yes and os.path.exists(location) and not _is_wanted(world, location, backup):
        tell("nothing was changed.")
        return 1
    kept = world.restore_library(backup, location)
    say(f"Restored {location}" + (f"; what it was before is kept as {kept}" if kept else ""))
    return 0


def _named(name: str, backups: list[Backup]) -> Path:
    """A path, or the number of a backup in the list. Raises: NotFound."""
    if os.path.exists(name) or not name.isdecimal():
        return Path(name)
    for one in backups:
        if one.number == int(name):
            return Path(one.path)
    raise NotFound("no-backup", f"There is no backup {name}; see refman restore --list.", name)


def _is_wanted(world: World, location: str, backup: Path) -> bool:
    """Asks on a terminal before many papers go. Raises: NotAgreed where there is nobody to ask."""
    try:
        found = world.safety().differences(location, backup)
    except (LibraryDamaged, NotALibrary):
        # Nothing that can be counted goes; whether the file may be replaced at all is seen when it is.
        return True
    if not found.is_big:
        return True
    if not is_terminal(sys.stdin):
        raise not_agreed(found.going, found.here)
    _print_differences(found, is_json=False)
    tell("Put the backup in place of the library? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _list_backups(backups: list[Backup], *, is_json: bool) -> int:
    if is_json:
        print_json(
            [
                {"number": one.number, "when": one.when.isoformat(), "reason": one.reason, "bytes": one.size}
                | {"path": one.path}
                for one in backups
            ]
        )
    elif not backups:
        say("There are no backups yet; make one with refman backup.")
    for one in () if is_json else backups:
        when = one.when.astimezone().strftime("%Y-%m-%d %H:%M")
        say(f"{one.number:>6}  {when}  {one.size / 1e6:>8.1f} MB  {one.reason:<8}  {one.path}")
    return 0


def _print_differences(found: Differences, *, is_json: bool) -> None:
    if is_json:
        numbers = {"here": found.here, "there": found.there, "going": found.going, "coming": found.coming}
        print_json({**numbers, "changing": found.changing, "others": list(found.others)})
        return
    say(f"{count_of(found.here, 'paper')} now, {found.there:,} in the backup")
    for number, what in (
        (found.going, "would go"),
        (found.coming, "would come back"),
        (found.changing, "would change"),
    ):
        if number:
            say(f"{count_of(number, 'paper')} {what}")
    for title in found.titles:
        say(f"  {title}")
    if found.others:
        say(f"Also different: {', '.join(found.others)}")
    if found.are_none:
        say("Nothing differs")


def _rescue(arguments: argparse.Namespace, world: World) -> int:
    found = world.safety().rescue(arguments.damaged, arguments.target)
    for sentence in found.lost:
        tell(sentence)
    things = ", ".join([count_of(found.papers, "paper"), count_of(found.notes, "note"), count_of(found.tags, "tag")])
    trash = f", and {count_of(found.discards, 'thing')} of its trash" if found.discards else ""
    say(f"Rescued {things}{trash} to {arguments.target}")
    return 0


def _rebuild(arguments: argparse.Namespace, world: World) -> int:
    papers = world.safety().rebuild(arguments.text, arguments.target)
    say(f"Made {arguments.target} with {count_of(papers, 'paper')}")
    return 0
