"""Random steps, undone and done again, with restarts between: undo all is the start, redo all is the end (A26)."""

from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.tally import Tally
from tests.storage.test_any_sequence import _Library

_PATIENCE_S = 36_000.0


class RestartedLibrary(_Library):
    """Closed and opened again between steps."""

    @precondition(lambda self: hasattr(self, "_store"))
    @rule()
    def restart(self) -> None:
        self._store.close()
        self._store = self._opener.open(self._location)


def undo_sequences(harness: Harness, tally: Tally) -> None:
    """So many sequences of up to 15 steps."""
    wanted = harness.count(200, 10_000)
    child = spawn(partial(_run, wanted), harness.place / "sequences.log")
    child.go()
    if not child.wait(_PATIENCE_S):
        tally.hang("sequences")
    if child.status:
        tally.bug("sequences", child.said[-3000:])
    tally.runs = wanted if child.status == 0 else 0


def _run(wanted: int, acknowledge: Acknowledge) -> None:
    chosen = settings(
        max_examples=wanted,
        stateful_step_count=15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(RestartedLibrary, settings=chosen)
    acknowledge(str(wanted))
