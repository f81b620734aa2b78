"""A person at the window."""

import json
from statistics import quantiles

from tests.bench.bench import OFFSCREEN, Bench
from tests.bench.measure import Figure, percentile, run_python


def measure(bench: Bench) -> list[Figure]:
    """Typing, sorting, walking through the papers: what is seen when, and how long the window is kept."""
    report = json.loads(run_python(["-m", "tests.bench.children.session", bench.library], OFFSCREEN))
    bare_mb = float(run_python(["-m", "tests.bench.children.bare_window"], OFFSCREEN))
    keys, sorts, late = report["keystroke_ms"], report["sort_ms"], report["late_ms"]
    above = {name: report[f"{name}_mb"] - bare_mb for name in ("first", "last")}
    return [
        _ms("keystroke to painted results, 95th percentile", percentile(keys, 95), min(keys), goal="<= 50 ms"),
        _ms("sort by another column to painted rows, slowest", max(sorts), min(sorts)),
        _ms("GUI thread kept from its events, longest", max(late), min(late), goal="<= 50 ms"),
        _ms("GUI thread kept from its events, 99.9 %", quantiles(late, n=1000)[-1], min(late)),
        Figure(
            "memory after the session, above the bare window", "MB", above["last"], above["first"], None, "<= 60 MB"
        ),
    ]


def _ms(name: str, value: float, minimum: float, *, goal: str = "") -> Figure:
    return Figure(name, "ms", value, minimum, None, goal)
