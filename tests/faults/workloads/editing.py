"""Fields of one paper, as a person types them."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "single edits"
OPERATIONS = 60


def prepare(session: Session) -> None:
    import_text(session, "old", 30)


def operate(session: Session, number: int) -> None:
    papers = ids(session)
    paper = papers[number % len(papers)]
    session.library.edit(paper, {"title": f"Title {number}", "year": str(1900 + number), "abstract": "word " * number})
