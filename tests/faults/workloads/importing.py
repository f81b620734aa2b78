"""Imports of more papers than one transaction takes."""

from tests.faults.session import Session
from tests.faults.workloads.papers import import_text

NAME = "import"
OPERATIONS = 3
_PAPERS = 130


def prepare(session: Session) -> None:
    import_text(session, "old", 20)


def operate(session: Session, number: int) -> None:
    import_text(session, f"new{number}x", _PAPERS)
