"""Notes added, edited, deleted."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "notes"
OPERATIONS = 40


def prepare(session: Session) -> None:
    import_text(session, "old", 20)


def operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    paper = papers[number // 4 % len(papers)]
    notes = library.notes(paper)
    if notes and number % 4 == 3:
        library.delete_note(notes[0].id)
    elif notes and number % 4 == 2:
        library.edit_note(notes[-1].id, f"Edited {number}: " + "long text ünï " * 50)
    else:
        library.add_note(paper, f"# Note {number}\n\n" + "text " * 40)
