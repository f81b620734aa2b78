"""System calls on the library that fail, or kill, while somebody works in the real window (A2).

What the window showed as stored must be in the library; what it did not store it must have told, and what was typed
must stand in the library or in the file where the window keeps it when it is ended.
"""

import json
import random
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from refman.domain.errors import RefmanError
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.services.library import Library
from tests.faults.check import left_over, undo_problem, unsound
from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.system_calls import CALLS
from tests.faults.tally import Tally
from tests.faults.tracing import attach, may_trace
from tests.faults.workloads.papers import import_text

Said: TypeAlias = dict[str, dict[str, Any]]
"""What was told of each step."""

_PATIENCE_S = 120.0
_OWN = ("papers.refman", "papers.refman-wal", "papers.refman-shm", "papers.refman.lock", "papers.backups", "")
"""What a fault hits: the library and its folder, for a font that cannot be opened says nothing of refman."""
_PAPERS = 30
_PASTED = "knuth1984"
_TYPED = ("year", "note", "title")
_STEPS = ("opened", *_TYPED, "tag", "undoing", "undo", "paste", "closed")
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
    prepared = _prepared(harness)
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


def _prepared(harness: Harness) -> Path:
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
    import_text(session, "old", _PAPERS)
    session.close()


def _work(folder: Path, begins: str, is_over: bool, acknowledge: Acknowledge) -> None:
    # Late: Qt is loaded by this test only.
    from tests.faults.window_person import work_at_window

    work_at_window(folder, acknowledge, begins=begins, is_over_before_the_end=is_over)


def _start(folder: Path, *, begins: str, is_over: bool) -> Child:
    return spawn(partial(_work, folder, begins, is_over), folder.with_name(f"{folder.name}.log"))


def _trace(folder: Path, calls: str, child: Child, *more: str) -> "subprocess.Popen[bytes]":
    paths = [word for name in _OWN for word in ("-P", str(folder / name) if name else str(folder))]
    return attach(child, [*paths, "-e", f"trace={calls}", *more], _log(folder))


def _log(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.strace")


def _counted(harness: Harness, prepared: Path) -> Counter[str]:
    """How often a thread of an undisturbed window makes each call at most."""
    folder = harness.copy(prepared)
    child = _start(folder, begins="", is_over=False)
    tracer = _trace(folder, ",".join(_CALLS), child)
    child.go()
    child.wait(_PATIENCE_S)
    tracer.wait(_PATIENCE_S)
    if child.status or len(child.lines) != len(_STEPS):
        raise RuntimeError(f"the window fails without any fault:\n{child.lines}\n{child.said}")
    calls = Counter(re.findall(r"^(\d+) +(\w+)\(", _log(folder).read_text("utf-8", "replace"), re.MULTILINE))
    _forget(harness, folder)
    return Counter({name: max(n for (_, call), n in calls.items() if call == name) for _, name in calls})


def _hit(harness: Harness, fault: _Fault, prepared: Path, tally: Tally) -> None:
    folder = harness.copy(prepared)
    child = _start(folder, begins=fault.begins, is_over=fault.is_over_before_the_end)
    tracer = _run_with(fault, child, folder)
    if not child.wait(_PATIENCE_S):
        tally.hang(str(fault))
    if tracer is not None:
        tracer.wait(_PATIENCE_S)
        if "(INJECTED)" in _log(folder).read_text("utf-8", "replace") or child.status == -9:
            tally.runs += 1
            tally.faults += 1
            if not _judge(folder, child, tally, fault):
                harness.keep(folder)
    _forget(harness, folder)


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


def _forget(harness: Harness, folder: Path) -> None:
    harness.forget(folder)
    shutil.rmtree(folder.with_name(f"{folder.name}.home"), ignore_errors=True)
    _log(folder).unlink(missing_ok=True)


# Judging -------------------------------------------------------------------------------------------------------------


def _judge(folder: Path, child: Child, tally: Tally, fault: _Fault) -> bool:
    where = f"window, {fault}"
    before = len(tally.failures)
    lines = [json.loads(line) for line in child.lines]
    said = {line["step"]: line for line in lines}
    # The last words are for whoever looks into it.
    last = "\n".join([*child.lines, child.said[-1500:]])
    if "bug" in said or "Traceback" in child.said or "a fault of refman" in child.said or child.status == 70:
        tally.bug(where, last)
    if "hang" in said:
        tally.hang(f"{where}: {last}")
    if child.status == 0 and "hang" not in said:
        for problem in _manners(said, is_over=fault.is_over_before_the_end):
            tally.bug(where, f"{last}\n{problem}")
    look = spawn(partial(_look, folder, said, child.status == 0), folder.with_name(f"{folder.name}.look.log"))
    look.go()
    look.wait(_PATIENCE_S)
    for line in look.lines:
        kind, _, problem = line.partition(" ")
        setattr(tally, kind, getattr(tally, kind) + 1)
        tally.fail(where, f"{last}\n{problem}")
    if look.status:
        tally.take_problem(where, f"{last}\n{look.said}")
    look.log.unlink(missing_ok=True)
    return len(tally.failures) == before


def _manners(said: Said, *, is_over: bool) -> list[str]:
    """What a window must do whatever fails: say why, go on once it can, end."""
    silent = [
        f"{step} was refused without a word"
        for step, line in said.items()
        if line["state"] in ("refused", "stays") and not line["said"]
    ]
    if is_over and said["opened"]["state"] == "stored":
        if said.get("after", {}).get("state") != "stored":
            silent.append("after the fault nothing can be stored")
        if said["closed"]["state"] != "closed":
            silent.append("after the fault the window cannot be closed")
    return silent


def _look(folder: Path, said: Said, has_ended: bool, acknowledge: Acknowledge) -> None:
    """In a child without Qt: opens the library as refman does and tells what is wrong, a line each."""
    session = Session(folder)
    session.clock.number = 10_000
    try:
        for problem in _wrong_values(session, said, _kept(folder) if has_ended else None):
            acknowledge(problem)
        if problem := unsound(session):
            acknowledge(f"unsound {problem}")
        if problem := undo_problem(session):
            acknowledge(f"half {problem}")
        session.close()
        if problem := left_over(session):
            acknowledge(f"unsound {problem}")
    except RefmanError as error:
        acknowledge(f"unsound {type(error).__name__} {' '.join(error.message.split())}")


def _kept(folder: Path) -> str:
    """What the window kept of what it could not store."""
    home = folder.with_name(f"{folder.name}.home")
    return "\n".join(path.read_text("utf-8") for path in home.rglob("*.txt"))


def _wrong_values(session: Session, said: Said, kept: str | None) -> list[str]:
    from tests.faults.window_person import NOTE, TITLE, YEAR

    papers = session.library.papers(list(map(PaperId, session.library.ids(Listing()))))
    there = partial(_is_there, session.library, {paper.id: paper for paper in papers})
    wrong = [f"lost {step} was shown as stored" for step in _deeds(said, "stored") if not there(step, said[step])]
    if kept is not None:
        typed = {"year": YEAR, "note": NOTE, "title": TITLE}
        refused = [step for step in _deeds(said, "refused") if step in typed and not there(step, said[step])]
        wrong += [f"lost {step} was typed and is nowhere" for step in refused if typed[step] not in kept]
    if len(papers) != _PAPERS + any(paper.key == _PASTED for paper in papers):
        wrong.append(f"half {len(papers)} papers")
    return wrong


def _is_there(library: Library, papers: dict[PaperId, Paper], step: str, line: dict[str, Any]) -> bool:
    from tests.faults.window_person import AFTER, NOTE, TAG, TITLE, YEAR

    about = line["about"]
    looks: dict[str, Callable[[], bool]] = {
        "year": lambda: papers[about].plain("year") == YEAR,
        "title": lambda: papers[about].plain("title") == TITLE,
        "undo": lambda: papers[about].plain("title") != TITLE,
        "note": lambda: [note.text for note in library.notes(about)] == [NOTE],
        "tag": lambda: TAG in library.tags_of([about]),
        "after": lambda: AFTER in library.tags_of([about]),
        "paste": lambda: any(paper.key == _PASTED for paper in papers.values()),
    }
    return looks[step]()


def _deeds(said: Said, state: str) -> list[str]:
    steps = ("year", "tag", "note", "title", "undo", "paste", "after")
    # What is being taken back may be there or not.
    passed = ("title",) if "undoing" in said else ()
    return [step for step in steps if said.get(step, {}).get("state") == state and step not in passed]
