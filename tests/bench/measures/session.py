"""A person at the window."""

import json

from tests.bench.bench import OFFSCREEN, Bench
from tests.bench.measure import Figure, percentile, run_python

_LETTER_MS = {1_000: 30, 10_000: 30, 100_000: 40, 1_000_000: 60}
_SORT_MS = {1_000: 40, 10_000: 40, 100_000: 60, 1_000_000: 150}
_MEMORY_MB = {1_000: 55, 10_000: 55, 100_000: 70, 1_000_000: 130}


def measure(bench: Bench) -> list[Figure]:
    """Typing, sorting, walking through the papers: what is seen when, and how long the window is kept."""
    with open(bench.library, "rb") as file:
        # Into the memory of the system, as for the other measures: it is not the disk that is measured.
        while file.read(1 << 24):
            pass
    report = json.loads(run_python(["-m", "tests.bench.children.session", bench.library], OFFSCREEN))
    bare_mb = float(run_python(["-m", "tests.bench.children.bare_window"], OFFSCREEN))
    keys, sorts, late = report["keystroke_ms"], report["sort_ms"], report["late_ms"]
    above = {name: report[f"{name}_mb"] - bare_mb for name in ("first", "last")}
    letter, sort, memory = (goals.get(bench.papers) for goals in (_LETTER_MS, _SORT_MS, _MEMORY_MB))
    return [
        _ms("keystroke to painted results, 95th percentile", percentile(keys, 95), min(keys), goal=letter),
        _ms("sort by another column to painted rows, slowest", max(sorts), min(sorts), goal=sort),
        _ms("GUI thread kept from its events, longest", max(late), min(late), goal=50),
        _ms("GUI thread kept from its events, 99.9 %", percentile(late, 99.9), min(late), goal=16),
        Figure(
            "memory after the session, above the bare window",
            "MB",
            above["last"],
            above["first"],
            None,
            f"<= {memory} MB" if memory else "",
        ),
    ]


def _ms(name: str, value: float, minimum: float, *, goal: int | None) -> Figure:
    return Figure(name, "ms", value, minimum, None, f"<= {goal} ms" if goal else "")
