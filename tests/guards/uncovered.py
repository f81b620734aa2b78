"""Leaves tests out of the coverage: those that repeat much, and those of rooms whose coverage nobody asks for.

Coverage makes what is full of loops take five times as long. `no_cover` of pytest-cov does nothing in the processes of
pytest-xdist: each has a second collector, which goes on when the first one rests.
"""

import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[1]
_COVERING = {"domain", "formats", "services", "cli"}
"""The rooms of tests that must cover what `./dev check` asks for; what a click through a window happens to run
would hide that no test looks at it."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "uncovered: a test that repeats much and covers nothing of its own.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if item.get_closest_marker("uncovered") is None and _room(item) in _COVERING:
        return (yield)
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(in_threads)
        sys.settrace(here)


def _room(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).parts[0] if item.path.is_relative_to(_TESTS) else ""
