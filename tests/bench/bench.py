"""What a measure is given: a library of some size, and how often to run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.measure import Figure, run_python, timed

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Bench:
    """One library and the number of runs of every process."""

    library: str
    papers: int
    runs: int

    @property
    def long_runs(self) -> int:
        """How often to do what takes seconds or minutes: all of 100,000 papers is measured in five minutes."""
        return min(self.runs, 3 if self.papers <= 10_000 else 2 if self.papers <= 100_000 else 1)


def process(arguments: Sequence[str], kept: list[str] | None = None) -> Callable[[], float]:
    """Wall time of a Python process from its start to its end; what it prints is kept."""

    def run() -> float:
        output: list[str] = [] if kept is None else kept
        return timed(lambda: output.append(run_python(arguments, OFFSCREEN)))

    return run


def pair(name: str, unit: str, ours: Sequence[float], floor: Sequence[float], *, goal: str = "") -> Figure:
    """A figure with its floor: the medians, and the least of ours."""
    return Figure(name, unit, median(ours), min(ours), median(floor), goal)
