"""A library made of its text, and one rescued, beside the library that is edited."""

from refman.domain.progress import NoProgress
from refman.services.rescuing import rebuild, rescue
from refman.storage.keeper import SqliteKeeper
from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "rebuild and rescue"
OPERATIONS = 8


def prepare(session: Session) -> None:
    import_text(session, "old", 60)
    session.backups.write_text(NoProgress())


def operate(session: Session, number: int) -> None:
    session.library.edit(ids(session)[0], {"title": f"Title {number}"})
    keeper = SqliteKeeper(session.clock)
    if number % 2:
        made = session.folder / f"rebuilt{number}.refman"
        rebuild(keeper, session.backups.folder, made)
    else:
        made = session.folder / f"rescued{number}.refman"
        rescue(keeper, session.folder / "papers.refman", made)
