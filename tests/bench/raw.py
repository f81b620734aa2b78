"""The floor of reading: SQLite itself, without refman, on the same file."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import thread_time
from urllib.parse import quote

from refman.app.wiring import Wiring
from refman.services.library import Library
from tests.bench.bench import Bench
from tests.bench.measure import Figure, percentile


@contextmanager
def opened(bench: Bench) -> Iterator[tuple[Library, sqlite3.Connection]]:
    """The library as refman opens it, and the bare file with the same cache."""
    library = Wiring().open_library(bench.library)
    raw = sqlite3.connect(f"file:{quote(str(Path(bench.library)))}?mode=ro", uri=True, isolation_level=None)
    raw.execute("PRAGMA cache_size=-3072")
    try:
        yield library, raw
    finally:
        raw.close()
        library.close()


def milliseconds(work: Callable[[], object]) -> float:
    """CPU time of this thread, in which refman and SQLite work: other programs of a busy machine do not count."""
    start = thread_time()
    work()
    return (thread_time() - start) * 1000


def in_turn(
    deeds: Sequence[tuple[Callable[[], object], Callable[[], object]]], *, rounds: int
) -> tuple[list[float], list[float]]:
    """The times of ours and of its floor, each pair one after the other, all pairs `rounds` times; one warm-up."""
    for ours, floor in deeds:
        ours(), floor()
    pairs = [(milliseconds(ours), milliseconds(floor)) for _ in range(rounds) for ours, floor in deeds]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def slowest(name: str, times: tuple[Sequence[float], Sequence[float]], *, goal: str = "") -> Figure:
    """The 95th percentile of many different deeds, against that of their floors."""
    ours, floors = times
    return Figure(name, "ms", percentile(ours, 95), min(ours), percentile(floors, 95), goal)
