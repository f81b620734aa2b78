"""Libraries that released versions wrote: they open, they are sound, and the program of tomorrow upgrades them."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from refman.domain.progress import NoProgress
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from refman.storage.schema import REVISION
from tests.fakes import FakeClock
from tests.faults.state import state_of
from tests.faults.tomorrow import VERSION, tomorrow, write_revisions
from tests.storage.released import released, unpack

_COUNTS = {"small": (19, 1), "10000": (10_000, 0), "hostile": (8, 0)}
_each = pytest.mark.parametrize("packed", released(), ids=lambda path: path.name.partition(".")[0])


def test_every_released_schema_has_its_libraries() -> None:
    revisions = {path.name.partition("_")[0] for path in _versions().glob("r*.py")}
    assert {path.name.partition("-")[0] for path in released()} == revisions
    assert REVISION in revisions


def _versions() -> Path:
    return Path(__file__).parents[2] / "refman" / "storage" / "migrations" / "versions"


@_each
def test_a_released_library_opens_and_is_sound(
    packed: Path, tmp_path: Path, opener: SqliteOpener, clock: FakeClock
) -> None:
    library = str(unpack(packed, tmp_path / "papers.refman"))
    before = state_of(library)
    store = opener.open(library)
    with store.read() as reader:
        counts = reader.counts()
    store.close()
    assert (counts.papers, counts.trashed) == _COUNTS[packed.name.partition("-")[2].partition(".")[0]]
    assert SqliteKeeper(clock).examine(library, progress=NoProgress()) == []
    assert state_of(library) == before


@_each
def test_a_released_library_is_upgraded_with_every_row_and_backed_up_before(
    packed: Path, tmp_path: Path, opener: SqliteOpener
) -> None:
    library = str(unpack(packed, tmp_path / "papers.refman"))
    before = state_of(library)
    with tomorrow(write_revisions(tmp_path / "revisions")):
        opener.open(library).close()
        opener.open(library).close()
    assert (state_of(library), _version(library)) == (before, VERSION)
    [backup] = [name for name in os.listdir(tmp_path) if ".before-upgrade-" in name]
    assert (state_of(str(tmp_path / backup)), _version(str(tmp_path / backup))) == (before, VERSION - 1)


def _version(path: str) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
