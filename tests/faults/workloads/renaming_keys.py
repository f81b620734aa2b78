"""Keys made anew, typed, and remembered by exports."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "key renames"
OPERATIONS = 30


def prepare(session: Session) -> None:
    import_text(session, "old", 100)


def operate(session: Session, number: int) -> None:
    papers = ids(session)
    if number % 10 == 0:
        session.library.make_keys(papers)
    else:
        session.library.edit(papers[number % len(papers)], {"key": f"typed{number}"})
