"""Exporting the whole library as BibTeX."""

import json
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

_ROWS = (
    "SELECT p.*, t.* FROM paper p JOIN paper_text t ON t.paper_id = p.id WHERE p.trashed IS NULL ORDER BY p.key_folded"
)

_WRITTEN = (
    "SELECT type, key, title, year, month, doi, fields, author, abstract FROM paper p JOIN paper_text t"
    " ON t.paper_id = p.id WHERE p.trashed IS NULL ORDER BY p.key_folded"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def measure(bench: Bench) -> list[Figure]:
    """Written, read again and counted, with what may be wrong in every paper.

    Against two floors: the entries of the export itself written again beside the fetched rows, which makes no text at
    all, and the same entries made of the rows by a few lines of Python that know what seeded papers hold.
    """
    ours, floors, plain = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        copy, target = Path(folder) / "copy.refman", Path(folder) / "out.bib"
        copyfile(bench.library, copy)
        library = Wiring().open_library(str(copy))
        try:
            for _ in range(bench.long_runs):
                ours.append(timed(lambda: library.export_file(Listing(), "bibtex", target)))
                text = target.read_text(encoding="utf-8")
                entries = text.split("\n\n")
                floors.append(timed(partial(_floor, copy, Path(folder) / "floor.bib", entries)))
                plain.append(timed(partial(_plain_python, copy, Path(folder) / "plain.bib")))
            _check_is_the_same(text, (Path(folder) / "plain.bib").read_text(encoding="utf-8"))
        finally:
            library.close()
    name = "export to .bib; floor: the rows fetched and the same bytes written"
    made = "export to .bib; floor: the same bytes made of the fetched rows in plain Python"
    return [
        pair(name, "s", [median(ours)], [median(floors)], goal="<= 3x"),
        pair(made, "s", [median(ours)], [median(plain)], goal="<= 3x"),
    ]


def _check_is_the_same(exported: str, plain: str) -> None:
    """But for braces in titles, which plain Python does not know of."""
    ours, others = exported.split("\n"), plain.split("\n")
    different = [line for line, other in zip(ours, others, strict=True) if line != other]
    assert all(line.startswith("  title") and "{" in line[11:] for line in different), different[:3]


def _plain_python(library: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as raw,
        open(target, "w", encoding="utf-8") as file,
    ):
        for kind, key, title, year, month, doi, fields, author, abstract in raw.execute(_WRITTEN):
            others = json.loads(fields)
            names = " and ".join(f"{family}, {given}" for given, _, family in json.loads(author))
            file.write(
                f"@{kind}{{{key},\n  author = {{{names}}},\n  title = {{{title}}},\n"
                f"  journal = {{{others['journal']}}},\n  year = {{{year}}},\n  month = {_MONTHS[int(month) - 1]},\n"
                f"  volume = {{{others['volume']}}},\n  doi = {{{doi}}},\n  abstract = {{{abstract}}},\n}}\n\n"
            )


def _floor(library: Path, target: Path, entries: Sequence[str]) -> None:
    with (
        closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as raw,
        open(target, "w", encoding="utf-8") as file,
    ):
        for _, entry in zip(raw.execute(_ROWS), entries, strict=False):
            file.write(entry)
            file.write("\n\n")
