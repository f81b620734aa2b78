"""From the start of the process to painted rows."""

from statistics import median

from tests.bench.bench import Bench, pair, process
from tests.bench.measure import Figure, wall_of_pair

_GOALS = {10_000: ("<= 2.8x", "<= 55 MB"), 100_000: ("<= 3x", "<= 70 MB"), 1_000_000: ("<= 3.5x", "<= 130 MB")}
"""Of the time and of the memory."""


def measure(bench: Bench) -> list[Figure]:
    """Start and memory, against a bare window with a table."""
    ours: list[str] = []
    bare: list[str] = []
    times, floors = wall_of_pair(
        process(["-m", "tests.bench.children.refman_window", bench.library], ours),
        process(["-m", "tests.bench.children.bare_window"], bare),
        runs=bench.runs,
    )
    above = [float(mine) - float(other) for mine, other in zip(ours, bare, strict=True)]
    time_goal, memory_goal = _GOALS.get(bench.papers, ("", ""))
    return [
        pair("start to painted rows, against a bare PySide6 window", "s", times, floors, goal=time_goal),
        Figure("memory at the first rows, above the bare window", "MB", median(above), min(above), None, memory_goal),
    ]
