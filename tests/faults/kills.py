"""`kill -9` at random moments, again and again in one library until the workload is through (A1)."""

from tests.faults.harness import Harness
from tests.faults.operations import acknowledged, refusal, start
from tests.faults.reference import Reference
from tests.faults.tally import Tally


def kill_torture(name: str, harness: Harness, tally: Tally) -> None:
    """Kills the workload so often; after each kill the library is checked and the workload goes on where it is."""
    known = harness.reference(name)
    wanted = harness.count(5, 200)
    # A run of the workload that ends before the next kill is begun again.
    for _ in range(wanted * 4):
        if tally.faults < wanted and tally.is_well:
            _through_once(harness, known, tally, most=wanted - tally.faults)


def _through_once(harness: Harness, known: Reference, tally: Tally, *, most: int) -> None:
    folder = harness.copy(known.folder)
    last, at, kills = known.workload.OPERATIONS, 0, 0
    # So long that about five kills fall into one run of the workload, and that each operation ends at times.
    window = max(known.seconds / 3, known.longest * 1.5, 0.05)
    while at < last and kills < most:
        child = start(known.workload, folder, at + 1, last)
        child.go()
        child.run_for(harness.chance.uniform(0, window))
        tally.runs += 1
        ended = child.status is not None
        if not ended:
            child.kill()
            tally.faults += 1
            kills += 1
        elif child.status or refusal(child):
            tally.bug(f"{known.workload.NAME} after a kill", refusal(child) or child.said)
            break
        promised = acknowledged(child, at)
        verdict = harness.check(known, folder, promised, last=promised + 1)
        tally.take(verdict, f"{known.workload.NAME} killed after operation {promised}")
        if not verdict.is_well:
            harness.keep(folder)
            break
        if ended:
            break
        at = verdict.at
    harness.forget(folder)
