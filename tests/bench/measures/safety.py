"""What keeping a library safe costs: a verified backup, a restore, the check after an unclean end, a durable edit."""

import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from shutil import copyfile, rmtree
from statistics import median

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.services.library import Library
from tests.bench.bench import Bench, pair
from tests.bench.measure import Figure, timed

_EDITS = 60
_PIECE_BYTES = 250e6


def measure(bench: Bench) -> list[Figure]:
    """On a copy of the library, with the copies on the same disk."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.refman"
        copyfile(bench.library, copy)
        library = Wiring().open_library(str(copy))
        library.protect = lambda: None
        try:
            figures = [_backup(library, bench), _check(library, bench), _acknowledged(library)]
        finally:
            library.close()
        return [*figures, _restore(Path(folder), copy, bench)]


def _backup(library: Library, bench: Bench) -> Figure:
    folder = Path(library.location).parent
    ours, floors = [], []
    for _ in range(bench.long_runs):
        target, floor = folder / "backup.refman", folder / "floor.refman"
        floors.append(timed(partial(_vacuum_into, Path(library.location), floor)))
        ours.append(timed(partial(library.backup, target)))
        floor.unlink()
        target.unlink()
    name = "backup, copied, checked and synced; floor: VACUUM INTO alone"
    return pair(name, "s", ours, floors, goal="<= 2x")


def _check(library: Library, bench: Bench) -> Figure:
    """In seconds for 250 MB, so that one goal holds for all sizes."""
    path = Path(library.location)
    share = _PIECE_BYTES / path.stat().st_size
    runs = range(bench.long_runs)
    ours = [timed(partial(_sound, library)) * share for _ in runs]
    floors = [timed(partial(_read_through, path)) * share for _ in runs]
    name = "check of the file after an unclean end, for 250 MB; floor: reading the file"
    return pair(name, "s", ours, floors, goal="<= 2 s")


def _acknowledged(library: Library) -> Figure:
    spent = []
    for number, paper_id in enumerate(library.ids(Listing())[:_EDITS]):
        edit = partial(library.edit, PaperId(paper_id), {"title": f"Another title {number}"})
        spent.append(timed(edit) * 1000)
        while library.tend_index():
            pass
    return Figure("edit of one field, durable, median", "ms", median(spent), min(spent), None, "<= 8 ms")


def _restore(folder: Path, copy: Path, bench: Bench) -> Figure:
    """A backup in the place of the library, which stays beside it; both are there before and after."""
    backup = folder / "backup.refman"
    copyfile(bench.library, backup)
    ours, floors = [], []
    for _ in range(bench.long_runs):
        floor = folder / "floor.refman"
        floors.append(timed(partial(_vacuum_into, backup, floor)))
        floor.unlink()
        ours.append(timed(partial(Wiring().restore_library, backup, str(copy))))
        # The state that was replaced is kept beside it; a disk would fill up with those of a large library.
        rmtree(copy.with_suffix(".backups"), ignore_errors=True)
    return pair("restore of a backup; floor: VACUUM INTO alone", "s", ours, floors)


def _sound(library: Library) -> None:
    problems = library.check_file(NoProgress())
    assert problems == [], problems


def _vacuum_into(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _read_through(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass
