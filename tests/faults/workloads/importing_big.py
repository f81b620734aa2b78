"""Large files imported while a worker process reads them: stored in turns, one step in the end; undone and done again.

Each part is a transaction of its own, as on a machine where others wait, so most kills leave a part of an import.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from refman.services.import_plan import BigFile, ImportOptions
from refman.storage import transaction
from refman.workers.pool import SpawnedWorkers
from tests.faults.session import Session, bib_text
from tests.faults.workloads.papers import DAY, import_text

NAME = "import of large files"
OPERATIONS = 6
_PAPERS = 2_500


def prepare(session: Session) -> None:
    import_text(session, "old", 20)
    _write(session.folder / "first.bib", bib_text("first", _PAPERS))
    # Half of it is there already by then.
    _write(session.folder / "second.bib", bib_text("first", _PAPERS // 2) + bib_text("second", _PAPERS // 2))


def _write(path: Path, text: str) -> None:
    path.write_text(f"@string{{here = {{Here}}}}\n{text}", "utf-8")


def operate(session: Session, number: int) -> None:
    match number:
        case 1:
            _import(session, "first.bib")
        case 4:
            _import(session, "second.bib")
        case 2 | 5:
            with session.library.agreed():
                session.library.undo()
        case _:
            session.library.redo()


def _import(session: Session, name: str) -> None:
    library = session.library
    library.workers = SpawnedWorkers
    with patch.object(transaction, "_LONGEST_TURN_S", 0):
        library.import_big([BigFile(name, session.folder / name)], ImportOptions(DAY))


_WHAT_COUNTS = """
SELECT name, kind, state FROM operation ORDER BY id;
SELECT paper.*, paper_text.* FROM paper JOIN paper_text ON paper_text.paper_id = paper.id ORDER BY paper.key;
SELECT paper.key, source.name, paper_source.start, paper_source.end, paper_source.line
    FROM paper_source JOIN paper ON paper.id = paper_id JOIN source ON source.id = source_id ORDER BY 1, 2, 3;
SELECT source.name, sha256, position, data
    FROM source LEFT JOIN source_chunk ON source_id = source.id ORDER BY 1, 3;
SELECT source.name, block.kind, block.name, value, raw
    FROM block JOIN source ON source.id = source_id ORDER BY 1, 2, 3;
SELECT operation.name, operation.at, change.kind, count(*)
    FROM change JOIN operation ON operation.id = operation_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_IDS = ("id", "paper_id")


def rows(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Everything but ids: an import that was killed and taken back has used some up."""
    for statement in _WHAT_COUNTS.split(";"):
        cursor = connection.execute(statement)
        kept = [place for place, column in enumerate(cursor.description) if column[0].partition(":")[0] not in _IDS]
        yield from (tuple(row[place] for place in kept) for row in cursor)
