"""Libraries of seeded papers, built once and kept in the cache folder of the person."""

import hashlib
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from platformdirs import user_cache_path

import refman.storage.migrations
from refman.domain.changes import OperationKind
from refman.storage.opener import SqliteOpener
from refman.storage.schema import REVISION
from tests.bench.papers import GENERATOR, drafts

_CHUNK = 500
_COMMITTED = 20_000
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_STEP = timedelta(hours=1)
"""Between two chunks of papers: a million of them are spread over 83 days."""


class _StillClock:
    """The same time on every machine, so that the same library is built."""

    def now(self) -> datetime:
        """A moment after the last paper was added."""
        return datetime(2026, 11, 22, tzinfo=UTC)

    def today(self) -> date:
        """Its day."""
        return self.now().date()


def bench_library(papers: int) -> Path:
    """The path of a library of `papers` papers; made when there is none of this generator and schema yet."""
    path = cache_folder() / f"papers-{papers}-g{GENERATOR}-{_schema()}.refman"
    if not path.exists():
        print(f"Building a library of {papers:,} papers; it is kept in {path.parent}.", file=sys.stderr)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished, papers)
        unfinished.rename(path)
        unfinished.with_name(f"{unfinished.name}.lock").unlink(missing_ok=True)
    return path


def cache_folder() -> Path:
    """Where libraries are kept between runs."""
    return user_cache_path("refman") / "bench"


def _schema() -> str:
    """Names the schema: its revision, and the statements of all revisions while they may still change."""
    versions = Path(next(iter(refman.storage.migrations.__path__))) / "versions"
    written = b"".join(path.read_bytes() for path in sorted(versions.glob("*.sql")))
    return f"{REVISION}-{hashlib.sha256(written).hexdigest()[:8]}"


def build(path: Path, papers: int) -> None:
    """A library of seeded papers, made the way an import stores them."""
    opener = SqliteOpener(_StillClock())
    opener.create(str(path))
    store = opener.open(str(path))
    stream = drafts(papers)
    with store.write() as writer:
        writer.journal(OperationKind.IMPORT, f"Import {papers} papers")
        for start in range(0, papers, _CHUNK):
            writer.add_papers(list(islice(stream, _CHUNK)), added=_FIRST + start // _CHUNK * _STEP)
            if (start + _CHUNK) % _COMMITTED == 0:
                writer.commit_chunk()
    store.close()
