"""System calls on the library that fail, or kill, while somebody works in the real window (A2)."""

import random
import re
import shutil
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.system_calls import CALLS
from tests.faults.tally import Tally
from tests.faults.tracing import attach, may_trace
from tests.faults.window_verdict import PAPERS, STEPS, judge
from tests.faults.workloads.papers import import_text

_PATIENCE_S = 120.0
_OWN = ("papers.refman", "papers.refman-wal", "papers.refman-shm", "papers.refman.lock", "papers.backups", "")
"""What a fault hits: the library and its folder, for a font that cannot be opened says nothing of refman."""
_CALLS = {**CALLS, "pread64": ("EIO",)}
"""What the panes show is read again after each deed."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Once, at the `when`-th such call of a thread, or always from the step `begins` on.

    strace counts the calls of each thread by itself: a fault that lasts in all of them begins with the tracing.
    """

    call: str
    action: str
    when: int = 0
    begins: str = "opened"
    is_over_before_the_end: bool = True

    def __str__(self) -> str:
        if self.when:
            return f"{self.action} at {self.call} {self.when}"
        end = "before" if self.is_over_before_the_end else "to"
        return f"{self.action} at {self.call} from {self.begins} on {end} the end"

    @property
    def expression(self) -> str:
        action = "signal=KILL" if self.action == "SIGKILL" else f"error={self.action}"
        return f"inject={self.call}:{action}:when={self.when or '1+'}"


def at_window(harness: Harness, tally: Tally) -> None:
    """Hits one point after the other."""
    if not may_trace(harness, tally):
        return
    prepared = prepared_library(harness)
    wanted = harness.count(10, 600)
    counts = _counted(harness, prepared)
    for _ in range(wanted * 3):
        if tally.faults < wanted:
            _hit(harness, _fault(harness.chance, counts), prepared, tally)


def _fault(chance: random.Random, counts: Counter[str]) -> _Fault:
    call = chance.choice(sorted(call for call, count in counts.items() if count))
    if chance.random() < 0.5:
        action = chance.choice((*_CALLS[call], "SIGKILL"))
        return _Fault(call, action, chance.randint(1, counts[call]))
    begins = chance.choice(("opened", "year", "note", "title", "tag", "undo", "paste"))
    return _Fault(call, chance.choice(_CALLS[call]), 0, begins, chance.random() < 0.5)


def prepared_library(harness: Harness) -> Path:
    folder = harness.new_place()
    folder.mkdir()
    child = spawn(partial(_prepare, folder), folder.with_name("prepare.log"))
    child.go()
    if not child.wait(_PATIENCE_S) or child.status:
        raise RuntimeError(child.said)
    # Loaded once and not by each child; nothing of Qt begins by it.
    import_module("tests.faults.window_person")
    return folder


def _prepare(folder: Path, _: Acknowledge) -> None:
    session = Session(folder)
    session.opener.create(session.location)
    import_text(session, "old", PAPERS)
    session.close()


def _work(folder: Path, begins: str, is_over: bool, acknowledge: Acknowledge) -> None:
    # Late: Qt is loaded by this test only.
    from tests.faults.window_person import work_at_window

    work_at_window(folder, acknowledge, begins=begins, is_over_before_the_end=is_over)


def start_window(folder: Path, *, begins: str, is_over: bool) -> Child:
    return spawn(partial(_work, folder, begins, is_over), folder.with_name(f"{folder.name}.log"))


def _trace(folder: Path, calls: str, child: Child, *more: str) -> "subprocess.Popen[bytes]":
    paths = [word for name in _OWN for word in ("-P", str(folder / name) if name else str(folder))]
    return attach(child, [*paths, "-e", f"trace={calls}", *more], _log(folder))


def _log(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.strace")


def _counted(harness: Harness, prepared: Path) -> Counter[str]:
    """How often a thread of an undisturbed window makes each call at most."""
    folder = harness.copy(prepared)
    child = start_window(folder, begins="", is_over=False)
    tracer = _trace(folder, ",".join(_CALLS), child)
    child.go()
    child.wait(_PATIENCE_S)
    tracer.wait(_PATIENCE_S)
    if child.status or len(child.lines) != len(STEPS):
        raise RuntimeError(f"the window fails without any fault:\n{child.lines}\n{child.said}")
    calls = Counter(re.findall(r"^(\d+) +(\w+)\(", _log(folder).read_text("utf-8", "replace"), re.MULTILINE))
    forget_window(harness, folder)
    return Counter({name: max(n for (_, call), n in calls.items() if call == name) for _, name in calls})


def _hit(harness: Harness, fault: _Fault, prepared: Path, tally: Tally) -> None:
    folder = harness.copy(prepared)
    child = start_window(folder, begins=fault.begins, is_over=fault.is_over_before_the_end)
    tracer = _run_with(fault, child, folder)
    if not child.wait(_PATIENCE_S):
        tally.hang(str(fault))
    if tracer is not None:
        tracer.wait(_PATIENCE_S)
        if "(INJECTED)" in _log(folder).read_text("utf-8", "replace") or child.status == -9:
            tally.runs += 1
            tally.faults += 1
            if not judge(folder, child, tally, f"window, {fault}", is_over=fault.is_over_before_the_end):
                harness.keep(folder)
    forget_window(harness, folder)


def _run_with(fault: _Fault, child: Child, folder: Path) -> "subprocess.Popen[bytes] | None":
    """Lets the child go; the fault is there when it asks for it, and gone again when it asks for that."""
    options = ("-e", fault.expression)
    tracer = _trace(folder, fault.call, child, *options) if fault.begins == "opened" else None
    child.go()
    while child.read(_PATIENCE_S):
        if tracer is None and _has_told(child, "begins"):
            tracer = _trace(folder, fault.call, child, *options)
        if tracer is not None and _has_told(child, "over"):
            tracer.send_signal(signal.SIGTERM)
            break
    return tracer


def _has_told(child: Child, step: str) -> bool:
    return any(f'"step": "{step}"' in line for line in child.lines)


def forget_window(harness: Harness, folder: Path) -> None:
    harness.forget(folder)
    shutil.rmtree(folder.with_name(f"{folder.name}.home"), ignore_errors=True)
    _log(folder).unlink(missing_ok=True)
