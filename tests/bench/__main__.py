"""`./dev bench`: measures refman on this machine and prints the figures beside their floors."""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from refman.app.wiring import Wiring
from refman.services.import_plan import ImportInput, ImportOptions
from tests.bench.library import bench_library
from tests.bench.measure import Figure, machine, percentile, run_python, store, table, timed, wall_of_pair

_PAGE = Path(__file__).parents[1] / "data" / "profile" / "lars-buesing.txt"
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def main(arguments: Sequence[str]) -> int:
    """Measures, prints the table, and stores the JSON."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000, help="size of the library (default: 10000)")
    parser.add_argument("--runs", type=int, default=7, help="runs of every process (default: 7)")
    parser.add_argument(
        "--json", type=Path, default=Path("bench.json"), help="where the figures go (default: bench.json)"
    )
    options = parser.parse_args(arguments)
    library = str(bench_library(options.papers))
    figures: list[Figure] = []
    for measure in (_start, _version, _search, _import_page, _session):
        print(f"measuring {measure.__name__.strip('_').replace('_', ' ')} ...", file=sys.stderr)
        figures += measure(library, options.runs)
    store(options.json, figures)
    print("\n".join(f"{name}: {value}" for name, value in machine().items()))
    print(f"library: {options.papers:,} papers\n\n{table(figures)}")
    return 0


def _process(arguments: Sequence[str], kept: list[str] | None = None) -> Callable[[], float]:
    """Wall time of a Python process from its start to its end; what it prints is kept."""

    def run() -> float:
        output: list[str] = [] if kept is None else kept
        return timed(lambda: output.append(run_python(arguments, _OFFSCREEN)))

    return run


def _pair(name: str, unit: str, ours: Sequence[float], floor: Sequence[float], *, goal: str) -> Figure:
    return Figure(name, unit, statistics.median(ours), min(ours), statistics.median(floor), goal)


def _start(library: str, runs: int) -> list[Figure]:
    ours: list[str] = []
    bare: list[str] = []
    times, floors = wall_of_pair(
        _process(["-m", "tests.bench.children.refman_window", library], ours),
        _process(["-m", "tests.bench.children.bare_window"], bare),
        runs=runs,
    )
    memory, memory_floor = [float(line) for line in ours], [float(line) for line in bare]
    above = [mine - other for mine, other in zip(memory, memory_floor, strict=True)]
    return [
        _pair("start to painted rows, against a bare PySide6 window", "s", times, floors, goal="<= 3x"),
        Figure(
            "memory at the first rows, above the bare window",
            "MB",
            statistics.median(above),
            min(above),
            None,
            "<= 60 MB",
        ),
    ]


def _version(_: str, runs: int) -> list[Figure]:
    times, floors = wall_of_pair(_process(["-m", "refman", "--version"]), _process(["-c", "pass"]), runs=runs * 3)
    return [_pair("refman --version, against python -c pass", "s", times, floors, goal="<= 3x")]


def _search(library: str, runs: int) -> list[Figure]:
    search = ["-m", "refman", "--library", library, "search", "--limit", "50", "pela"]
    times, floors = wall_of_pair(_process(search), _process(["-c", "import sqlalchemy"]), runs=runs)
    return [_pair("refman search, 50 rows, against importing SQLAlchemy", "s", times, floors, goal="")]


def _import_page(_: str, runs: int) -> list[Figure]:
    wiring = Wiring()
    text = _PAGE.read_text(encoding="utf-8")

    def once(folder: str) -> float:
        location = str(Path(folder) / "page.refman")
        wiring.create_library(location)
        library = wiring.open_library(location)
        options = ImportOptions(captured_on=wiring.clock.today())

        def work() -> None:
            library.apply_import(library.plan_import([ImportInput("page", text)], options))

        seconds = timed(work)
        library.close()
        return seconds

    times: list[float] = []
    for _run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            times.append(once(folder))
    return [
        Figure("importing the author page (23 papers)", "s", statistics.median(times), min(times), None, "<= 0.5 s")
    ]


def _session(library: str, _: int) -> list[Figure]:
    report = json.loads(run_python(["-m", "tests.bench.children.session", library], _OFFSCREEN))
    bare_mb = float(run_python(["-m", "tests.bench.children.bare_window"], _OFFSCREEN))
    keys, sorts, late = report["keystroke_ms"], report["sort_ms"], report["late_ms"]
    above = {name: report[f"{name}_mb"] - bare_mb for name in ("first", "last")}
    return [
        _ms("keystroke to painted results, 95th percentile", percentile(keys, 95), min(keys), goal="<= 50 ms"),
        _ms("sort by another column to painted rows, slowest", max(sorts), min(sorts)),
        _ms("GUI thread kept from its events, longest", max(late), min(late), goal="<= 50 ms"),
        _ms("GUI thread kept from its events, 99.9 %", statistics.quantiles(late, n=1000)[-1], min(late)),
        Figure(
            "memory after the session, above the bare window", "MB", above["last"], above["first"], None, "<= 60 MB"
        ),
    ]


def _ms(name: str, value: float, minimum: float, *, goal: str = "") -> Figure:
    return Figure(name, "ms", value, minimum, None, goal)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
