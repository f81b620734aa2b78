"""Exporting the whole library as BibTeX."""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from shutil import copyfile
from statistics import median

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from tests.bench.bench import Bench, pair
from tests.bench.measure import Figure, timed

_ROUNDS = 3
_ROWS = (
    "SELECT p.*, t.* FROM paper p JOIN paper_text t ON t.paper_id = p.id WHERE p.trashed IS NULL ORDER BY p.key_folded"
)


def measure(bench: Bench) -> list[Figure]:
    """Written, read again and counted; the floor writes as many bytes from the same fetched rows."""
    ours, floors = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy, target = Path(folder) / "copy.refman", Path(folder) / "out.bib"
        copyfile(bench.library, copy)
        library = Wiring().open_library(str(copy))
        try:
            for _ in range(1 if bench.papers > 100_000 else _ROUNDS):
                ours.append(timed(lambda: library.export_file(Listing(), "bibtex", target)))
                text = target.read_text(encoding="utf-8")
                entries = text.split("\n\n")
                floors.append(timed(partial(_floor, copy, Path(folder) / "floor.bib", entries)))
        finally:
            library.close()
    name = "export to .bib; floor: the rows fetched and the same bytes written"
    return [pair(name, "s", [median(ours)], [median(floors)], goal="<= 3x")]


def _floor(library: Path, target: Path, entries: Sequence[str]) -> None:
    with (
        closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as raw,
        open(target, "w", encoding="utf-8") as file,
    ):
        for _, entry in zip(raw.execute(_ROWS), entries, strict=False):
            file.write(entry)
            file.write("\n\n")
