"""An import of 10,000 papers, and its undo."""

from tests.faults.session import Session
from tests.faults.workloads.papers import import_text

NAME = "import of 10,000"
OPERATIONS = 3


def prepare(session: Session) -> None:
    import_text(session, "old", 20)


def operate(session: Session, number: int) -> None:
    match number:
        case 1:
            import_text(session, "new", 10_000)
        case 2:
            with session.library.agreed():
                session.library.undo()
        case _:
            session.library.redo()
