"""Importing what a person pastes."""

import tempfile
from pathlib import Path
from statistics import median

from refman.app.wiring import Wiring
from refman.services.import_plan import ImportInput, ImportOptions
from tests.bench.bench import Bench
from tests.bench.measure import Figure, timed

_PAGE = Path(__file__).parents[2] / "data" / "profile" / "lars-buesing.txt"


def measure(bench: Bench) -> list[Figure]:
    """An author page into an empty library, planned and stored."""
    times: list[float] = []
    for _ in range(bench.runs):
        with tempfile.TemporaryDirectory() as folder:
            times.append(_once(folder))
    return [Figure("importing the author page (23 papers)", "s", median(times), min(times), None, "<= 0.5 s")]


def _once(folder: str) -> float:
    wiring = Wiring()
    text = _PAGE.read_text(encoding="utf-8")
    location = str(Path(folder) / "page.refman")
    wiring.create_library(location)
    library = wiring.open_library(location)
    options = ImportOptions(captured_on=wiring.clock.today())
    seconds = timed(lambda: library.apply_import(library.plan_import([ImportInput("page", text)], options)))
    library.close()
    return seconds
