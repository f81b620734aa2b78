"""A library of 40 papers, and its backups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.services.backing_up import Backups
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.services.conftest import CAPTURED

QUARTER = 15 * 60


BIB = "".join(f"@article{{key{n}, title = {{Paper {n}}}, author = {{Ada Byron}}, year = 2020}}\n" for n in range(40))


@pytest.fixture
def location(tmp_path: Path, clock: FakeClock) -> str:
    path = str(tmp_path / "papers.refman")
    SqliteOpener(clock).create(path)
    return path


@pytest.fixture
def library(location: str, clock: FakeClock) -> Iterator[Library]:
    opened = Library(SqliteOpener(clock).open(location), clock=clock, settings=Settings())
    plan = opened.plan_import([ImportInput("refs.bib", BIB)], ImportOptions(CAPTURED))
    opened.apply_import(plan)
    yield opened
    opened.close()


@pytest.fixture
def backups(location: str, clock: FakeClock) -> Backups:
    return Backups(SqliteKeeper(clock), clock, location)


def edit(library: Library, text: str) -> None:
    library.edit(PaperId(1), {"title": text})
