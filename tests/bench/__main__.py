"""`./dev bench`: measures refman on this machine and prints the figures beside their floors."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.library import bench_library
from tests.bench.measures import MEASURES
from tests.bench.measures.peers import MOST_UNASKED
from tests.bench.report import Report, load, slower_than

_DOCS = Path(__file__).parents[2] / "docs"
_RECORDED = _DOCS / "performance.json"
LARGE = 1_000_000


def main(arguments: Sequence[str]) -> int:
    """Measures, prints the table, and stores the JSON; 1 when `--check` finds something slower."""
    options = _parser().parse_args(arguments)
    recorded = load(_RECORDED)
    report = Report()
    for papers in [*options.papers, *([LARGE] if options.large else [])]:
        bench = Bench(str(bench_library(papers)), papers, options.runs)
        for name in options.only or _unasked(papers):
            print(f"{papers:,} papers: measuring {name.replace('-', ' ')} ...", file=sys.stderr)
            for figure in MEASURES[name](bench):
                report.add(papers, figure)
    report.store(options.json)
    print(report.text())
    if options.record:
        recorded.take(report)
        recorded.store(_RECORDED)
        recorded.write_table(_DOCS / "performance.md")
    slower = slower_than(recorded, report) if options.check else []
    print("\n".join(slower), file=sys.stderr)
    return 1 if slower else 0


def _unasked(papers: int) -> list[str]:
    """Other programs take minutes for a large library: they are measured with it when they are named."""
    return [name for name in MEASURES if name != "peers" or papers <= MOST_UNASKED]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "--papers",
        type=int,
        nargs="*",
        default=[1_000, 10_000, 100_000],
        help="sizes of the libraries (default: %(default)s)",
    )
    parser.add_argument("--large", action="store_true", help="1,000,000 papers too: 6 GB, built in half an hour")
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--runs", type=int, default=7, help="runs of every process (default: 7)")
    parser.add_argument(
        "--json", type=Path, default=Path("bench.json"), help="where the figures go (default: bench.json)"
    )
    parser.add_argument("--record", action="store_true", help="put the figures into docs/performance.md")
    parser.add_argument(
        "--check", action="store_true", help="fail when a ratio to a floor is far above the recorded one"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
