"""Libraries of seeded papers, built once and kept in the cache folder of the person."""

import sys
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from platformdirs import user_cache_path

from refman import __version__
from refman.app.wiring import SystemClock
from refman.domain.changes import OperationKind
from refman.storage.opener import SqliteOpener
from refman.storage.schema import REVISION
from tests.bench.papers import drafts

_CHUNK = 500


def bench_library(papers: int) -> Path:
    """The path of a library of `papers` papers; made when there is none of this version yet."""
    folder = user_cache_path("refman") / "bench"
    path = folder / f"papers-{papers}-{__version__}-{REVISION}.refman"
    if not path.exists():
        print(f"Building a library of {papers:,} papers; it is kept in {folder}.", file=sys.stderr)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _build(unfinished, papers)
        unfinished.rename(path)
    return path


def _build(path: Path, papers: int) -> None:
    opener = SqliteOpener(SystemClock())
    opener.create(str(path))
    store = opener.open(str(path))
    stream = drafts(papers)
    added = datetime.now(UTC).replace(microsecond=0) - timedelta(days=papers)
    with store.write() as writer:
        writer.journal(OperationKind.IMPORT, f"Import {papers} papers")
        while chunk := list(islice(stream, _CHUNK)):
            writer.add_papers(chunk, added=added)
            added += timedelta(days=_CHUNK)
    store.close()
