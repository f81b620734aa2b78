"""Few descriptors (A6), and a program that sleeps while it holds the lock that another one waits for (A16)."""

import os
import resource
import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

from refman.domain.errors import LibraryBusy
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.operations import acknowledged, perform
from tests.faults.session import Session
from tests.faults.tally import Tally
from tests.faults.workloads import workload
from tests.faults.workloads.papers import ids

_PATIENCE_S = 120.0
_MINUTES_S = 65.0
_ASLEEP_S = 2.5
"""Longer than a session of the harness waits for the lock."""


def few_descriptors(harness: Harness, tally: Tally) -> None:
    """No more than a few files may be open beside those that are: done or refused in words, nothing lost."""
    for name in ("editing", "importing", "importing_big", "exporting", "backing_up", "restoring", "linking_files"):
        known = harness.reference(name)
        for _ in range(harness.count(3, 40)):
            folder = harness.copy(known.folder)
            more = harness.chance.randint(0, 14)
            child = spawn(partial(_with_few, name, folder, more), folder.with_name(f"{folder.name}.log"))
            child.go()
            tally.runs += 1
            tally.faults += 1
            where = f"{name} with {more} more descriptors"
            if not child.wait(_PATIENCE_S):
                tally.hang(where)
            elif child.status:
                tally.bug(where, child.said)
            at = acknowledged(child, 0)
            tally.take(harness.check(known, folder, at, last=at + 1), where)
            harness.forget(folder)


def _with_few(name: str, folder: Path, more: int, acknowledge: Acknowledge) -> None:
    most = max(map(int, os.listdir("/proc/self/fd"))) + 1 + more
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    perform(workload(name), folder, 1, 2, acknowledge)


def asleep(harness: Harness, tally: Tally) -> None:
    """SIGSTOP inside a write for longer than others wait: they are refused, and both edits are there in the end."""
    known = harness.reference("writing_notes")
    for number in range(harness.count(1, 20)):
        folder = harness.copy(known.folder)
        holder = spawn(partial(_hold, folder), folder.with_name(f"{folder.name}.log"))
        holder.go()
        waiter = spawn(partial(_wait, folder), folder.with_name(f"{folder.name}.waiter.log"))
        tally.runs += 1
        tally.faults += 1
        try:
            if not holder.read_until(1, _PATIENCE_S):
                tally.bug("asleep", holder.said)
                return
            holder.kill(signal.SIGSTOP)
            waiter.go()
            if not waiter.read_until(1, _ASLEEP_S * 10) or waiter.lines != ["busy"]:
                tally.bug("asleep", f"the other one was not refused: {waiter.lines} {waiter.said}")
            elif harness.is_long and not number:
                # It is refused again and again.
                waiter.run_for(_MINUTES_S)
        finally:
            holder.kill(signal.SIGCONT)
        for child, last in ((holder, "written"), (waiter, "Theirs of the paper written")):
            if not child.wait(_PATIENCE_S):
                tally.hang("asleep")
            elif child.status or child.lines[-1:] != [last]:
                tally.bug("asleep", f"{child.lines} {child.said}")
        _look(folder, tally)
        harness.forget(folder)


def _look(folder: Path, tally: Tally) -> None:
    with closing(sqlite3.connect(f"file:{folder / 'papers.refman'}?mode=ro", uri=True)) as connection:
        titles = {title for (title,) in connection.execute("SELECT title FROM paper")}
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    if not {"Ours", "Theirs"} <= titles:
        tally.lost += 1
        tally.fail("asleep", "an acknowledged edit is not there")
    if verdict != "ok":
        tally.take_problem("asleep", verdict)


def _hold(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.clock.number = 500
    first = ids(session)[0]
    with session.library.store.write():
        acknowledge("held")
        # It is stopped here, and its clock goes back by years meanwhile.
        until = monotonic() + 1
        while monotonic() < until:
            pass
    session.clock.number = 1
    session.library.edit(first, {"title": "Ours"})
    session.close()
    acknowledge("written")


def _wait(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.clock.number = 600
    second = ids(session)[1]
    began = monotonic()
    while monotonic() - began < _PATIENCE_S:
        try:
            session.library.edit(second, {"title": "Theirs"})
            break
        except LibraryBusy:
            acknowledge("busy")
    session.close()
    title = session.library.papers([second])[0].plain("title")
    session.close()
    acknowledge(f"{title} of the paper written")
