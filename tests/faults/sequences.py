"""Random steps, undone and done again, with restarts between: undo all is the start, redo all is the end (A26)."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import initialize, run_state_machine_as_test

from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.tally import Tally
from tests.storage.papers import content
from tests.storage.test_any_sequence import AnySequence

_PATIENCE_S = 36_000.0


class _FromACopy(AnySequence):
    """Begins with a copy of an empty library, which takes less than making one."""

    empty = ""

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="refman-test-")
        self._clock = FakeClock()
        self._opener = SqliteOpener(self._clock)
        self._location = str(Path(self._folder, "papers.refman"))
        shutil.copyfile(self.empty, self._location)
        self._store = self._opener.open(self._location)
        self._past = [content(self._store)]
        self._future: list[dict[str, object]] = []


def undo_sequences(harness: Harness, tally: Tally) -> None:
    """So many sequences of up to 15 steps."""
    wanted = harness.count(200, 10_000)
    child = spawn(partial(_run, wanted, harness.part, harness.place), harness.place / "sequences.log")
    child.go()
    if not child.wait(_PATIENCE_S):
        tally.hang("sequences")
    if child.status:
        tally.bug("sequences", child.said[-3000:])
    tally.runs = wanted if child.status == 0 else 0


def _run(wanted: int, part: int, place: Path, acknowledge: Acknowledge) -> None:
    _FromACopy.empty = str(place / "empty.refman")
    SqliteOpener(FakeClock()).create(_FromACopy.empty)
    chosen = settings(
        max_examples=wanted,
        stateful_step_count=15,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(part)(_FromACopy), settings=chosen)
    acknowledge(str(wanted))
