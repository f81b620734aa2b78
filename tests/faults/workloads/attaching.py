"""Files copied beside the library, and taken off their papers."""

from pathlib import Path

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "attachments"
OPERATIONS = 20


def prepare(session: Session) -> None:
    import_text(session, "old", 20)
    for number in range(1, OPERATIONS + 1, 2):
        _given(session, number).write_bytes(b"%PDF-1.4 " + str(number).encode() * 20_000)


def operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    paper = papers[(number - 1) // 2 % len(papers)]
    if number % 2:
        library.attach(paper, _given(session, number), copy=True)
    else:
        found = library.papers([paper])[0].attachments
        library.remove_attachment(found[0].id)


def _given(session: Session, number: int) -> Path:
    return session.folder / f"given{number}.pdf"
