"""The machine sleeps while somebody works in the window, minutes in the long run, and wakes at another time (A16)."""

import signal
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from refman.app.wiring import SystemClock
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.tally import Tally
from tests.faults.window import forget_window, prepared_library
from tests.faults.window_verdict import STEPS, judge

_PATIENCE_S = 120.0
_MINUTES_S = 65.0
"""Longer than anything in refman waits: for a lock, for a backup that may be due, for a message to go."""
_MOMENT_S = 0.5
_JUMP = timedelta(days=3650)


def asleep_at_window(harness: Harness, tally: Tally) -> None:
    """SIGSTOP behind some step, SIGCONT, and ten years back or on: everything is stored, and the window ends well."""
    prepared = prepared_library(harness)
    wanted = harness.count(1, 8)
    for number in range(wanted * 4):
        if tally.faults < wanted:
            _sleep(harness, prepared, tally, -_JUMP if number % 2 else _JUMP)


def _sleep(harness: Harness, prepared: Path, tally: Tally, jump: timedelta) -> None:
    folder = harness.copy(prepared)
    child = spawn(partial(_work, folder, jump), folder.with_name(f"{folder.name}.log"))
    child.go()
    child.read_until(harness.chance.randint(0, len(STEPS) - 2), _PATIENCE_S)
    child.run_for(harness.chance.uniform(0, 0.05))
    tally.runs += 1
    where = f"window asleep, {jump.days} days"
    if child.status is None:
        tally.faults += 1
        child.kill(signal.SIGSTOP)
        child.run_for(_MINUTES_S if harness.is_long else _MOMENT_S)
        child.kill(signal.SIGCONT)
    if not child.wait(_PATIENCE_S):
        tally.hang(where)
    elif len(child.lines) != len(STEPS) or any('"refused"' in line for line in child.lines):
        tally.bug(where, f"{child.lines} {child.said}")
    if not judge(folder, child, tally, where, is_over=False):
        harness.keep(folder)
    forget_window(harness, folder)


def _work(folder: Path, jump: timedelta, acknowledge: Acknowledge) -> None:
    # Late: Qt is loaded by the tests of the window only.
    from tests.faults.window_person import work_at_window

    shift = timedelta()

    def wake(_number: int, _frame: FrameType | None) -> None:
        nonlocal shift
        shift = jump

    def now(_: SystemClock) -> datetime:
        return datetime.now(UTC).replace(microsecond=0) + shift

    def today(_: SystemClock) -> date:
        return date.today() + shift

    signal.signal(signal.SIGCONT, wake)
    with patch.object(SystemClock, "now", now), patch.object(SystemClock, "today", today):
        work_at_window(folder, acknowledge, begins="", is_over_before_the_end=False)
