"""`./dev faults`: runs every test of the harness, prints the counts, writes docs/reliability.md."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.importers import SEEDS, mutants
from tests.faults.kills import kill_torture
from tests.faults.operations import load_everything, set_home
from tests.faults.power import power_cuts
from tests.faults.report import table, write_page
from tests.faults.sequences import undo_sequences
from tests.faults.surroundings import (
    flipped_bits,
    hostile_files,
    locked,
    no_room,
    read_only,
    stale_logs,
    stopped,
)
from tests.faults.system_calls import during_recovery, sweep
from tests.faults.tally import Tally, line_of, tally_of, timed
from tests.faults.workloads import NAMES, workload

_PROCESSES = 2
_PATIENCE_S = 24 * 3600.0
Test = tuple[str, Callable[[Harness, Tally], None]]


def _tests() -> list[Test]:
    tests: list[Test] = [(f"kill -9: {workload(name).NAME}", partial(_kill, name)) for name in NAMES]
    tests.append(("system calls that fail", sweep))
    tests.append(("power cuts", power_cuts))
    tests.append(("system calls that fail while opening after a kill", during_recovery))
    tests += [
        ("no room: files that may not grow", no_room),
        ("SIGSTOP and SIGTERM", stopped),
        ("locked by another program", locked),
        ("read-only file and folder", read_only),
        ("stale, foreign and torn logs", stale_logs),
        ("flipped bits, lost pages, cut files", flipped_bits),
        ("hostile library files", hostile_files),
    ]
    tests += [(f"mutants: {name}", partial(mutants, name)) for name in SEEDS]
    tests.append(("undo and redo in any order", undo_sequences))
    return tests


def _kill(name: str, harness: Harness, tally: Tally) -> None:
    kill_torture(harness, name, tally)


def main(arguments: Sequence[str]) -> int:
    """Runs the tests that are asked for; 1 when anything was lost, half done, unsound, uncaught or hung."""
    options = _parser().parse_args(arguments)
    tests = [test for test in _tests() if options.only in test[0]]
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="refman-faults-") as place:
        set_home(Path(place, "home"))
        load_everything()
        # By turns: the long ones stand beside each other in the list.
        parts = [tests[start::_PROCESSES] for start in range(_PROCESSES)]
        children = [
            spawn(partial(_run, part, Path(place, str(number)), options.long), Path(place, f"part{number}.log"))
            for number, part in enumerate(parts)
        ]
        for child in children:
            child.go()
        for child in children:
            child.wait(_PATIENCE_S)
            print(child.said, file=sys.stderr)
    found = {tally.test: tally for child in children for line in child.lines if (tally := tally_of(line))}
    tallies = [found.get(name) or _missing(name) for name, _ in tests]
    print(table(tallies, monotonic() - began))
    if not options.only:
        write_page(tallies, seconds=monotonic() - began, is_long=options.long)
    return 0 if all(tally.is_well for tally in tallies) else 1


def _run(part: Sequence[Test], place: Path, is_long: bool, acknowledge: Acknowledge) -> None:
    harness = Harness(place, is_long)
    place.mkdir()
    for name, test in part:
        tally = timed(Tally(name), partial(test, harness))
        print(f"{tally.seconds:6.1f} s  {'ok ' if tally.is_well else 'BAD'}  {name}", file=sys.stderr, flush=True)
        acknowledge(line_of(tally))
    harness.checker.close()


def _missing(name: str) -> Tally:
    tally = Tally(name)
    tally.bug(name, "the test itself ended with an exception")
    return tally


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the counts of the long run; takes hours")
    parser.add_argument("--only", metavar="TEXT", default="", help="the tests with this in their name; writes no page")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
