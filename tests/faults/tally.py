"""What ran and what it found: the lines of the table."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from time import monotonic

from tests.faults.check import Verdict

COUNTS = ("runs", "faults", "lost", "half", "unsound", "uncaught", "hung", "seconds")


@dataclass(slots=True)
class Tally:
    """One line: how often a test ran, how many faults it made, what was lost, half done or unsound."""

    test: str
    runs: int = 0
    faults: int = 0
    lost: int = 0
    half: int = 0
    unsound: int = 0
    uncaught: int = 0
    hung: int = 0
    seconds: float = 0.0
    note: str = ""
    failures: list[str] = field(default_factory=list)

    def take(self, verdict: Verdict, where: str) -> None:
        """Counts a check."""
        self.lost += bool(verdict.lost)
        self.half += bool(verdict.half)
        self.unsound += bool(verdict.unsound)
        if not verdict.is_well:
            self.fail(where, verdict.lost or verdict.half or verdict.unsound)

    def take_problem(self, where: str, said: str) -> None:
        """Counts a library that is not as it should be."""
        self.unsound += 1
        self.fail(where, said)

    def fail(self, where: str, said: str) -> None:
        """Remembers what was found, and tells it at once: a long run may be stopped."""
        self.failures.append(f"{where}: {said}")
        print(f"BAD {where}: {said[-2000:]}", file=sys.stderr, flush=True)

    def bug(self, where: str, said: str) -> None:
        """Counts an exception that nobody caught."""
        self.uncaught += 1
        self.fail(where, said)

    def hang(self, where: str) -> None:
        """Counts work that did not end."""
        self.hung += 1
        self.fail(where, "did not end in time")

    @property
    def found(self) -> int:
        """How much of what has a column of its own."""
        return self.lost + self.half + self.unsound + self.uncaught + self.hung

    @property
    def is_well(self) -> bool:
        """Nothing was found."""
        return not self.failures


def timed(tally: Tally, work: Callable[[Tally], None]) -> Tally:
    """Runs one test and measures it."""
    began = monotonic()
    work(tally)
    tally.seconds = monotonic() - began
    return tally


def merged(test: str, parts: Sequence[Tally], wanted: int) -> Tally:
    """One line of the parts of a test; a part that is missing ended with an exception of the test itself."""
    whole = Tally(test)
    for one in parts:
        for name in COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.failures += one.failures
        whole.note = whole.note or one.note
    if len(parts) < wanted:
        whole.bug(test, "the test itself ended with an exception")
    elif wanted and not (whole.runs or whole.note or whole.failures):
        whole.bug(test, "nothing ran, and nothing says why")
    return whole


def line_of(tally: Tally) -> str:
    """One line of JSON."""
    return json.dumps(asdict(tally))


def tally_of(line: str) -> Tally | None:
    """The inverse; None for any other line."""
    return Tally(**json.loads(line)) if line.startswith("{") else None
