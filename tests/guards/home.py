"""A home of its own for each test: nothing reads or writes the person's files."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where homes may be, one after the other: `mktemp` looks at all there are for each new one."""
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The empty home of this test, also for the processes it starts.

    `REFMAN_LIBRARY` names a library in it that does not exist yet.
    """
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("REFMAN_LIBRARY", str(home / "library.refman"))
    yield home
    shutil.rmtree(home, ignore_errors=True)
