"""Backups and texts between edits."""

from refman.domain.backups import BackupReason
from refman.domain.progress import NoProgress
from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "backup"
OPERATIONS = 12


def prepare(session: Session) -> None:
    import_text(session, "old", 100)


def operate(session: Session, number: int) -> None:
    session.library.edit(ids(session)[0], {"title": f"Title {number}"})
    session.backups.back_up(BackupReason.TIMED)
    if number % 3 == 0:
        session.backups.write_text(NoProgress())
