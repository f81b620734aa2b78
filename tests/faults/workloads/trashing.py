"""Papers into the trash, out of it, and out of the trash for good."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "trash"
OPERATIONS = 24


def prepare(session: Session) -> None:
    import_text(session, "old", 200)
    session.library.tag(ids(session)[:100], ["tagged"])


def operate(session: Session, number: int) -> None:
    papers = ids(session)
    match number % 3:
        case 1:
            session.library.trash(papers[:12])
        case 2:
            session.library.trash(papers[-8:])
        case _:
            with session.library.agreed():
                session.library.empty_trash()
