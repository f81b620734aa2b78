"""Tests that run real programs (`pdflatex`, `biber`): chosen where these are installed."""

import os
import shutil

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker `needs`."""
    config.addinivalue_line("markers", "needs(*programs): chosen only where they are installed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose programs are missing; under `REFMAN_TEST_ALL=1` that is an error.

    Left out, not skipped: a run that skips looks complete. The summary counts them as deselected.
    """
    lacking = {item: _missing(item) for item in items}
    left_out = [item for item, missing in lacking.items() if missing]
    if not left_out:
        return
    if os.environ.get("REFMAN_TEST_ALL") == "1":
        names = sorted({name for missing in lacking.values() for name in missing})
        raise pytest.UsageError(f"programs that tests need are not installed: {', '.join(names)}")
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not lacking[item]]


def _missing(item: pytest.Item) -> list[str]:
    return [
        program for marker in item.iter_markers("needs") for program in marker.args if shutil.which(program) is None
    ]
