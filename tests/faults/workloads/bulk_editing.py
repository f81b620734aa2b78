"""One field of many papers."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "bulk edits"
OPERATIONS = 15


def prepare(session: Session) -> None:
    import_text(session, "old", 100)


def operate(session: Session, number: int) -> None:
    session.library.edit_many(ids(session), "publisher" if number % 2 else "year", f"{1800 + number}")
