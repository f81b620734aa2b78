"""Only SQLite opens a library file.

One `open()` of it in our process drops SQLite's locks, and committed edits are lost without any
error (howtocorrupt.html, section 2.2). An audit hook sees every `open`, also those of `shutil`,
`pathlib` and libraries; SQLite's own calls raise no such event.
"""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.guards.stack import refman_frames

_SUFFIXES = (".refman", ".refman-wal", ".refman-shm", ".refman-journal")
_seen: list[str] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    if event != "open" or not isinstance(args[0], str | bytes):
        return
    path = os.fsdecode(args[0])
    if not path.endswith(_SUFFIXES) and not _links_to_library(path):
        return
    frames = list(refman_frames(sys._getframe(1)))
    if frames:
        _seen.append(f"{path} was opened by {frames[0]}")


def _links_to_library(path: str) -> bool:
    return os.path.islink(path) and os.path.realpath(path).endswith(_SUFFIXES)


# Hooks cannot be removed, so there is one for the whole session.
sys.addaudithook(_audit)


@pytest.fixture(autouse=True)
def _library_files() -> Iterator[None]:
    _seen.clear()
    yield
    if _seen:
        pytest.fail("only SQLite opens a library file:\n" + "\n".join(_seen), pytrace=False)
