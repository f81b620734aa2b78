"""Every test of the harness, cut into parts that two processes take one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.faults.drills import restore_drills
from tests.faults.full_disk import full_disk
from tests.faults.fuzz import fuzz
from tests.faults.harness import Harness
from tests.faults.importers import mutants
from tests.faults.kills import kill_torture
from tests.faults.neighbours import foreign_programs, racing, refused_files
from tests.faults.power import POWER_WORKLOADS, power_cuts
from tests.faults.readers import SEEDS
from tests.faults.scarcity import asleep, few_descriptors
from tests.faults.sequences import undo_sequences
from tests.faults.soak import soak
from tests.faults.surroundings import (
    flipped_bits,
    hostile_files,
    locked,
    no_room,
    read_only,
    stale_logs,
    stopped,
)
from tests.faults.system_calls import SWEPT_WORKLOADS, during_recovery, sweep
from tests.faults.tally import Tally
from tests.faults.upgrades import upgrades
from tests.faults.window import at_window
from tests.faults.window_asleep import asleep_at_window
from tests.faults.workloads import names, workload

Work = Callable[[Harness, Tally], None]


@dataclass(frozen=True, slots=True)
class Part:
    """`number` of `parts` of a test; the parts of one test are one line of the table."""

    test: str
    work: Work
    number: int = 0
    parts: int = 1


def every_part(*, is_long: bool) -> list[Part]:
    """In the order of the table."""
    parts = [Part(f"kill -9: {workload(name).NAME}", partial(kill_torture, name)) for name in names(is_long=is_long)]
    parts.append(Part("kill -9: upgrade of released libraries", upgrades))
    parts += _each("system calls that fail", sweep, SWEPT_WORKLOADS)
    # One in the short run: each counts the calls of an undisturbed window first.
    parts += _cut("system calls that fail at the window", at_window, 4 if is_long else 1)
    parts += _each("power cuts", power_cuts, POWER_WORKLOADS)
    parts += _cut("system calls that fail while opening after a kill", during_recovery, 4)
    parts += _cut("no room: files that may not grow", no_room, 1)
    parts.append(Part("no room: a small disk", full_disk))
    parts += [
        Part("few descriptors", few_descriptors),
        Part("SIGSTOP, SIGTERM and SIGHUP", stopped),
        Part("asleep while another program waits", asleep),
        Part("asleep at the window", asleep_at_window),
        Part("locked by another program", locked),
        Part("programs racing", racing),
        Part("other programs and cloud folders", foreign_programs),
        Part("newer and foreign files", refused_files),
        Part("a day's work in short", soak),
        Part("read-only file and folder", read_only),
        Part("stale, foreign and torn logs", stale_logs),
    ]
    parts += _cut("flipped bits, lost pages, cut files", flipped_bits, 3)
    parts.append(Part("hostile library files", hostile_files))
    parts += [Part(f"mutants: {name}", partial(mutants, name)) for name in SEEDS]
    parts += [Part(f"coverage-guided: {name}", partial(fuzz, name)) for name in SEEDS]
    parts += _cut("undo and redo in any order", undo_sequences, 4)
    parts += _cut("backups restored", restore_drills, 2)
    return parts


def _cut(test: str, work: Work, parts: int) -> list[Part]:
    return [Part(test, work, number, parts) for number in range(parts)]


def _each(test: str, work: Callable[[str, Harness, Tally], None], workloads: tuple[str, ...]) -> list[Part]:
    return [Part(test, partial(work, name), number, len(workloads)) for number, name in enumerate(workloads)]
