"""A library whose last step was cut off by a crash."""

import subprocess
import sys
from pathlib import Path

_CRASH = """
import os, sys
from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, draft, step

store = SqliteOpener(FakeClock()).open(sys.argv[1])
with step(store, "Big") as writer:
    for number in range(4):
        writer.add_papers([draft(f"Crash {number} {place}") for place in range(300)], added=ADDED)
        writer.put_tags([1], [f"tag{number}"])
        writer.commit_chunk()
    os._exit(9)
"""


def cut_off(library: Path | str) -> None:
    """Begins a large step named `Big` in a library with a paper, and ends with it in the middle."""
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", _CRASH, str(library)], check=False, cwd=root).returncode == 9
