"""Runs of a thing, and what is told of them."""

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.peers import names


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the report: a median with its minimum, the floor it is compared with, and the goal of the ratio."""

    name: str
    unit: str
    median: float
    minimum: float
    floor: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """Median against floor, None without a floor."""
        return self.median / self.floor if self.floor else None

    def as_json(self) -> dict[str, object]:
        """The row as plain JSON values."""
        return {**asdict(self), "ratio": self.ratio}


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` (in tenths) of the values lie; needs two values at least."""
    return statistics.quantiles(values, n=1000, method="inclusive")[round(percent * 10) - 1]


def run_python(arguments: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """The standard output of a Python child; its standard error is shown when it fails.

    Raises: subprocess.CalledProcessError when the child does not exit with 0.
    """
    # As on a machine of a person: compiled modules are kept, the warm-up run makes them.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(
        [sys.executable, *arguments], env={**kept, **(environment or {})}, check=True, stdout=subprocess.PIPE
    )
    return result.stdout.decode()


def wall_of_pair(
    first: Callable[[], float], second: Callable[[], float], *, runs: int
) -> tuple[list[float], list[float]]:
    """Two things measured in turn, so that a machine that slows down slows both; one warm-up each."""
    first(), second()
    pairs = [(first(), second()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def machine() -> dict[str, str]:
    """What the figures were taken on."""
    model = next((line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")), "unknown")
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "system": platform.platform(),
        "other programs": names(),
        "versions": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {_packages()}",
    }


def _packages() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("PySide6-Essentials", "SQLAlchemy", "bibtexparser"))


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
