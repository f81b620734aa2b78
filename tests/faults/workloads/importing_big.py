"""Large files imported while a worker process reads them: stored in turns, one step in the end; undone and done again.

Each part is a transaction of its own, as on a machine where others wait, so most kills leave a part of an import.
"""

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
