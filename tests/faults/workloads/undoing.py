"""Undo and redo, of small steps and of an import."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "undo and redo"
OPERATIONS = 30


def prepare(session: Session) -> None:
    import_text(session, "old", 20)
    import_text(session, "more", 130)


def operate(session: Session, number: int) -> None:
    with session.library.agreed():
        _take_back_or_do(session, number)


def _take_back_or_do(session: Session, number: int) -> None:
    library = session.library
    match number % 6:
        case 1:
            library.edit(ids(session)[3], {"title": f"Title {number}"})
        case 2 | 3:
            # The edit, then the import under it.
            library.undo()
        case 4 | 5:
            library.redo()
        case _:
            library.undo()
