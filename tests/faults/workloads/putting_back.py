"""Older values of papers put back."""

from refman.domain.paper import PaperId
from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "older values put back"
OPERATIONS = 24


def prepare(session: Session) -> None:
    import_text(session, "old", 40)
    library, papers = session.library, ids(session)
    for number, paper in enumerate(papers[:8]):
        library.edit(paper, {"title": f"Title {number}", "authors": "Byron, Ada", "year": "1999"})
        library.tag([paper], ["kept"])
        library.untag([paper], ["kept"])
        note_id = library.add_note(paper, "First " * 30).note_id
        assert note_id is not None
        library.edit_note(note_id, f"Second {number}")


def operate(session: Session, number: int) -> None:
    paper = ids(session)[number % 8]
    field = ("title", "author", "tag", "note", "year")[number % 5]
    if number % 6 == 0:
        session.library.undo()
    else:
        session.library.put_back(paper, _entry(session, paper, field))


def _entry(session: Session, paper: PaperId, field: str) -> int:
    """The oldest change of the field whose value before can be had again."""
    entries = session.library.history_of(paper)
    return next(one.id for one in reversed(entries) if one.field == field and one.is_restorable)
