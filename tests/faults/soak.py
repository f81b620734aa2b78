"""A day of work in one process, in short: memory, descriptors and log stay as they are (A19)."""

import os
import resource
from functools import partial
from pathlib import Path

from refman.domain.backups import BackupReason
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.tally import Tally
from tests.faults.workloads.papers import ids

_PATIENCE_S = 10 * 3600.0
_LOG_BYTES = 64 << 20
_PAGE = resource.getpagesize()


def soak(harness: Harness, tally: Tally) -> None:
    """So many operations; the first fifth is for caches to fill."""
    known = harness.reference("tagging")
    folder = harness.copy(known.folder)
    wanted = harness.count(500, 100_000)
    child = spawn(partial(_work, folder, wanted), folder.with_name(f"{folder.name}.log"))
    child.go()
    if not child.wait(_PATIENCE_S):
        tally.hang("soak")
    elif child.status:
        tally.bug("soak", child.said)
    tally.runs = sum(line.isdecimal() for line in child.lines)
    for line in child.lines:
        if not line.isdecimal():
            tally.fail("soak", line)
    harness.forget(folder)


def _work(folder: Path, wanted: int, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    log = Path(f"{session.location}-wal")
    memory = files = 0
    for number in range(1, wanted + 1):
        session.clock.number = number
        _operate(session, number)
        if number == max(wanted // 5, 1):
            memory, files = _memory(), _files()
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            acknowledge(f"the log has {log.stat().st_size} bytes after {number} operations")
        acknowledge(str(number))
    if _files() > files:
        acknowledge(f"{_files() - files} more open files than at first")
    # A tenth, and what one page of Python's own heap more or less makes in a short run.
    if _memory() > memory * 1.1 + (8 << 20):
        acknowledge(f"{(_memory() - memory) >> 20} MB more memory than at first")
    session.close()


def _operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    paper = papers[number % len(papers)]
    match number % 8:
        case 1 | 2:
            library.edit(paper, {"title": f"Title {number}"})
        case 3:
            library.tag([paper], [f"t/{number % 20}"])
        case 4:
            library.add_note(papers[0], f"Note {number}")
        case 5:
            with library.agreed():
                library.undo()
        case 6:
            library.redo()
        case 7:
            library.export_file(papers[:20], "bibtex", session.folder / "out.bib")
        case _:
            _less(session, number)


def _less(session: Session, number: int) -> None:
    """What others have added goes, so that the library stays as large as it is."""
    library, papers = session.library, ids(session)
    library.delete_note(library.notes(papers[0])[0].id)
    library.delete_tag("t")
    if number % 80 == 0:
        session.backups.back_up(BackupReason.TIMED)


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _files() -> int:
    return len(os.listdir("/proc/self/fd"))
