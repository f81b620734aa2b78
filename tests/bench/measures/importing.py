"""Importing a large .bib: time, memory and size against bare SQLite with the same rows."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.bench.bench import Bench, pair
from tests.bench.bib_file import bench_bib
from tests.bench.measure import Figure, run_python, timed

_TABLES = ("tag", "paper", "paper_text", "search_text", "paper_tag", "note")
_VIEW = "paper_content"
_INDEX = "paper_index"
_GOALS = {10_000: ("<= 2.5x", "<= 250 MB"), 100_000: ("<= 2x", "<= 300 MB"), 1_000_000: ("<= 2x", "<= 400 MB")}


def measure(bench: Bench) -> list[Figure]:
    """An import into an empty library, everything stored; in turn with the floor."""
    bib = bench_bib(bench.papers)
    reports, floors, sizes = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.refman"
        for _ in range(bench.long_runs):
            reports.append(json.loads(run_python(["-m", "tests.bench.children.importing", str(bib), str(copy)])))
            seconds, size = _floor(copy, Path(folder) / "floor.db")
            floors.append(seconds)
            sizes.append(size)
    time_goal, memory_goal = _GOALS.get(bench.papers, ("", ""))
    memory = [report["own_mb"] + report["worker_mb"] for report in reports]
    megabytes = [report["bytes"] / 1e6 for report in reports]
    return [
        pair(
            "import of a .bib with abstracts; floor: raw insert and FTS rebuild of the same rows",
            "s",
            [report["seconds"] for report in reports],
            floors,
            goal=time_goal,
        ),
        Figure("import: peak memory of both processes", "MB", median(memory), min(memory), None, memory_goal),
        pair("library file; floor: the same rows and index alone", "MB", megabytes, sizes, goal="<= 1.7x"),
    ]


def _floor(library: Path, target: Path) -> tuple[float, float]:
    """Seconds and megabytes of plain SQLite with the rows and columns of the library, without its other indexes."""
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{library}?mode=ro&immutable=1", uri=True)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as raw,
    ):
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        made = dict(source.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')"))
        for name in (*_TABLES, _VIEW, _INDEX):
            raw.execute(made[name])
        for setting in source.execute(f"SELECT k, v FROM {_INDEX}_config WHERE k <> 'version'"):
            raw.execute(f"INSERT INTO {_INDEX}({_INDEX}, rank) VALUES (?, ?)", setting)
        seconds = timed(lambda: _fill(source, raw))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return seconds, target.stat().st_size / 1e6


def _fill(source: sqlite3.Connection, raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    for name in _TABLES:
        raw.executemany(*_insert(source, name))
    raw.execute("COMMIT")
    raw.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('rebuild')")


def _insert(source: sqlite3.Connection, name: str) -> tuple[str, Iterator[tuple[object, ...]]]:
    rows = source.execute(f"SELECT * FROM {name}")
    return f"INSERT INTO {name} VALUES ({','.join('?' * len(rows.description))})", rows
