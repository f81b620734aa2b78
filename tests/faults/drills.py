"""Days of work with backups made and thinned; each that is left is put back: is it the library of its time (A24)?"""

import shutil
from functools import partial
from pathlib import Path
from random import Random

from refman.app.main import main
from refman.domain.backups import Backup, BackupReason
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.state import state_of
from tests.faults.tally import Tally
from tests.faults.workloads.papers import ids, import_text

_DAYS_LONG = 400
_MINUTES = 24 * 60
_PATIENCE_S = 36_000.0


def restore_drills(harness: Harness, tally: Tally) -> None:
    """So many backups put back, by turns through the opener and the command line."""
    wanted = harness.count(20, 10_000)
    folder = harness.new_place()
    folder.mkdir()
    days = _DAYS_LONG if harness.is_long else 0
    child = spawn(partial(_work, folder, wanted, days, harness.chance.random()), harness.place / "drills.log")
    child.go()
    if not child.wait(_PATIENCE_S):
        tally.hang("backups restored")
    elif child.status:
        tally.bug("backups restored", child.said)
    for line in child.lines:
        tally.runs += 1
        tally.lost += line != "same"
        if line != "same":
            tally.fail("backups restored", line)
    harness.forget(folder)


def _work(folder: Path, wanted: int, days: int, seed: float, acknowledge: Acknowledge) -> None:
    session, chance = Session(folder), Random(seed)
    session.opener.create(session.location)
    import_text(session, "old", 40)
    known: dict[int, str] = {}
    done = 0
    for day in range(1, (days or wanted) + 1):
        _one_day(session, chance, day, known)
        kept = session.backups.all()
        # In the long run every backup that is left, at the end and half-way; else one of any age each day.
        chosen = (kept if day in (days, days // 2) else []) if days else [chance.choice(kept)]
        for backup in chosen[: wanted - done]:
            done += 1
            acknowledge(_drill(session, backup, known, by_command=done % 2 == 0))
    session.close()


def _one_day(session: Session, chance: Random, day: int, known: dict[int, str]) -> None:
    # Now and then the clock stands years before or after.
    shift = chance.choice((0, 0, 0, 0, 0, -3650, 18_250)) * _MINUTES
    for minute in sorted(chance.sample(range(540, 1080), 4)):
        session.clock.number = max(day * _MINUTES + minute + shift, -_MINUTES)
        papers = ids(session)
        match chance.randrange(4):
            case 0:
                import_text(session, f"day{day}x{minute}y", chance.randint(1, 3))
            case 1:
                session.library.tag(papers[:5], [f"day{day}"])
            case 2:
                session.library.add_note(chance.choice(papers), f"Read on day {day}")
            case _:
                session.library.edit(chance.choice(papers), {"title": f"Title of {day} {minute}"})
        if chance.random() < 0.5 or minute > 1000:
            made = session.backups.back_up(BackupReason.TIMED)
            known[made.number] = state_of(session.location).whole


def _drill(session: Session, backup: Backup, known: dict[int, str], *, by_command: bool) -> str:
    place = session.folder / "drill"
    place.mkdir()
    target = place / "restored.refman"
    status = 0
    if by_command:
        status = main(["--library", str(target), "restore", backup.path, "--yes"])
    else:
        session.opener.restore(backup.path, str(target))
    found = "" if status else state_of(str(target)).whole
    shutil.rmtree(place)
    return "same" if found == known[backup.number] else f"backup {backup.number} is not the library of its time"
