"""A home of its own for each test: nothing reads or writes the person's files."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty home of this test, also for the processes it starts.

    `REFMAN_LIBRARY` names a library in it that does not exist yet.
    """
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("REFMAN_LIBRARY", str(home / "library.refman"))
    return home
