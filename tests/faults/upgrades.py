"""Libraries of released schemas, upgraded by the program of tomorrow and killed on the way (A22).

After a kill the file has the old schema or the new one and every row; opening it again upgrades it, once.
"""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.state import state_of
from tests.faults.tally import Tally
from tests.faults.tomorrow import VERSION, tomorrow, write_revisions
from tests.storage.released import released, unpack

_PATIENCE_S = 300.0


def upgrades(harness: Harness, tally: Tally) -> None:
    """So many kills of each released library."""
    revisions = write_revisions(harness.new_place())
    for packed in released():
        name = packed.name.partition(".")[0]
        folder = harness.new_place()
        folder.mkdir()
        began = monotonic()
        whole = state_of(str(unpack(packed, folder / "papers.refman"))).whole
        if problem := _finish(harness, folder, revisions, whole):
            tally.take_problem(f"{name} without a fault", problem)
        seconds = monotonic() - began
        harness.forget(folder)
        wanted = tally.faults + harness.count(5, 200)
        # One that ended before it was killed is no kill.
        for _ in range(harness.count(5, 200) * 4):
            if tally.faults < wanted and tally.is_well:
                _one_kill(harness, packed, revisions, seconds, whole, tally)


def _one_kill(harness: Harness, packed: Path, revisions: Path, seconds: float, whole: str, tally: Tally) -> None:
    folder = harness.new_place()
    folder.mkdir()
    unpack(packed, folder / "papers.refman")
    child = spawn(partial(_open, folder, revisions), folder.with_name(f"{folder.name}.log"))
    child.go()
    child.run_for(harness.chance.uniform(0, seconds))
    tally.runs += 1
    if child.status is None:
        child.kill()
        tally.faults += 1
    problem = _between(folder, whole) or _finish(harness, folder, revisions, whole)
    if problem:
        tally.take_problem(f"{packed.name} killed", problem)
        harness.keep(folder)
    harness.forget(folder)


def _open(folder: Path, revisions: Path, acknowledge: Acknowledge) -> None:
    with tomorrow(revisions):
        session = Session(folder)
        session.opener.open(session.location).close()
    acknowledge("opened")


def _between(folder: Path, whole: str) -> str:
    """What is half done in a library that was killed."""
    path = folder / "papers.refman"
    version = _version(path)
    if version not in (VERSION - 1, VERSION):
        return f"its schema is {version}"
    return "" if state_of(str(path)).whole == whole else f"rows differ at schema {version}"


def _finish(harness: Harness, folder: Path, revisions: Path, whole: str) -> str:
    """Upgrades it, and says what is wrong then."""
    child = spawn(partial(_open, folder, revisions), folder.with_name(f"{folder.name}.log"))
    child.go()
    if not child.wait(_PATIENCE_S) or child.status:
        return f"cannot be opened: {child.said}"
    path = folder / "papers.refman"
    if _version(path) != VERSION or state_of(str(path)).whole != whole:
        return "the upgraded library does not have the rows of the old one"
    backups = sorted(folder.glob("papers.before-upgrade-*.refman"))
    if not backups:
        return "there is no backup of the old library"
    for backup in backups:
        if _version(backup) != VERSION - 1 or state_of(str(backup)).whole != whole:
            return f"{backup.name} is not the old library"
    left = [found.name for found in folder.iterdir() if ".new-" in found.name or found.suffix == ".tmp"]
    return f"left over: {left}" if left else ""


def _version(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return -1
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
