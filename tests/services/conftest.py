"""A library for services: in memory, and the same in SQLite."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from refman.domain.ports import Store
from refman.domain.settings import Settings
from refman.services.library import Library
from refman.storage.opener import SqliteOpener
from tests.empty_library import lay_empty_library
from tests.fakes import FakeClock, FakeStore

CAPTURED = date(2026, 11, 22)


@pytest.fixture
def clock() -> FakeClock:
    """Stands at 10 o'clock on the day the page was captured."""
    return FakeClock()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, clock: FakeClock, tmp_path: Path) -> Iterator[Store]:
    """An empty library: the reference and the real one."""
    location = str(tmp_path / "papers.refman")
    if request.param == "memory":
        yield FakeStore(clock, location=location)
        return
    lay_empty_library(location)
    opened = SqliteOpener(clock).open(location)
    yield opened
    opened.close()


@pytest.fixture
def library(store: Store, clock: FakeClock) -> Library:
    """The facade over an empty library."""
    return Library(store, clock=clock, settings=Settings())
