"""`kill -9` at random moments, again and again in one library until the workload is through (A1)."""

from tests.faults.harness import Harness
from tests.faults.operations import Reference, acknowledged, refusal, start
from tests.faults.tally import Tally


def kill_torture(harness: Harness, name: str, tally: Tally) -> None:
    """Kills the workload so often; after each kill the library is checked and the workload goes on where it is."""
    known = harness.reference(name)
    left = harness.count(5, 200)
    while left > 0:
        left -= _through_once(harness, known, tally, most=left)


def _through_once(harness: Harness, known: Reference, tally: Tally, *, most: int) -> int:
    folder = harness.copy(known.folder)
    last, at, kills = known.workload.OPERATIONS, 0, 0
    # So long that about five kills fall into one run of the workload.
    window = max(known.seconds / 3, 0.05)
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
    return max(kills, 1)
