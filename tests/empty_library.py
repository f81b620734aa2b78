"""An empty library file for a test that is not about its making."""

import tempfile
from functools import cache
from pathlib import Path

from refman.storage.opener import SqliteOpener
from tests.fakes import FakeClock


def lay_empty_library(location: str | Path) -> None:
    """Puts one where nothing is.

    The real opener makes the first one of this process: the tables and indexes of a schema cost 22 ms, their copy 0.2.
    An empty library holds neither a time nor a name of its own, so each is the same to the byte.
    """
    path = Path(location)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_empty_library())


@cache
def _empty_library() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.refman")
        SqliteOpener(FakeClock()).create(str(path))
        return path.read_bytes()
