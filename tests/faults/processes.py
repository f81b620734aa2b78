"""The processes that take one part of the plan after the other, each with a checker of its own."""

import os
import random
import shutil
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from tests.faults.check import Checker
from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.harness import Harness
from tests.faults.plan import Part
from tests.faults.tally import Tally, line_of, merged, tally_of, timed

_PROCESSES = 2
_PATIENCE_S = 48 * 3600.0
_NUMBER = struct.Struct("<H")


def run_all(parts: Sequence[Part], place: Path, *, is_long: bool) -> list[Tally]:
    """One line of the table for each test, in the order of the parts."""
    queue, fill = os.pipe()
    for number in range(len(parts)):
        os.write(fill, _NUMBER.pack(number))
    os.close(fill)
    found = [
        tally
        for line in _lines(lambda number: partial(_take_parts, parts, queue, place, number, is_long), place)
        if (tally := tally_of(line))
    ]
    os.close(queue)
    tests = dict.fromkeys(part.test for part in parts)
    return [
        merged(name, [one for one in found if one.test == name], sum(part.test == name for part in parts))
        for name in tests
    ]


def _lines(work: Callable[[int], Callable[[Acknowledge], None]], place: Path) -> Iterator[str]:
    """What the processes tell; one that a test ended with an exception is followed by another, for the other tests."""
    numbers = count()
    running = [_begin(work, place, next(numbers)) for _ in range(_PROCESSES)]
    while running:
        child = running.pop(0)
        child.wait(_PATIENCE_S)
        print(child.said, file=sys.stderr)
        yield from child.lines
        if child.status:
            running.append(_begin(work, place, next(numbers)))


def _begin(work: Callable[[int], Callable[[Acknowledge], None]], place: Path, number: int) -> Child:
    child = spawn(work(number), place / f"process{number}.log")
    child.go()
    return child


def _take_parts(
    parts: Sequence[Part], queue: int, place: Path, number: int, is_long: bool, acknowledge: Acknowledge
) -> None:
    own = place / str(number)
    own.mkdir()
    # Forked while it is small; it lives as long as this process.
    checker = Checker()
    while data := os.read(queue, _NUMBER.size):
        part = parts[_NUMBER.unpack(data)[0]]
        acknowledge(line_of(_run(part, own, place / "shared", checker, is_long)))
        shutil.rmtree(own)
        own.mkdir()
    checker.close()


def _run(part: Part, place: Path, shared: Path, checker: Checker, is_long: bool) -> Tally:
    # The same chance on every run, whichever process takes the part.
    chance = random.Random(f"{part.test} {part.number}")
    harness = Harness(place, shared, checker, chance, is_long, part.number, part.parts)
    before = _cpu_seconds()
    tally = timed(Tally(part.test), partial(part.work, harness))
    name = f"{part.test} {part.number + 1}/{part.parts}"
    said = "ok " if tally.is_well else "BAD"
    print(f"{tally.seconds:6.1f} s {_cpu_seconds() - before:6.1f} CPU {said} {name}", file=sys.stderr, flush=True)
    return tally


def _cpu_seconds() -> float:
    usages = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
