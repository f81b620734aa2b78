"""Whole processes of the command line."""

from tests.bench.bench import Bench, pair, process
from tests.bench.measure import Figure, wall_of_pair


def measure(bench: Bench) -> list[Figure]:
    """`refman --version` and `refman search`."""
    version = wall_of_pair(process(["-m", "refman", "--version"]), process(["-c", "pass"]), runs=bench.runs * 3)
    search = ["-m", "refman", "--library", bench.library, "search", "--limit", "50", "pela"]
    found = wall_of_pair(process(search), process(["-c", "import sqlalchemy"]), runs=bench.runs)
    goal = "<= 0.7 s" if bench.papers > 100_000 else "<= 0.4 s"
    return [
        pair("refman --version, against python -c pass", "s", *version, goal="<= 3x"),
        pair("refman search, 50 rows, against importing SQLAlchemy", "s", *found, goal=goal),
    ]
