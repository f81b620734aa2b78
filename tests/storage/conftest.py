"""A library file of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.storage import sqlite
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.empty_library import lay_empty_library
from tests.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """The clock of the store; it stands still until the test moves it."""
    return FakeClock()


@pytest.fixture
def opener(clock: FakeClock) -> SqliteOpener:
    """Waits a moment only for the lock, so that a test of a busy library is quick."""
    return SqliteOpener(clock, wait_s=0.2)


@pytest.fixture
def location(tmp_path: Path) -> str:
    """The path of an empty library that nobody has open."""
    path = str(tmp_path / "papers.refman")
    lay_empty_library(path)
    return path


@pytest.fixture
def store(location: str, opener: SqliteOpener) -> Iterator[SqliteStore]:
    """That library, open."""
    opened = opener.open(location)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """One library for all examples of a Hypothesis test; it only grows."""
    path = str(tmp_path_factory.mktemp("shared") / "papers.refman")
    lay_empty_library(path)
    opened = SqliteOpener(FakeClock()).open(path)
    yield opened
    opened.close()


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug in this test: thousands of writes need not wait for the disk."""
    monkeypatch.setattr(sqlite, "_WRITER", (*sqlite._WRITER, "synchronous=OFF"))
