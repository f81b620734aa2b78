"""One system call of a short workload fails, or kills it: `strace` attached to a child that waits for it (A2, A4).

Counting begins when strace is attached, so the same call of the same workload is hit on every run.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults.children import Child, spawn
from tests.faults.harness import Harness
from tests.faults.operations import acknowledged, open_and_close, refusal, start
from tests.faults.reference import Reference
from tests.faults.tally import Tally
from tests.faults.tracing import attach, may_trace

CALLS = {
    "pwrite64": ("EIO", "ENOSPC", "EDQUOT"),
    "write": ("ENOSPC", "EIO"),
    "fdatasync": ("EIO",),
    "fsync": ("EIO",),
    "ftruncate": ("EIO",),
    "rename": ("EIO", "EACCES"),
    "unlink": ("EIO",),
    "openat": ("EMFILE", "EACCES", "ENOSPC"),
    "mkdir": ("ENOSPC",),
    "link": ("EMLINK",),
}
"""What each call may fail with; every one may also be the last thing the process does."""
_PATIENCE_S = 60.0
SWEPT_WORKLOADS = (
    "importing",
    "editing",
    "tagging",
    "trashing",
    "merging",
    "undoing",
    "attaching",
    "exporting",
    "backing_up",
    "restoring",
    "renaming_everywhere",
    "linking_files",
    "importing_big",
)
WITH_WORKER = ("importing_big",)
"""Workloads that start a process of their own: by turns it is hit as well, or the process that stores alone."""
_OPERATIONS = 2
"""Of each workload, so that a sweep comes to its end."""


@dataclass(frozen=True, slots=True)
class Point:
    """The call that is hit: its `when`-th, and all after it where `is_lasting`."""

    workload: str
    call: str
    action: str
    when: int
    is_lasting: bool
    is_worker_spared: bool = False

    def __str__(self) -> str:
        who = " of the process that stores" if self.is_worker_spared else ""
        return f"{self.workload}: {self.action} at {self.call} {self.when}{'+' if self.is_lasting else ''}{who}"

    @property
    def expression(self) -> str:
        """As strace takes it."""
        action = "signal=KILL" if self.action == "SIGKILL" else f"error={self.action}"
        return f"inject={self.call}:{action}:when={self.when}{'+' if self.is_lasting else ''}"


def points(harness: Harness, name: str, most: int) -> list[Point]:
    """A choice of the calls that the workload makes: each kind of call with each error by turns, at a random place."""
    counts = _counted(harness, name)
    kinds = [
        (call, action, is_lasting)
        for call, errors in CALLS.items()
        for action in (*errors, "SIGKILL")
        for is_lasting in (False, True)
        if counts[call] and not (action == "SIGKILL" and is_lasting)
    ]
    harness.chance.shuffle(kinds)
    places = {call: harness.chance.sample(range(1, count + 1), count) for call, count in counts.items()}
    chosen: list[Point] = []
    for turn in range(max(counts.values(), default=0)):
        chosen += [
            Point(name, call, action, places[call][turn], is_lasting, name in WITH_WORKER and (turn + number) % 2 == 0)
            for number, (call, action, is_lasting) in enumerate(kinds)
            if turn < counts[call]
        ]
        if len(chosen) >= most:
            break
    return chosen[:most]


def _counted(harness: Harness, name: str) -> Counter[str]:
    """How often the undisturbed workload makes each call; of one with a worker, the process that stores."""
    known = harness.reference(name)
    folder = harness.copy(known.folder)
    log = folder.with_name(f"{folder.name}.strace")
    child = start(known.workload, folder, 1, _OPERATIONS)
    _trace(child, ["-e", f"trace={','.join(CALLS)}"], log, follows=name not in WITH_WORKER)
    calls = re.findall(r"^(?:\d+ +)?(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    log.unlink()
    harness.forget(folder)
    return Counter(call for call in calls if call in CALLS)


def sweep(name: str, harness: Harness, tally: Tally) -> None:
    """Hits one point of a workload after the other."""
    if not may_trace(harness, tally):
        return
    wanted = harness.count(150, 3000)
    # A few more: which of two threads writes first may move a call by one.
    for point in points(harness, name, wanted + 20):
        if tally.faults < wanted:
            _hit(harness, point, tally)


def _hit(harness: Harness, point: Point, tally: Tally) -> None:
    known = harness.reference(point.workload)
    folder = harness.copy(known.folder)
    child = start(known.workload, folder, 1, _OPERATIONS)
    log = folder.with_name(f"{folder.name}.strace")
    was_hit = run_traced(child, point.expression, log, follows=not point.is_worker_spared)
    # Without a log the call was that which opens it: nothing of refman had begun.
    if was_hit and child.log.exists():
        tally.runs += 1
        tally.faults += 1
        _judge(harness, known, child, tally, str(point), folder)
    harness.forget(folder)


def run_traced(child: Child, expression: str, log: Path, *, follows: bool = True) -> bool:
    """Lets a waiting child run with the fault, its threads and processes too where strace `follows` them.

    Says whether the fault was reached.
    """
    _trace(child, ["-e", f"trace={expression.split('=')[1].split(':')[0]}", "-e", expression], log, follows=follows)
    was_hit = "(INJECTED)" in log.read_text("utf-8", "replace") or child.status == -9
    log.unlink()
    return was_hit


def _trace(child: Child, options: list[str], log: Path, *, follows: bool) -> None:
    tracer = attach(child, options, log, follows=follows)
    child.go()
    child.wait(_PATIENCE_S)
    tracer.wait(20)


def _judge(harness: Harness, known: Reference, child: Child, tally: Tally, where: str, folder: Path) -> None:
    if child.status == 70:
        tally.bug(where, child.said[-1500:])
    elif child.status not in (0, -9):
        tally.hang(where)
    elif child.status == 0 and not refusal(child) and len(child.lines) < _OPERATIONS:
        tally.bug(where, "neither done nor refused")
    promised = acknowledged(child, 0)
    verdict = harness.check(known, folder, promised, last=promised + 1)
    tally.take(verdict, where)
    if not verdict.is_well:
        harness.keep(folder)


_AT_OPENING = {"pwrite64": 9, "openat": 12, "ftruncate": 2, "fdatasync": 4, "unlink": 3, "rename": 1, "fsync": 1}
"""Calls of an opening that takes a log in, and about how many of each."""


def during_recovery(harness: Harness, tally: Tally) -> None:
    """A kill, then a fault while the library is opened again (A4)."""
    if not may_trace(harness, tally):
        return
    wanted = harness.count(20, 500)
    for _ in range(wanted * 20):
        if tally.faults >= wanted:
            return
        call = harness.chance.choice(list(_AT_OPENING))
        action = harness.chance.choice((*CALLS[call], "SIGKILL"))
        is_lasting = action != "SIGKILL" and harness.chance.random() < 0.5
        name = harness.chance.choice(SWEPT_WORKLOADS)
        _hit_opening(
            harness, Point(name, call, action, harness.chance.randint(1, _AT_OPENING[call]), is_lasting), tally
        )


def _hit_opening(harness: Harness, point: Point, tally: Tally) -> None:
    known = harness.reference(point.workload)
    folder = harness.copy(known.folder)
    first = start(known.workload, folder, 1, known.workload.OPERATIONS)
    first.go()
    first.run_for(harness.chance.uniform(0, max(known.seconds / 2, 0.05)))
    if first.status is None:
        first.kill()
    at = acknowledged(first, 0)
    again = spawn(partial(open_and_close, folder), folder.with_name(f"{folder.name}.log"))
    if run_traced(again, point.expression, folder.with_name(f"{folder.name}.strace")):
        tally.runs += 1
        tally.faults += 1
        if again.status == 70:
            tally.bug(f"{point} while opening", again.said[-1500:])
        verdict = harness.check(known, folder, at, last=at + 1)
        tally.take(verdict, f"{point} while opening after a kill at {at}")
    harness.forget(folder)
