"""Edits on a copy of the library: one field, many papers tagged, many deleted, each with its undo."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from statistics import median

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.library import Library
from tests.bench.bench import Bench
from tests.bench.measure import Figure, percentile, timed

_EDITS = 60
_TAGGED = 10_000
_DELETED = 100_000


def measure(bench: Bench) -> list[Figure]:
    """Until the commit is on the disk; repainting is measured with the window."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.refman"
        # A library of the benchmark is closed and has no log beside it.
        copyfile(bench.library, copy)
        library = Wiring().open_library(str(copy))
        # Deleting much would make a backup first, which is measured by nobody here.
        library.protect = lambda: None
        try:
            return _measured(library, bench)
        finally:
            library.close()


def _measured(library: Library, bench: Bench) -> list[Figure]:
    ids = [PaperId(one) for one in library.ids(Listing())]
    large = bench.papers > 100_000
    edits = [_edit_ms(library, paper_id, number) for number, paper_id in enumerate(ids[:_EDITS])]
    figures = [
        Figure(
            "edit: one field, 95 %", "ms", percentile(edits, 95), min(edits), None, "<= 20 ms" if large else "<= 15 ms"
        )
    ]
    goal = "<= 1.5 s" if large else "<= 1 s"
    tagged = ids[:: max(1, len(ids) // _TAGGED)][:_TAGGED]
    figures += _with_undo(
        library, f"tag {len(tagged):,} papers", lambda: library.tag(tagged, ["bench/many"]), goal=goal, runs=3
    )
    deleted = ids[:_DELETED]
    with library.agreed():
        return figures + _with_undo(
            library, f"delete {len(deleted):,} papers", lambda: library.trash(deleted), goal="", runs=bench.long_runs
        )


def _edit_ms(library: Library, paper_id: PaperId, number: int) -> float:
    """As in the window, which tends the index when nothing was written for a moment: while a person types the next."""
    spent = timed(_edit(library, paper_id, number)) * 1000
    while library.tend_index():
        pass
    return spent


def _edit(library: Library, paper_id: PaperId, number: int) -> Callable[[], object]:
    return lambda: library.edit(paper_id, {"title": f"Another title {number}"})


def _with_undo(library: Library, name: str, deed: Callable[[], object], *, goal: str, runs: int) -> list[Figure]:
    pairs = [(timed(deed), timed(library.undo)) for _ in range(runs)]
    done, undone = [one for one, _ in pairs], [two for _, two in pairs]
    return [
        Figure(f"edit: {name}", "s", median(done), min(done), None, goal),
        Figure(f"edit: undo of {name}", "s", median(undone), min(undone), None, goal),
    ]
