"""Notes, tags and files into the trash, out of it, and out of it for good."""

from refman.domain.paper import Attachment, PaperId
from tests.faults.session import Session
from tests.faults.workloads.papers import ids, import_text

NAME = "trash of notes, tags and files"
OPERATIONS = 30


def prepare(session: Session) -> None:
    import_text(session, "old", 60)
    scan = session.folder / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 " + b"scan " * 400)
    for paper in ids(session)[:10]:
        session.library.attach(paper, scan, copy=True)


def operate(session: Session, number: int) -> None:
    library, papers = session.library, ids(session)
    paper = papers[number % 10]
    lying = library.discards()
    match number % 10:
        case 1:
            library.add_note(paper, f"# Note {number}\n\n" + "text " * 40)
        case 2:
            library.delete_note(next(note.id for one in papers for note in library.notes(one)))
        case 3:
            library.tag(papers[: 20 + number], [f"t/{number}"])
        case 4:
            library.delete_tag(f"t/{number - 1}")
        case 5:
            library.remove_attachment(next(file.id for one in papers for file in _files(session, one)))
        case 6 | 8:
            library.restore_discards([one.id for one in lying[:1]])
        case 7 | 9:
            _for_good_or_back(session, number)
        case _:
            library.empty_trash()


def _for_good_or_back(session: Session, number: int) -> None:
    if number > 10:
        session.library.forget_discards([one.id for one in session.library.discards()[-1:]])
    else:
        session.library.undo()


def _files(session: Session, paper_id: PaperId) -> tuple[Attachment, ...]:
    paper = session.library.paper(paper_id)
    return paper.attachments if paper else ()
