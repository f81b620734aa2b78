"""From the start of the process to painted rows."""

from statistics import median

from tests.bench.bench import Bench, pair, process
from tests.bench.measure import Figure, wall_of_pair


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
    return [
        pair("start to painted rows, against a bare PySide6 window", "s", times, floors, goal="<= 3x"),
        Figure("memory at the first rows, above the bare window", "MB", median(above), min(above), None, "<= 60 MB"),
    ]
