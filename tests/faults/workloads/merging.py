"""Papers that are one work made one: fields, tags, notes and keys of both, the other in the trash."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "merged papers"
OPERATIONS = 40


def prepare(session: Session) -> None:
    import_text(session, "old", 60)
    library, papers = session.library, ids(session)
    for number, paper in enumerate(papers[1::2]):
        library.edit(paper, {"volume": str(number), "note": f"of {number}"})
        library.add_note(paper, f"A note of {number}")
        library.tag([paper], [f"rl/t{number}"])


def operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    if number % 4:
        library.merge_papers(papers[0], [papers[1]], {"title": papers[1]})
    else:
        library.undo()
