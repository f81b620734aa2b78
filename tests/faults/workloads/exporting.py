"""Exports over the same file: it is always the old one or the new one."""

from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "export"
OPERATIONS = 12
FILE = "out.bib"


def prepare(session: Session) -> None:
    import_text(session, "old", 60)
    operate(session, 0)


def operate(session: Session, number: int) -> None:
    papers = ids(session)
    session.library.edit(papers[0], {"title": f"Title {number}"})
    session.library.export_file(papers, "bibtex", session.folder / FILE)
