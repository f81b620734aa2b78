"""Settings and guards of every test."""

import os

# Before any Qt import: without it a machine without a display aborts the whole run.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("ci")

pytest_plugins = [
    "pytester",
    "tests.guards.home",
    "tests.guards.logs",
    "tests.guards.leaks",
    "tests.guards.library_files",
    "tests.guards.gui_thread",
    "tests.guards.watchdog",
    "tests.guards.programs",
    "tests.guards.patience",
    "tests.guards.uncovered",
]
