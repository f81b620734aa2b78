"""Two backups put in place by turns."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "restore"
OPERATIONS = 10


def prepare(session: Session) -> None:
    import_text(session, "old", 200)
    session.library.backup(session.folder / "a.refman")
    session.library.tag(ids(session), ["later"])
    import_text(session, "more", 200)
    session.library.backup(session.folder / "b.refman")


def operate(session: Session, number: int) -> None:
    session.close()
    session.opener.restore(str(session.folder / ("a.refman" if number % 2 else "b.refman")), session.location)
